"""The loss panel: an axis that holds every height, and curves that end where the numbers put them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fall_line.drawing.frames import frames, picture
from fall_line.drawing.layout import layout
from fall_line.drawing.losses import can_be_logarithmic, loss_range
from tests.drawing.scenes import SPIRAL, at, colour, made

HEIGHTS = st.lists(st.floats(-1e3, 1e3) | st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=8)


def with_heights(heights, logarithmic=False, **choices):
    """A scene with one run that has these heights, two at least."""
    scene = made(SPIRAL[: len(heights)], **choices)
    return replace(scene, heights=np.array([heights], dtype=float), logarithmic=logarithmic)


@given(HEIGHTS)
@example([0.0, 5e-324])
@example([-1.7e308, 1.7e308])
@example([1e20, 1e20])
def test_a_linear_axis_holds_every_height(heights):
    low, high = loss_range(with_heights(heights))
    assert np.isfinite(high - low)
    assert low < high
    rounding = 1e-9 * (high - low)
    assert low <= max(-1e300, min(heights)) + rounding
    assert high >= min(1e300, max(heights)) - rounding


@given(HEIGHTS)
def test_a_logarithmic_axis_holds_every_height_in_whole_decades(heights):
    heights = np.abs(heights)
    scene = with_heights(heights, logarithmic=True)
    if not can_be_logarithmic(scene.heights, scene.ends, known_floor=True):
        assert (heights <= 1e-16).all()
        return
    low, high = loss_range(scene)
    shown = np.minimum(heights[heights > 1e-16], 1e300)
    assert 0 < low < high < np.inf
    assert low <= shown.min() * (1 + 1e-9)
    assert high >= shown.max() * (1 - 1e-9)
    assert [np.log10(end) for end in (low, high)] == pytest.approx([round(np.log10(end)) for end in (low, high)])


def test_heights_after_the_last_finite_step_do_not_count():
    scene = with_heights([1.0, 2.0, np.nan, 50.0])
    assert loss_range(replace(scene, ends=np.array([1])))[1] < 3


@pytest.mark.parametrize("logarithmic", [False, True])
def test_a_curve_ends_where_its_last_height_is(logarithmic):
    scene = with_heights([8.0, 5.0, 0.3, 0.02, 0.4], logarithmic, width=1200, height=800, line_width=9.0)
    low, high = loss_range(scene)
    place = layout(scene.choices, scene.words).losses
    image = {step: frame.copy() for step, frame in enumerate(frames(scene, np.arange(5.0)))}
    for step, height in enumerate(scene.heights[0]):
        part = np.log(height / low) / np.log(high / low) if logarithmic else (height - low) / (high - low)
        found = at(image[step], (place.x + step / 4 * place.width, place.bottom - part * place.height))
        assert (found == colour(scene, 0)).all()


@settings(max_examples=10)
@given(HEIGHTS, st.booleans())
@example([92.7, 3.4e282], True)
@example([0.0, 1.7e308], False)
def test_every_axis_can_be_drawn(heights, logarithmic):
    """Warnings are errors here."""
    heights = np.abs(heights) if logarithmic else np.array(heights)
    scene = with_heights(heights, logarithmic and bool((heights > 1e-16).any()), width=200, height=200)
    picture(scene)
