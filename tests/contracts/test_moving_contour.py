"""The contour that the page draws itself while a surface moves has the levels and places that Python gives it."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fall_line.experiments.landscape import landscape
from fall_line.figures.levels import contour_levels, place_among
from fall_line.pages.explore.catalogue import surface_entry
from fall_line.trajectories.loss import domain_losses
from fall_line.translation.surface import surface_module
from landscapes import SURFACES, find_surface
from tests.node import node
from tests.translation.programs import READ, numbers

LEVELS = """async ({ automaticLevels }, all) =>
    all.map(({ losses, spacing }) => automaticLevels(Float64Array.from(losses, Number), spacing).map(String))"""

PLACES = """async ({ placeAmong }, { levels, losses }) =>
    levels.map((one, k) => losses[k].map(Number).map(placeAmong(one.map(Number))).map(String))"""

SURFACE_LEVELS = f"""async ({{ domainLosses }}, all) => {{
    {READ}
    const {{ automaticLevels }} = await import("./client/drawing/contour-levels.ts");
    return Promise.all(all.map(async ({{ text, parameters, domain, spacing }}) => {{
        const program = await imported(text);
        return automaticLevels(domainLosses((x, y) => program.loss(x, y, parameters), domain), spacing).map(String);
    }}));
}}"""

TYPED = ("a*x^2 + y^4 + b", "log(x) + a*y^2", "1/(x^2 - a) + y", "a*sin(3*x)*cos(y) + x^2/20", "sqrt(a - x^2 - y^2)")


def text(array):
    return [str(value).replace("inf", "Infinity").replace("nan", "NaN") for value in np.ravel(array).tolist()]


def test_levels_of_surfaces_and_parameters():
    """On the page's own grid, by the translated surface."""
    generator = np.random.default_rng(14)
    asked, expected = [], []
    for surface in [*SURFACES.values(), *(find_surface(f"formula:{one}") for one in TYPED)]:
        for _ in range(4 if surface.parameters else 1):
            chosen = {hyper.key: float(generator.uniform(hyper.low, hyper.high)) for hyper in surface.parameters}
            sent = surface_entry(surface)
            told = {"text": surface_module(surface), "parameters": list(chosen.values())}
            asked.append(told | {key: sent[key] for key in ("domain", "spacing")})
            expected.append(contour_levels(surface, domain_losses(landscape(surface, chosen)), "automatic"))
    assert {one["spacing"] for one in asked} == {"linear", "log"}
    for found, levels in zip(node("walking/loss-grid.ts", SURFACE_LEVELS, asked), expected, strict=True):
        np.testing.assert_allclose(numbers(found), levels, rtol=1e-9, atol=1e-9 * np.abs(levels).max())


def test_published_levels_are_told():
    for surface in SURFACES.values():
        assert surface_entry(surface)["levels"] == surface.levels


NEEDLE = np.where(np.arange(5000) == 7, 5.0, 0.0)
ODD = [
    np.zeros(5),
    np.full(5, -7.5),
    np.full(5, 1e20),
    np.full(5, np.nan),
    np.full(5, 1.7e308),
    np.array([np.nan, 3.0, np.inf, -np.inf]),
    1 + 1e-16 * np.arange(9.0),
    NEEDLE,
    -NEEDLE,
    1e12 + np.arange(9.0) * 1e-3,
    np.array([0.0, 1e-30]),
    np.array([-1e30, 0.0, 1e30]),
    6e306 * np.linspace(-4, 4, 41) ** 2,
    1e-300 * np.linspace(-4, 4, 41) ** 2,
    -(np.linspace(1, 2, 100) ** 9),
]


@pytest.mark.parametrize("surface", [SURFACES["saddle"], SURFACES["booth"]], ids=["linear", "log"])
def test_levels_of_odd_losses(surface):
    asked = [{"losses": text(losses), "spacing": surface.spacing} for losses in ODD]
    for losses, found in zip(ODD, node("drawing/contour-levels.ts", LEVELS, asked), strict=True):
        np.testing.assert_allclose(numbers(found), contour_levels(surface, losses, "automatic"), rtol=1e-12)


@given(st.lists(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=60), min_size=30, max_size=60))
@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_levels_of_any_losses(drawn):
    for surface in (SURFACES["saddle"], SURFACES["booth"]):
        asked = [{"losses": losses, "spacing": surface.spacing} for losses in drawn]
        for losses, found in zip(drawn, node("drawing/contour-levels.ts", LEVELS, asked), strict=True):
            levels = contour_levels(surface, np.array(losses), "automatic")
            np.testing.assert_allclose(numbers(found), levels, rtol=1e-9, atol=1e-12 * np.abs(levels).max())


def test_places_among_levels():
    """At the levels, between and far beyond them, and of what is no number."""
    generator = np.random.default_rng(3)
    published = np.array(SURFACES["wobbly"].levels)
    levels = [published, np.array([2.0, 5.0]), np.geomspace(1e-6, 1e6, 28), 1e301 * np.arange(1.0, 6), -published[::-1]]
    losses = []
    for one in levels:
        reach = min(float(np.ptp(one)), 1e305)
        spread = generator.uniform(one[0] - reach, one[-1] + reach, 300)
        losses.append(
            np.concatenate([one, spread, one[0] + reach * generator.random(300) ** 9, [np.nan, np.inf, -1e308]])
        )
    told = {"levels": [text(one) for one in levels], "losses": [text(one) for one in losses]}
    for one, asked, found in zip(levels, losses, node("drawing/contour-levels.ts", PLACES, told), strict=True):
        np.testing.assert_allclose(numbers(found), place_among(one, asked), rtol=1e-10, atol=1e-10)
