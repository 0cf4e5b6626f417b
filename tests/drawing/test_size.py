"""The size that is told before a file is drawn is right to within the factor it states."""

import pytest

from fall_line.drawing.choices import Choices
from fall_line.drawing.size import MEASURED, estimate
from fall_line.drawing.timeline import timeline
from fall_line.experiments.published import find
from fall_line.exports import FORMATS
from fall_line.exports._staging import scene
from fall_line.exports.format import silent

FACTOR = 3  # as the docstring of `estimate` has it


# Of the published experiments these have the longest contour lines and the shortest.
LONG, SHORT = "cross-method/basins_and_walls", "cross-method/giant_plateau"
SMALL = Choices(width=400, height=300, fps=10, duration=1.0)
LARGE = Choices(width=900, height=600, fps=30, duration=1.0, theme="dark")


@pytest.mark.parametrize(
    ("name", "choices"),
    [(LONG, SMALL), (SHORT, SMALL), (LONG, LARGE), pytest.param(SHORT, LARGE, marks=pytest.mark.thorough)],
    ids=["long-small", "short-small", "long-large", "short-large"],
)
@pytest.mark.parametrize("key", MEASURED)
def test_the_estimate(name, choices, key, tmp_path):
    drawn = scene(find(name).experiment, choices)
    FORMATS[key].draw(drawn, tmp_path / f"a.{key}", silent)
    told = estimate(key, choices, len(timeline(choices, drawn.steps, FORMATS[key].fastest or 60).times))
    assert told / FACTOR < (tmp_path / f"a.{key}").stat().st_size < told * FACTOR


def test_more_is_more():
    for key, (_, frame) in MEASURED.items():
        small, large = Choices(width=400, height=300), Choices(width=1200, height=800)
        assert estimate(key, small, 30) < estimate(key, large, 30)
        assert (estimate(key, small, 30) < estimate(key, small, 60)) == (frame > 0)


def test_formats_that_are_not_drawn_have_none():
    assert {key for key, one in FORMATS.items() if one.draw} == set(MEASURED)
    assert estimate("csv", Choices(), 100) is None
