"""Title, formula and legend keep to their places, whatever a reader has written."""

import unicodedata
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fall_line.drawing.choices import SIZES
from fall_line.drawing.formula import mathtext
from fall_line.drawing.frames import picture
from fall_line.drawing.layout import layout
from fall_line.validation import one_line
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
    full, scene = drawn(names, values, width=width, height=height)
    places = layout(scene.choices, runs)
    for index in {0, runs - 1}:
        without = [*names[:index], "", *names[index + 1 :]], [*values[:index], "", *values[index + 1 :]]
        left, top, right, bottom = box(full, drawn(*without, width=width, height=height)[0])
        entry = places.legend[index]
        assert left >= entry.x
        assert right <= entry.right
        assert top >= entry.y - 1
        assert bottom <= entry.bottom + 1
        assert right - left > 0.4 * entry.width


@pytest.mark.parametrize("mixed", ["W" * 30 + "i" * 30, "i" * 60, "$\\" * 30, "🚀" * 60])
@pytest.mark.parametrize("size", [SHAPES[0], SHAPES[3]])
def test_a_long_name_is_not_wider_than_its_place(size, mixed):
    width, height = size
    choices = {"width": width, "height": height}
    left, _, right, _ = box(drawn([mixed] * 2, **choices)[0], drawn([""] * 2, **choices)[0])
    _, scene = drawn([""] * 2, **choices)
    places = layout(scene.choices, 2).legend
    assert places[0].x <= left < right <= max(one.right for one in places)


@pytest.mark.parametrize("size", [*SHAPES, (200, 200)])
def test_every_run_has_its_swatch(size):
    names = [f"Run {index}" for index in range(16)]
    image, scene = drawn(names, width=size[0], height=size[1], line_width=4.0)
    for run, entry in enumerate(layout(scene.choices, 16).legend):
        part = image[int(entry.y) : int(entry.bottom) + 1, int(entry.x) : int(entry.right)]
        assert inked(part, [colour(scene, run)], tolerance=60).any()


@pytest.mark.parametrize("size", [SHAPES[0], *SHAPES[2:]])
@pytest.mark.parametrize("word", ["Rotated quadratic", "W" * 60])
def test_title_formula_and_counter_stand_apart(size, word):
    width, height = size
    points = np.zeros((1, 10_001, 2))
    scene = made([(0, 0)] * 2, width=width, height=height, formula=True, loss_panel=False)
    scene = replace(scene, points=points, heights=points[..., 0], ends=np.array([10_000]))
    blank = picture(replace(scene, title="", formula=""))
    title = box(picture(replace(scene, title=word, formula="")), blank)
    long = picture(replace(scene, title="", formula=" + ".join(["x^2"] * 60)))
    formula = box(long, picture(replace(scene, title="")))
    counter = box(blank, picture(replace(scene, title="", formula=""), 1111))
    plot = layout(scene.choices, 1).plot
    for left, top, right, bottom in (title, formula):
        assert 0 < left < right < width
        assert 0 <= top < bottom <= plot.y
    assert title[3] <= formula[1] + 1
    assert title[2] <= counter[0] or counter[3] <= title[1]


@cache
def unwritten():
    """A picture without title and formula, where there is room for a formula."""
    return picture(replace(made(formula=True), formula="", title=""))


@pytest.mark.parametrize("key", SURFACES)
def test_every_surface_s_formula_can_be_typeset(key):
    scene = replace(made(formula=True), formula=SURFACES[key].formula, title="")
    left, _, right, bottom = box(picture(scene), unwritten())
    plot = layout(scene.choices, 0).plot
    assert plot.x - 2 <= left < right <= plot.right + 2
    assert bottom <= plot.y


def test_a_formula_that_can_t_be_typeset_stands_as_it_was_typed():
    formula = r"\operatornam{x} + x^2"
    assert mathtext(formula) == f"J(x, y) = {formula}"
    assert mathtext("x^2") == "$J(x, y) = x^2$"
    scene = replace(made(formula=True), formula=formula)
    assert box(picture(scene), picture(replace(scene, formula="")))
