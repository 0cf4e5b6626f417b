"""Title, formula and legend keep to their places, whatever a reader has written."""

import unicodedata
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg

from fall_line.drawing.choices import SIZES, Choices
from fall_line.drawing.formula import mathtext
from fall_line.drawing.frames import Stage, picture
from fall_line.drawing.layout import layout
from fall_line.drawing.legend import Words
from fall_line.validation import InputError, one_line
from landscapes import SURFACES
from tests.drawing.scenes import colour, inked, made

HOSTILE = [
    "$x_1^{2}$",
    "$",
    "$$",
    r"\frac{1}{",
    r"\\\$",
    "100 % & #1_000 ~^{}",
    "--> ]]> <b>&amp;</b> \"'",
    "🚀🧪 👩‍👩‍👧 ❤️",
    "学习率 معدل עברית",
    "W" * 60,
    "\x00\x01\x1b[31m\x7f\ufffe\uffff",
    "e" + "\u0301" * 59,
    "\u202e\u2066right to left",
    "",
    " ",
]
SHAPES = [(width // 2, height // 2) for width, height in SIZES.values()]
RUNS = [[(0, 0), (0.1, 0.1)]]


def drawn(names, values=None, **choices):
    """A picture whose runs have these names, and its scene."""
    scene = made(*RUNS * len(names), **choices)
    values = values or ("",) * len(names)
    scene = replace(scene, names=tuple(names), values=tuple(values), title="", formula=scene.formula)
    return picture(scene), scene


def box(one, other):
    """Left, top, right and bottom of what differs between two pictures."""
    rows, columns = np.nonzero((one != other).any(axis=-1))
    assert rows.size
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


@pytest.mark.parametrize("name", HOSTILE)
def test_every_label_can_be_written(name):
    """Warnings are errors here."""
    drawn([name, name[:30]], loss_panel=False)


@settings(max_examples=25)
@given(st.text(st.characters(), max_size=60).map(one_line))
def test_so_can_whatever_a_reader_types(name):
    drawn([name], loss_panel=False, width=200, height=200)


def test_what_looks_like_a_formula_is_none():
    """`$x$` as mathematics would be a slanted x without dollar signs."""
    dollars, _ = drawn(["$x$"], loss_panel=False)
    letter, _ = drawn(["x"], loss_panel=False)
    left, _, right, _ = box(dollars, drawn([""], loss_panel=False)[0])
    narrow_left, _, narrow_right, _ = box(letter, drawn([""], loss_panel=False)[0])
    assert right - left > 2 * (narrow_right - narrow_left)


def test_a_sign_that_the_font_lacks_is_a_box():
    assert unicodedata.name("🚀") == "ROCKET"
    rocket, _ = drawn(["a🚀b"])
    boxed, _ = drawn(["a□b"])
    assert np.array_equal(rocket, boxed)


def texts(scene):
    """What is written, in the order of drawing: text, left, top, right and bottom from the top left, letters' size."""
    figure = Stage(scene).figure
    FigureCanvasAgg(figure).draw()
    height = scene.choices.height
    boxes = [(one, one.get_window_extent()) for one in figure.texts]
    found = [(one.get_text(), at.x0, height - at.y1, at.x1, height - at.y0, one.get_fontsize()) for one, at in boxes]
    return [one for one in found if one[0]]


@pytest.mark.parametrize(
    ("runs", "size"),
    [
        pytest.param(runs, size, marks=() if runs == 16 or size == SHAPES[0] else pytest.mark.thorough)
        for runs in (1, 9, 16)
        for size in SHAPES
    ],
)
def test_each_run_s_words_keep_to_its_place(size, runs):
    names, values = ["W" * 60] * runs, ["η 0.123456   β₁ 0.123456   β₂ 0.123456   ε 1.23456e-08"] * runs
    width, height = size
    _, scene = drawn(names, values, width=width, height=height)
    legend, found = layout(scene.choices, scene.words).legend, texts(scene)
    for entry, name, value in zip(legend.places, legend.names, legend.values, strict=True):
        assert ("".join(name), "   ".join(value)) == (names[0], values[0])  # nothing is cut
        for _ in (*name, *value):
            _, left, top, right, bottom, _ = found.pop(0)
            assert left >= entry.x
            assert right <= entry.right
            assert top >= entry.y - 1
            assert bottom <= entry.bottom + 1


@pytest.mark.parametrize("mixed", ["W" * 30 + "i" * 30, "i" * 60, "$\\" * 30, "🚀" * 60, "a word " * 8])
@pytest.mark.parametrize("size", [SHAPES[0], SHAPES[3]])
def test_a_long_name_wraps_within_its_place_in_letters_of_one_size(size, mixed):
    width, height = size
    _, scene = drawn([mixed, "short"], width=width, height=height)
    legend = layout(scene.choices, scene.words).legend
    lines = texts(scene)[: len(legend.names[0]) + 1]
    assert len({letters for *_, letters in lines}) == 1
    for _, left, _, right, _, _ in lines[:-1]:
        assert legend.places[0].x <= left < right <= legend.places[0].right


SLIDES = [(1280, 720), (1200, 800), (1080, 1080)]


@pytest.mark.parametrize("size", SLIDES)
@pytest.mark.parametrize("runs", [1, 5, 12])
def test_names_on_a_slide_have_4_percent_of_its_height_and_large_ones_more(size, runs):
    """From the top of the A to the foot of the p, as they are drawn."""
    width, height = size
    sides = {"width": width, "height": height, "loss_panel": runs < 12}
    share = {name: _drawn_height("Adamp", runs, text_size=name, **sides) / height for name in ("slide", "large")}
    assert share["slide"] >= 0.04
    assert share["large"] > 1.25 * share["slide"]


def _drawn_height(name, runs, **choices):
    """Pixels between the highest and the lowest ink of the first run's name."""
    image, scene = drawn([name] * runs, **choices)
    places = layout(scene.choices, scene.words)
    entry = places.legend.places[0]
    left, right = int(entry.x + places.letters.indent), int(entry.right)
    part = image[int(entry.y) - 2 : int(entry.y + 1.3 * places.letters.name), left:right, :3].astype(int)
    rows = np.nonzero((np.abs(part - part[0, -1]).max(axis=-1) > 60).any(axis=1))[0]
    return rows[-1] - rows[0] + 1


@pytest.mark.parametrize("text_size", ["slide", "large"])
@pytest.mark.parametrize("size", SLIDES)
@pytest.mark.parametrize("longest", [12, 24, 45])
def test_text_for_a_slide_has_its_size_whatever_the_names_or_is_refused(text_size, size, longest):
    width, height = size
    name = "Nesterov accelerated gradient, learning rate 0.001"[:longest]
    for runs in (1, 5, 16):
        choices = Choices(width=width, height=height, text_size=text_size)
        try:
            places = layout(choices, Words("Bowl", (name,) * runs, ("η 0.1",) * runs))
        except InputError:
            assert runs * longest > 50  # what certainly has room is not refused
            continue
        assert {"".join(lines).replace(" ", "") for lines in places.legend.names} == {name.replace(" ", "")}
        assert places.letters.name >= 0.04 * min(size)
        assert places.plot.width * places.plot.height >= 0.08 * width * height
        assert max(one.bottom for one in places.legend.places) <= height


def test_where_there_is_no_room_for_values_it_is_said():
    crowd = Words("Bowl", ("Momentum",) * 16, ("η 0.123456   β₁ 0.123456   β₂ 0.123456",) * 16)
    choices = Choices(width=1280, height=720, text_size="slide")
    assert layout(choices, crowd).notes == ("There is no room for the runs' values in text of this size.",)
    assert layout(choices.model_copy(update={"text_size": "small"}), crowd).notes == ()


@pytest.mark.parametrize("size", [*SHAPES, (200, 200)])
def test_every_run_has_its_swatch(size):
    names = [f"Run {index}" for index in range(16)]
    image, scene = drawn(names, width=size[0], height=size[1], line_width=4.0)
    for run, entry in enumerate(layout(scene.choices, scene.words).legend.places):
        part = image[int(entry.y) : int(entry.bottom) + 1, int(entry.x) : int(entry.right)]
        assert inked(part, [colour(scene, run)], tolerance=60).any()


@pytest.mark.parametrize("size", [SHAPES[0], *SHAPES[2:]])
@pytest.mark.parametrize("word", ["Rotated quadratic", "W" * 40])
@pytest.mark.parametrize("text_size", ["small", "slide"])
def test_title_formula_and_counter_stand_apart(size, word, text_size):
    width, height = size
    points = np.zeros((1, 10_001, 2))
    scene = made([(0, 0)] * 2, width=width, height=height, formula=True, loss_panel=False, text_size=text_size)
    scene = replace(scene, points=points, heights=points[..., 0], ends=np.array([10_000]), title=word)
    scene = replace(scene, formula=" + ".join(["x^2"] * 60))
    counter = box(picture(scene), picture(scene, 1111))
    places = layout(scene.choices, scene.words)
    titles = [one for one in texts(scene) if one[0] in places.title_lines]
    formula = next(one for one in texts(scene) if "x^2" in one[0])
    assert "".join(word for word, *_ in titles).replace(" ", "") == word.replace(" ", "")
    for _, left, top, right, bottom, _ in (*titles, formula):
        assert 0 < left < right < width
        assert 0 <= top < bottom <= places.plot.y + 1
    for _, _, _, right, bottom, _ in titles:
        assert bottom <= formula[2] + 1
        assert right <= counter[0] or counter[3] <= titles[0][2]


@cache
def unwritten():
    """A picture without title and formula, where there is room for a formula."""
    return picture(replace(made(formula=True), formula="", title=""))


@pytest.mark.parametrize("key", SURFACES)
def test_every_surface_s_formula_can_be_typeset(key):
    scene = replace(made(formula=True), formula=SURFACES[key].formula, title="")
    left, _, right, bottom = box(picture(scene), unwritten())
    plot = layout(scene.choices, scene.words).plot
    assert plot.x - 2 <= left < right <= plot.right + 2
    assert bottom <= plot.y


def test_a_formula_that_can_t_be_typeset_stands_as_it_was_typed():
    formula = r"\operatornam{x} + x^2"
    assert mathtext(formula) == f"J(x, y) = {formula}"
    assert mathtext("x^2") == "$J(x, y) = x^2$"
    scene = replace(made(formula=True), formula=formula)
    assert box(picture(scene), picture(replace(scene, formula="")))


def test_names_that_find_no_room_are_refused_with_what_helps():
    crowd = Words("Bowl", ("A rather long name that goes on and on and on",) * 16, ("",) * 16)
    with pytest.raises(InputError) as refused:
        layout(Choices(width=1280, height=720, text_size="large"), crowd)
    assert str(refused.value) == (
        "Text_size is ‘large’, in which title and names find no room in 1280×720; "
        "choose a smaller text, hide some runs or give them shorter names."
    )
    assert layout(Choices(width=1280, height=720), crowd).legend.fits
