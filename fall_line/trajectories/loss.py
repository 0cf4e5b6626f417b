"""The loss of a landscape as a function, on a grid, and its curvature at a point."""

from collections.abc import Callable
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.landscape import Landscape
from landscapes import Surface

Floats = NDArray[np.float64]
Loss = Callable[[jax.Array], jax.Array]

DOMAIN_POINTS = 121
PROGRAMS = 256  # kept of each kind; typed surfaces could otherwise fill the memory


def loss_of(surface: Surface, parameters: jax.Array, shifts: jax.Array, shares: jax.Array | None = None) -> Loss:
    """Return θ ↦ J(θ) = Σᵢ wᵢ f(θ − sᵢ), or θ ↦ f(θ) if there are no shifts.

    Args:
        surface: f.
        parameters: its parameters in the order in which it declares them.
        shifts: sᵢ, (n, 2), or (0, 2) for the plain surface.
        shares: wᵢ, (n,), or None for 1/n each.
    """
    chosen = {hyper.key: parameters[k] for k, hyper in enumerate(surface.parameters)}
    if not len(shifts):
        return lambda point: surface.value(point[0], point[1], **chosen)
    weights = jnp.full(len(shifts), 1 / len(shifts)) if shares is None else shares

    def mean(point: jax.Array) -> jax.Array:
        losses = surface.value(point[0] - shifts[:, 0], point[1] - shifts[:, 1], **chosen)
        # A copy that isn't in the batch has no say, even where it isn't finite.
        return jnp.sum(jnp.where(weights > 0, weights * losses, 0.0))

    return mean


@lru_cache(maxsize=PROGRAMS)
def _curvature_program(surface: Surface) -> Callable[..., jax.Array]:
    def curvature(point: jax.Array, parameters: jax.Array, shifts: jax.Array) -> jax.Array:
        return jnp.linalg.eigvalsh(jax.hessian(loss_of(surface, parameters, shifts))(point))

    return jax.jit(curvature)


def curvature(landscape: Landscape, point: Floats) -> Floats:
    """Return the two eigenvalues of the Hessian of J at `point`, the lower first."""
    program = _curvature_program(landscape.surface)
    place = np.asarray(point, dtype=np.float64)
    return np.asarray(program(place, landscape.parameters, landscape.shifts))


@lru_cache(maxsize=PROGRAMS)
def _grid_program(surface: Surface) -> Callable[..., jax.Array]:
    def values(x: jax.Array, y: jax.Array, parameters: jax.Array, shifts: jax.Array) -> jax.Array:
        chosen = {hyper.key: parameters[k] for k, hyper in enumerate(surface.parameters)}
        along, across = jnp.meshgrid(x, y)
        if not len(shifts):
            return surface.value(along, across, **chosen)

        def added(k: jax.Array, total: jax.Array) -> jax.Array:
            return total + surface.value(along - shifts[k, 0], across - shifts[k, 1], **chosen)

        return jax.lax.fori_loop(0, len(shifts), added, jnp.zeros_like(along)) / len(shifts)

    return jax.jit(values)


def loss_grid(landscape: Landscape, x: Floats, y: Floats) -> Floats:
    """Return J on the grid of `x` (n,) and `y` (m,) as (m, n) float64."""
    surface = landscape.surface
    if surface.grid_value is not None and not len(landscape.shifts):
        return surface.grid_value(*np.meshgrid(x, y), **landscape.settings)
    return np.asarray(_grid_program(surface)(x, y, landscape.parameters, landscape.shifts))


@lru_cache(maxsize=PROGRAMS)
def _points_program(surface: Surface) -> Callable[..., jax.Array]:
    def losses(points: jax.Array, parameters: jax.Array, shifts: jax.Array) -> jax.Array:
        return jax.vmap(loss_of(surface, parameters, shifts))(points)

    return jax.jit(losses)


def losses_at(landscape: Landscape, points: Floats) -> Floats:
    """Return J at `points` (n, 2) as (n,) float64."""
    surface = landscape.surface
    if surface.grid_value is not None and not len(landscape.shifts):
        return surface.grid_value(*points.T, **landscape.settings)
    return np.asarray(_points_program(surface)(points, landscape.parameters, landscape.shifts))


def domain_losses(landscape: Landscape) -> Floats:
    """Return J over the surface's whole domain, (121, 121): what contour levels are made from, whatever is in view."""
    domain = landscape.domain
    x, y = (np.linspace(*edges, DOMAIN_POINTS) for edges in (domain[:2], domain[2:]))
    return loss_grid(landscape, x, y)
