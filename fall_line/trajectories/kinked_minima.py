"""Minima that lie at kinks and tips, where Newton's method finds none: searched for by the values alone.

From each dip of a coarse grid Nelder and Mead's simplex (1965) goes down. What it finds is kept if the loss rises on
all sides, in some direction no faster than the distance: a smooth bowl, which is four times as high twice as far away,
is left to Newton's method.
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from fall_line.experiments.landscape import Landscape
from fall_line.subgradients import may_have_kinks
from fall_line.trajectories.loss import domain_losses, loss_of, losses_at
from landscapes import Box

Floats = NDArray[np.float64]
Losses = Callable[[Floats], Floats]

DIPS = 24  # of the grid that are looked into, the lowest
CELL = 1 / 170  # of the diagonal: the first simplex
ROUNDS = 3  # a simplex that has become flat begins anew
STEPS = 200  # of each
SIDES = 720  # directions in which the loss must rise
LENGTHS = 1e-4 / 8.0 ** np.arange(5)  # of the diagonal: distances at which it does
RATIO = 1 / 16  # of what it rises at 8 times the distance: 1/8 at a kink, 1/64 in a bowl
LEVEL = 1e-12  # of what it rises elsewhere: no rise
HAIR = 1e-6  # of the diagonal: so near a round number is taken that is no higher


def kinked_minima(landscape: Landscape) -> tuple[Floats, Floats]:
    """Return where the minima at kinks lie in the surface's domain, (n, 2), and the losses there, (n,)."""
    loss = loss_of(landscape.surface, jnp.asarray(landscape.parameters), jnp.asarray(landscape.shifts))
    if not may_have_kinks(loss, jax.ShapeDtypeStruct((2,), np.float64)):
        return np.zeros((0, 2)), np.zeros(0)
    diagonal = landscape.diagonal

    def losses(points: Floats) -> Floats:
        found = losses_at(landscape, points)
        return np.where(np.isnan(found), np.inf, found)

    ends = [_rounded(losses, _lowest(losses, dip, diagonal), diagonal) for dip in _dips(landscape)]
    found = [end for end in ends if _inside(end, landscape.domain) and _at_kink(losses, end, diagonal)]
    points = np.reshape(found, (-1, 2))
    return points, losses_at(landscape, points)


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


def _lowest(losses: Losses, start: Floats, diagonal: float) -> Floats:
    point, width = start, CELL * diagonal
    for _ in range(ROUNDS):
        corners = point + width * np.array([[0.0, 0.0], [1.0, 0.3], [-0.3, 1.0]])
        options = {"initial_simplex": corners, "xatol": 1e-13 * diagonal, "fatol": np.inf, "maxiter": STEPS}
        with np.errstate(invalid="ignore"):  # the simplex compares its losses, which may be infinite
            point = minimize(lambda place: losses(place[None])[0], point, method="Nelder-Mead", options=options).x
        width /= 30
    return point


def _rounded(losses: Losses, point: Floats, diagonal: float) -> Floats:
    """Return the roundest number near `point` that is no higher: a search by values stops at a hair's breadth."""
    tried = np.array([*(np.round(point, digits) + 0.0 for digits in range(2, 14)), point])
    near = (np.abs(tried - point) <= HAIR * diagonal).all(axis=-1)
    heights = losses(tried)
    return tried[np.argmax(near & (heights <= heights[-1]))]


def _at_kink(losses: Losses, point: Floats, diagonal: float) -> bool:
    """Whether the loss rises on all sides of `point`, and that from a kink."""
    angles = 2 * np.pi * np.arange(SIDES) / SIDES
    beside = point + diagonal * LENGTHS[:, None, None] * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    here = losses(point[None])[0]
    if not np.isfinite(here):
        return False
    rises = losses(beside.reshape(-1, 2)).reshape(beside.shape[:2]) - here
    far, near, nearest = rises[0], rises[1], rises[-1]
    upwards = bool((far > LEVEL * far.max()).all() and (near > LEVEL * near.max()).all())
    # Down a pit without a ground the loss rises as fast from nearby as from afar; past the end of it nothing is known.
    ground = bool(np.isfinite(far).all() and (nearest <= far / 2).all())
    return upwards and ground and bool((near >= RATIO * far).any())


def _inside(point: Floats, domain: Box) -> bool:
    return bool(domain.x_low <= point[0] <= domain.x_high and domain.y_low <= point[1] <= domain.y_high)
