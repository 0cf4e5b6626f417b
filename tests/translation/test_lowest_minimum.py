"""The lowest minimum that the page finds by itself is the one that the server finds; or it finds none."""

import numpy as np
import pytest

from fall_line.experiments.landscape import landscape
from fall_line.trajectories.minima import minima_of
from fall_line.translation.surface import surface_module
from landscapes import SURFACES, find_surface
from tests.node import node
from tests.translation.programs import READ

LOWEST = f"""async ({{ lowestMinimum }}, all) => {{
    {READ}
    const {{ domainLosses }} = await import("./client/walking/loss-grid.ts");
    const {{ landscapeOf }} = await import("./client/walking/walk.ts");
    return Promise.all(all.map(async ({{ text, parameters, shifts, domain }}) => {{
        const seen = landscapeOf(await imported(text), parameters, shifts);
        return lowestMinimum(seen, domainLosses(seen.loss, domain), domain);
    }}));
}}"""

SMOOTH = (
    "a*x^2 + (y - b)^2 + x*y/2",
    "(x^2 - a)^2 + (x + y)^2 + b*x",
    "a*sin(3*x)*cos(2*y) + x^2/8 + y^2/5",
    "(1 - x)^2 + a*(y - x^2)^2",
    "(x^2 + y - 2)^2 + a*y^4 + b*x",
)
KINKED = ("a*abs(x) + y^2", "abs(x - a/9) + y^2", "max(x^2, a) + abs(y - b)", "log(abs(x) + a) + y^2")
WITHOUT = ("a*x - y", "a*x^3 + y^2", "exp(-x - a*y)")


def found(landscapes):
    asked = [
        {
            "text": surface_module(one.surface),
            "parameters": one.parameters.tolist(),
            "shifts": one.shifts.ravel().tolist(),
            "domain": list(one.domain),
        }
        for one in landscapes
    ]
    return node("walking/minima.ts", LOWEST, asked)


def drawn(surface, generator, spread=None):
    chosen = {hyper.key: float(generator.uniform(hyper.low, hyper.high)) for hyper in surface.parameters}
    return landscape(surface, chosen, spread)


def floors(landscapes):
    """Return the loss at the lowest minimum that the server finds on each, or None."""
    return [minima[0].loss if (minima := minima_of(one)) else None for one in landscapes]


def unknown(landscapes):
    """Return how many floors of the server's the page doesn't find; what it does find must be one, but for rounding."""
    lacking = 0
    for one, floor, lowest in zip(landscapes, floors(landscapes), found(landscapes), strict=True):
        if lowest is not None:
            assert floor is not None, (one.surface.key, one.settings, lowest)
            assert abs(lowest - floor) <= 1e-9 * (1 + abs(floor)), (one.surface.key, one.settings, floor, lowest)
        lacking += lowest is None and floor is not None
    return lacking


@pytest.mark.parametrize("spread", [None, 0.3])
def test_smooth_typed_surfaces(spread):
    generator = np.random.default_rng(5)
    landscapes = [drawn(find_surface(f"formula:{text}"), generator, spread) for text in SMOOTH for _ in range(3)]
    assert sum(floor is not None for floor in floors(landscapes)) >= 8
    assert unknown(landscapes) <= 1


def test_listed_surfaces():
    generator = np.random.default_rng(6)
    landscapes = [drawn(surface, generator) for surface in SURFACES.values()]
    assert unknown(landscapes) <= len(landscapes) // 4


def test_what_newton_cannot_find_is_left_to_the_server():
    generator = np.random.default_rng(7)
    unknown([drawn(find_surface(f"formula:{text}"), generator) for text in KINKED for _ in range(3)])


def test_where_there_is_no_minimum_there_is_no_floor():
    generator = np.random.default_rng(8)
    landscapes = [drawn(find_surface(f"formula:{text}"), generator) for text in WITHOUT]
    assert floors(landscapes) == [None] * len(WITHOUT)
    assert unknown(landscapes) == 0
