"""Minima that lie at kinks and tips, where Newton's method finds none: searched for by the values alone.

From each dip of a coarse grid a pattern search goes to the lowest of the points around it, in other directions each
time, and comes closer when none is lower. What it finds is kept if the loss rises on all sides, in some direction no
faster than the distance: a smooth bowl, which is four times as high twice as far away, is left to Newton's method.
"""

from collections.abc import Callable
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.landscape import Landscape
from fall_line.subgradients import may_have_kinks
from fall_line.trajectories.loss import domain_losses, loss_of
from landscapes import Box, Surface

Floats = NDArray[np.float64]

DIPS = 64  # of the grid that are looked into, the lowest
MOVES = 240  # of the pattern
SPOKES, RINGS = 32, 4  # points of the pattern: 32 directions, at 4 distances
CLOSER = 0.7  # times as wide is the pattern where no point of it is lower
GOLDEN = np.pi * (3 - 5**0.5)  # from one pattern to the next it turns by
SIDES = 720  # directions in which the loss must rise
AROUND = 1e-4  # of the diagonal, and ever shorter by 8: at these distances
RATIO = 1 / 16  # of what it rises at 8 times the distance: 1/8 at a kink, 1/64 in a bowl
PROGRAMS = 128


def kinked_minima(landscape: Landscape) -> tuple[Floats, Floats]:
    """Return where the minima at kinks lie in the surface's domain, (n, 2), and the losses there, (n,)."""
    dips = _dips(landscape)
    if not len(dips) or not _may_have_kinks(landscape):
        return np.zeros((0, 2)), np.zeros(0)
    starts = np.resize(dips, (DIPS, 2))  # of one shape, so that one program serves all
    program, diagonal = _program(landscape.surface), landscape.diagonal
    points, losses, rises = map(np.asarray, program(starts, diagonal, landscape.parameters, landscape.shifts))
    good = _at_kinks(rises) & np.isfinite(losses) & _inside(points, landscape.domain)
    return points[good], losses[good]


def _may_have_kinks(landscape: Landscape) -> bool:
    loss = loss_of(landscape.surface, jnp.asarray(landscape.parameters), landscape.shifts)
    return may_have_kinks(loss, jax.ShapeDtypeStruct((2,), np.float64))


def _dips(landscape: Landscape) -> Floats:
    """Return the lowest points of the grid over the domain that no neighbour is below, (n, 2)."""
    losses, domain = domain_losses(landscape), landscape.domain
    filled = np.where(np.isfinite(losses), losses, np.inf)
    middle, (rows, columns) = filled[1:-1, 1:-1], filled.shape
    beside = [filled[1 + i : rows - 1 + i, 1 + j : columns - 1 + j] for i in (-1, 0, 1) for j in (-1, 0, 1)]
    found = np.argwhere(np.isfinite(middle) & np.all([middle <= one for one in beside], axis=0)) + 1
    lowest = found[np.argsort(filled[tuple(found.T)], kind="stable")[:DIPS]]
    x, y = np.linspace(*domain[:2], columns), np.linspace(*domain[2:], rows)
    return np.stack([x[lowest[:, 1]], y[lowest[:, 0]]], axis=-1)


def _at_kinks(rises: Floats) -> NDArray[np.bool_]:
    """Return where the loss rises on all sides from a kink; `rises` is (n, 5, sides), from far to near."""
    far, near, nearest = rises[:, 0], rises[:, 1], rises[:, -1]
    with np.errstate(invalid="ignore"):
        upwards = (far > 0).all(axis=-1) & (near > 0).all(axis=-1)
        # Down a pit without a ground the loss rises as fast from nearby as from afar.
        ground = (nearest <= far / 2).all(axis=-1)
        return upwards & ground & (near >= RATIO * far).any(axis=-1)


def _inside(points: Floats, domain: Box) -> NDArray[np.bool_]:
    x, y = points.T
    return (domain.x_low <= x) & (x <= domain.x_high) & (domain.y_low <= y) & (y <= domain.y_high)


@lru_cache(maxsize=PROGRAMS)
def _program(surface: Surface) -> Callable[..., tuple[jax.Array, ...]]:
    """Return the jitted `(starts, diagonal, parameters, shifts) -> points, losses, rises` of one surface."""

    def search(
        starts: jax.Array, diagonal: jax.Array, parameters: jax.Array, shifts: jax.Array
    ) -> tuple[jax.Array, ...]:
        losses = jax.vmap(loss_of(surface, parameters, shifts))

        def found(start: jax.Array) -> tuple[jax.Array, ...]:
            point = _rounded(losses, _lowest(losses, start, diagonal), diagonal)
            here = losses(point[None])[0]
            lengths = AROUND * diagonal / 8.0 ** jnp.arange(5)
            beside = point + lengths[:, None, None] * _directions(SIDES, 0.0)
            return point, here, losses(beside.reshape(-1, 2)).reshape(5, SIDES) - here

        return jax.lax.map(found, starts)

    return jax.jit(search)


def _directions(count: int, turned: jax.Array | float) -> jax.Array:
    angles = 2 * jnp.pi * jnp.arange(count) / count + turned
    return jnp.stack([jnp.cos(angles), jnp.sin(angles)], axis=-1)


def _lowest(losses: Callable[[jax.Array], jax.Array], start: jax.Array, diagonal: jax.Array) -> jax.Array:
    """Return where the pattern search from `start` ends."""
    lengths = jnp.arange(1, RINGS + 1) / RINGS

    def move(k: jax.Array, carry: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, jax.Array]:
        point, width = carry
        pattern = (lengths[:, None, None] * _directions(SPOKES, GOLDEN * k)).reshape(-1, 2)
        tried = point + width * pattern
        found = losses(tried)
        best = jnp.argmin(jnp.where(jnp.isnan(found), jnp.inf, found))
        lower = found[best] < losses(point[None])[0]
        return jnp.where(lower, tried[best], point), jnp.where(lower, width, CLOSER * width)

    return jax.lax.fori_loop(0, MOVES, move, (start, diagonal / 100))[0]


def _rounded(losses: Callable[[jax.Array], jax.Array], point: jax.Array, diagonal: jax.Array) -> jax.Array:
    """Return the roundest number near `point` that is no higher: a search by values stops at a hair's breadth."""
    units = 10.0 ** jnp.arange(-5, -14, -1)
    tried = jnp.concatenate([jnp.round(point / units[:, None]) * units[:, None], point[None]])
    tried = jnp.where(jnp.abs(tried - point) <= 1e-6 * diagonal, tried, point)
    found = losses(tried)
    return tried[jnp.argmin(jnp.where(found <= found[-1], jnp.arange(len(tried)), len(tried)))]
