"""Which losses get a contour line, and the map that puts them at whole numbers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import check
from fall_line.figures.levels import contour_levels, place_among, way_back
from fall_line.trajectories.loss import loss_grid
from landscapes import SURFACES, Surface

PUBLISHED = [k / 4 for k in range(-8, 24)] + [6.25, 6.5, 6.75, 7] + list(range(8, 20))


def losses_of(key: str, size: int = 81) -> np.ndarray:
    """The losses over a surface's domain."""
    experiment: Experiment = check({"surface": key, "runs": [{"optimizer": "momentum"}]})
    frame = experiment.frame
    x, y = np.linspace(frame.x_low, frame.x_high, size), np.linspace(frame.y_low, frame.y_high, size)
    return loss_grid(experiment.landscape, x, y)


LEVELS = {
    "published": np.array(PUBLISHED),
    **{
        key: contour_levels(SURFACES[key], losses_of(key), "automatic")
        for key in ("wobbly", "goldstein_price", "booth")
    },
}


@pytest.mark.parametrize("key", SURFACES)
def test_automatic_levels_suit_the_surface(key):
    """The lowest and highest line are at most one gap outside the values; steep walls may rise beyond the highest."""
    losses = losses_of(key)
    levels = contour_levels(SURFACES[key], losses, "automatic")
    assert 8 <= len(levels) <= 60
    assert (np.diff(levels) > 0).all()
    assert losses.min() - np.diff(levels)[0] <= levels[0] <= np.quantile(losses, 0.1)
    assert np.quantile(losses, 0.9) <= levels[-1] <= losses.max() + np.diff(levels)[-1]


@pytest.mark.parametrize("key", SURFACES)
def test_every_level_that_is_crossed_shows(key):
    """At least a quarter of the automatic levels, and never fewer than 6, lie between losses of a coarse grid."""
    losses = losses_of(key, 31)
    levels = contour_levels(SURFACES[key], losses, "automatic")
    crossed = ((levels > losses.min()) & (levels < losses.max())).sum()
    assert crossed >= max(6, len(levels) / 4)


@pytest.mark.parametrize("key", ["wobbly", "bad_init", "simple_quad"])
def test_published_levels_are_used_when_asked_for(key):
    losses = losses_of(key)
    np.testing.assert_array_equal(contour_levels(SURFACES[key], losses, "published"), PUBLISHED)
    assert list(contour_levels(SURFACES[key], losses, "automatic")) != PUBLISHED


def test_published_falls_back_where_there_are_none():
    losses = losses_of("booth")
    both = (contour_levels(SURFACES["booth"], losses, choice) for choice in ("published", "automatic"))
    np.testing.assert_array_equal(*both)


NEEDLE = np.where(np.arange(10_000) == 7, 5.0, 0.0)


@pytest.mark.parametrize("surface", [SURFACES["saddle"], SURFACES["booth"]], ids=["even", "logarithmic"])
@pytest.mark.parametrize(
    "losses",
    [
        np.zeros((5, 5)),
        np.full((5, 5), -7.5),
        np.full((5, 5), 1e20),
        np.full((5, 5), np.nan),
        np.array([[np.nan, 3.0, np.inf, -np.inf]]),
        1 + 1e-16 * np.arange(9.0),
        NEEDLE,
        -NEEDLE,
        1e12 + np.arange(9.0) * 1e-3,
        np.array([0.0, 1e-30]),
        np.array([-1e30, 0.0, 1e30]),
    ],
)
def test_odd_losses_still_get_increasing_levels(surface: Surface, losses):
    levels = contour_levels(surface, losses, "automatic")
    assert len(levels) >= 2
    assert np.isfinite(levels).all()
    assert (np.diff(levels) > 0).all()
    place_among(levels, losses)


@pytest.mark.parametrize("name", LEVELS)
def test_levels_are_at_whole_numbers(name):
    """Exactly at the levels but for the last bits of the last cubic, whose terms are as large as the count."""
    levels = LEVELS[name]
    np.testing.assert_allclose(place_among(levels, levels), np.arange(len(levels)), rtol=0, atol=1e-12 * len(levels))


@pytest.mark.parametrize("name", LEVELS)
def test_places_increase_with_the_loss(name):
    levels = LEVELS[name]
    span = levels[-1] - levels[0]
    losses = np.sort(np.concatenate([np.linspace(levels[0] - span, levels[-1] + span, 30_001), *[levels] * 2]))
    places = place_among(levels, losses)
    rising = np.diff(losses) > 1e-9 * span
    assert (np.diff(places)[rising] > 0).all()
    assert np.diff(places).min() >= -1e-9


@given(arrays(float, 40, elements=st.floats(0, 1)))
def test_between_two_levels_lie_the_losses_between_them(parts):
    levels = np.array(PUBLISHED)
    losses = levels[0] + parts * (levels[-1] - levels[0])
    places = place_among(levels, losses)
    below = np.searchsorted(levels, losses, side="right") - 1
    assert (places >= below - 1e-9).all()
    assert (places <= below + 1 + 1e-9).all()


@pytest.mark.parametrize("name", LEVELS)
def test_losses_are_recovered_from_places(name):
    """By linear interpolation in a table eight times as fine as the levels: a few hundredths of the gap there."""
    levels = LEVELS[name]
    table = way_back(levels)
    losses = np.interp(np.linspace(0, len(levels) - 1, 997), np.arange(len(levels)), levels)
    places = place_among(levels, losses)
    back = np.interp(places * (len(table) - 1) / (len(levels) - 1), np.arange(len(table)), table)
    gaps = np.interp(places, np.arange(len(levels) - 1) + 0.5, np.diff(levels))
    assert (np.abs(back - losses) <= 0.05 * gaps).all()
    assert (np.diff(table) > 0).all()


def test_what_is_not_finite_has_no_place():
    places = place_among(np.array([0.0, 1, 2]), np.array([[np.nan, 0.5], [np.inf, -np.inf]]))
    assert np.isnan(places).tolist() == [[True, False], [True, True]]


@pytest.mark.parametrize("spacing", ["linear", "log"])
@pytest.mark.parametrize("height", [1e300, 6e306, 1e-300])
def test_levels_near_the_ends_of_the_numbers_are_those_of_a_usual_surface(height, spacing):
    x, y = np.meshgrid(np.linspace(-4, 4, 41), np.linspace(-3, 3, 31))
    surface = replace(SURFACES["simple_quad"], spacing=spacing, levels=None)
    usual = contour_levels(surface, x**2 + y**2, "automatic")
    found = contour_levels(surface, height * (x**2 + y**2), "automatic")
    assert np.isfinite(found).all()
    assert (np.diff(found) > 0).all()
    if spacing == "log":
        np.testing.assert_allclose(found / height, usual, rtol=1e-12)
    places = place_among(found, height * (x**2 + y**2))
    assert np.isfinite(places).all()
    order = np.argsort((x**2 + y**2).ravel())
    assert (np.diff(places.ravel()[order]) >= -1e-9).all()
