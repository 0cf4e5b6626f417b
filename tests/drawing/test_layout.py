"""Everything has a place of its own inside the picture, at every size and for any number of runs."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fall_line.drawing.choices import SIZES, Choices
from fall_line.drawing.layout import layout
from fall_line.drawing.legend import Words
from fall_line.drawing.rectangle import Rectangle

SIDES = st.integers(100, 2048).map(lambda half: 2 * half)
SHAPES = [(200, 200), (4096, 4096), (200, 4096), (4096, 200), (240, 200), (238, 200), (200, 250), (200, 248)]


def chosen(width, height, panel=True, title=True, formula=True):
    return Choices(width=width, height=height, loss_panel=panel, title=title, formula=formula)


def words(runs, name="Momentum", value="η 0.01   γ 0.9"):
    return Words("Hills and canyon", (name,) * runs, (value,) * runs)


def rectangles(places):
    return [places.plot, *places.legend.places, *([places.losses] if places.losses else [])]


def apart(one, other):
    slack = 1e-6
    return (
        one.right <= other.x + slack
        or other.right <= one.x + slack
        or one.bottom <= other.y + slack
        or other.bottom <= one.y + slack
    )


@given(SIDES, SIDES, st.integers(0, 16), st.booleans(), st.booleans(), st.booleans())
@example(200, 200, 16, True, True, True)
@example(4096, 200, 16, True, True, True)
@example(200, 4096, 16, True, True, True)
@example(240, 200, 16, True, True, True)
@example(238, 200, 16, True, True, True)
@example(200, 248, 16, True, True, True)
def test_rectangles_lie_inside_and_apart(width, height, runs, panel, title, formula):
    places = layout(chosen(width, height, panel, title, formula), words(runs))
    found = rectangles(places)
    assert len(places.legend.places) == runs
    assert (places.losses is not None) == panel
    for one in found:
        assert min(one.width, one.height) > 4 * places.scale
        assert min(one.x, one.y) >= 0
        assert one.right <= width
        assert one.bottom <= height
    assert all(apart(one, other) for one, other in itertools.combinations(found, 2))
    head = Rectangle(0, 0, width, (title * 32 + formula * 34) * places.scale)
    if places.title or places.formula:
        assert head.bottom <= places.plot.y


@pytest.mark.parametrize("size", [*SIZES.values(), (400, 300), (200, 200)])
@pytest.mark.parametrize("runs", [0, 5, 16])
def test_the_plot_is_the_greatest_part(size, runs):
    plot, *others = (one.width * one.height for one in rectangles(layout(chosen(*size), words(runs))))
    assert plot > max(others)
    assert plot > 0.3 * size[0] * size[1]


@pytest.mark.parametrize("size", SIZES.values())
@pytest.mark.parametrize("runs", range(1, 17))
def test_the_legend_can_be_read_at_the_sizes_that_are_offered(size, runs):
    """The smaller line of an entry has letters of 12 pixels in a picture of 1200 × 800."""
    places = layout(chosen(*size), words(runs))
    assert places.letters.values >= 10


def test_words_stand_only_where_they_are_wanted():
    places = layout(chosen(1200, 800, title=False, formula=False, panel=False), words(3))
    assert (places.title, places.formula, places.losses) == (None, None, None)


@pytest.mark.parametrize("runs", [0, 1, 5, 9, 16])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_larger_picture_is_the_smaller_one_scaled(shape, runs):
    """So a preview is the file in small; edges lie on whole pixels, hence the bounds."""
    width, height = shape
    small = layout(chosen(width, height), words(runs))
    factor = 3
    larger = {"width": factor * width, "height": factor * height}
    large = layout(chosen(width, height).model_copy(update=larger), words(runs))
    assert large.scale == pytest.approx(factor * small.scale)
    assert large.letters.name == pytest.approx(factor * small.letters.name, rel=0.2)
    for one, other in zip(rectangles(small), rectangles(large), strict=True):
        assert [factor * edge for edge in (*one[:2], one.right, one.bottom)] == pytest.approx(
            [*other[:2], other.right, other.bottom], abs=3 * factor
        )
    for name in ("title", "formula", "counter"):
        assert [factor * one for one in getattr(small, name)] == pytest.approx(getattr(large, name))
