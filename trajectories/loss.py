"""The loss that an experiment is about: its surface, or under minibatches the mean of shifted copies of it."""

from collections.abc import Callable
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from landscapes import find_surface
from trajectories.experiment import Experiment
from trajectories.noise import SHIFTS

Floats = NDArray[np.float64]
Loss = Callable[[jax.Array], jax.Array]

DOMAIN_POINTS = 121
PROGRAMS = 256  # kept of each kind; typed surfaces could otherwise fill the memory

NO_SHIFTS = np.zeros((0, 2))


def loss_of(surface: str, parameters: jax.Array, shifts: jax.Array, shares: jax.Array | None = None) -> Loss:
    """Return θ ↦ J(θ) = Σᵢ wᵢ f(θ − sᵢ), or θ ↦ f(θ) if there are no shifts.

    Args:
        surface: the key of f.
        parameters: its parameters in the order in which it declares them.
        shifts: sᵢ, (n, 2), or (0, 2) for the plain surface.
        shares: wᵢ, (n,), or None for 1/n each.
    """
    found = find_surface(surface)
    chosen = {hyper.key: parameters[k] for k, hyper in enumerate(found.parameters)}
    if not len(shifts):
        return lambda point: found.value(point[0], point[1], **chosen)
    weights = jnp.full(len(shifts), 1 / len(shifts)) if shares is None else shares

    def mean(point: jax.Array) -> jax.Array:
        losses = found.value(point[0] - shifts[:, 0], point[1] - shifts[:, 1], **chosen)
        # A copy that isn't in the batch has no say, even where it isn't finite.
        return jnp.sum(jnp.where(weights > 0, weights * losses, 0.0))

    return mean


def surface_parameters(experiment: Experiment) -> Floats:
    """Return the values of the surface's parameters in the order in which it declares them."""
    declared = find_surface(experiment.surface).parameters
    return np.array([experiment.parameters[hyper.key] for hyper in declared], dtype=np.float64)


def surface_shifts(experiment: Experiment) -> Floats:
    """Return sᵢ, how the copies lie whose mean is the loss: (32, 2) under minibatches, else (0, 2)."""
    return experiment.sigma * SHIFTS if experiment.noise == "minibatch" else NO_SHIFTS


@lru_cache(maxsize=PROGRAMS)
def _curvature_program(surface: str) -> Callable[..., jax.Array]:
    def curvature(point: jax.Array, parameters: jax.Array, shifts: jax.Array) -> jax.Array:
        return jnp.linalg.eigvalsh(jax.hessian(loss_of(surface, parameters, shifts))(point))

    return jax.jit(curvature)


def curvature(experiment: Experiment, point: Floats) -> Floats:
    """Return the two eigenvalues of the Hessian of J at `point`, the lower first."""
    program = _curvature_program(experiment.surface)
    place = np.asarray(point, dtype=np.float64)
    return np.asarray(program(place, surface_parameters(experiment), surface_shifts(experiment)))


@lru_cache(maxsize=PROGRAMS)
def _grid_program(surface: str) -> Callable[..., jax.Array]:
    found = find_surface(surface)

    def values(x: jax.Array, y: jax.Array, parameters: jax.Array, shifts: jax.Array) -> jax.Array:
        chosen = {hyper.key: parameters[k] for k, hyper in enumerate(found.parameters)}
        along, across = jnp.meshgrid(x, y)
        if not len(shifts):
            return found.value(along, across, **chosen)

        def added(k: jax.Array, total: jax.Array) -> jax.Array:
            return total + found.value(along - shifts[k, 0], across - shifts[k, 1], **chosen)

        return jax.lax.fori_loop(0, len(shifts), added, jnp.zeros_like(along)) / len(shifts)

    return jax.jit(values)


def loss_grid(experiment: Experiment, x: Floats, y: Floats) -> Floats:
    """Return J on the grid of `x` (n,) and `y` (m,) as (m, n) float64."""
    found = find_surface(experiment.surface)
    if found.grid_value is not None and not len(surface_shifts(experiment)):
        return found.grid_value(*np.meshgrid(x, y), **experiment.parameters)
    program = _grid_program(experiment.surface)
    return np.asarray(program(x, y, surface_parameters(experiment), surface_shifts(experiment)))


def domain_losses(experiment: Experiment) -> Floats:
    """Return J over the surface's whole domain, (121, 121): what contour levels are made from, whatever is in view."""
    domain = find_surface(experiment.surface).domain
    x, y = (np.linspace(*edges, DOMAIN_POINTS) for edges in (domain[:2], domain[2:]))
    return loss_grid(experiment, x, y)
