"""Runs optimizers on a surface.

One program is compiled per (surface, method). The start, every hyperparameter, the surface's parameters and even
the number of steps are traced data, so that moving a slider never compiles anything.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from landscapes import find_surface
from optimizers import OPTIMIZERS
from optimizers.optimizer import Problem
from trajectories.experiment import MAX_STEPS, Experiment

Floats = NDArray[np.float64]

DOMAIN_POINTS = 121


class Trajectory(NamedTuple):
    """The path of one run. Row 0 is the start, row k the state after k steps; not finite values are kept as they are.

    Attributes:
        points: (steps + 1, 2) float64, θ.
        losses: (steps + 1,) float64, J(θ).
        gradients: (steps + 1, 2) float64, ∇J(θ), at θ itself also for methods that look elsewhere.
    """

    points: Floats
    losses: Floats
    gradients: Floats


def run(experiment: Experiment) -> list[Trajectory]:
    """Return one trajectory a run, in the experiment's order."""
    start = np.asarray(experiment.start, dtype=np.float64)
    parameters = _values(experiment.parameters, find_surface(experiment.surface).parameters)
    pending = [
        program(experiment.surface, one.optimizer)(
            start, _values(one.hypers, OPTIMIZERS[one.optimizer].hypers), parameters, experiment.steps
        )
        for one in experiment.runs
    ]
    rows = slice(experiment.steps + 1)
    return [Trajectory(*(np.asarray(array)[rows] for array in arrays)) for arrays in pending]


def _values(settings: dict[str, float], hypers: tuple) -> Floats:
    return np.array([settings[hyper.key] for hyper in hypers], dtype=np.float64)


@cache
def program(surface_key: str, optimizer_key: str) -> Callable[..., tuple[jax.Array, jax.Array, jax.Array]]:
    """Return the jitted `(start, hypers, parameters, steps) -> points, losses, gradients` of one surface and method.

    The arrays have room for `MAX_STEPS` + 1 rows; those beyond `steps` are zero. `hypers` and `parameters` are
    vectors in the order in which the optimizer and the surface declare them.
    """
    surface, optimizer = find_surface(surface_key), OPTIMIZERS[optimizer_key]

    def walk(start: jax.Array, hypers: jax.Array, parameters: jax.Array, steps: jax.Array) -> tuple:
        settings = {hyper.key: hypers[k] for k, hyper in enumerate(optimizer.hypers)}
        chosen = {hyper.key: parameters[k] for k, hyper in enumerate(surface.parameters)}
        problem = _problem(surface.value, chosen)
        look = jax.value_and_grad(problem.value)

        def advance(k: jax.Array, carry: tuple) -> tuple:
            point, state, record = carry
            record = _write(record, k, point, *look(point))
            return (*optimizer.step(problem, point, state, **settings), record)

        empty = (jnp.zeros((MAX_STEPS + 1, 2)), jnp.zeros(MAX_STEPS + 1), jnp.zeros((MAX_STEPS + 1, 2)))
        point, _, record = jax.lax.fori_loop(0, steps, advance, (start, optimizer.init(start, **settings), empty))
        return _write(record, steps, point, *look(point))

    return jax.jit(walk)


def _problem(value: Callable[..., jax.Array], parameters: dict[str, jax.Array]) -> Problem:
    def loss(point: jax.Array) -> jax.Array:
        return value(point[0], point[1], **parameters)

    return Problem(loss, jax.grad(loss))


def _write(record: tuple, k: jax.Array, *row: jax.Array) -> tuple:
    return tuple(
        jax.lax.dynamic_update_index_in_dim(column, entry, k, axis=0) for column, entry in zip(record, row, strict=True)
    )


@cache
def _curvature_program(surface_key: str) -> Callable[..., jax.Array]:
    surface = find_surface(surface_key)

    def curvature(point: jax.Array, parameters: jax.Array) -> jax.Array:
        chosen = {hyper.key: parameters[k] for k, hyper in enumerate(surface.parameters)}
        return jnp.linalg.eigvalsh(jax.hessian(_problem(surface.value, chosen).value)(point))

    return jax.jit(curvature)


def curvature(experiment: Experiment, point: Floats) -> Floats:
    """Return the two eigenvalues of the Hessian of J at `point`, the lower first."""
    parameters = _values(experiment.parameters, find_surface(experiment.surface).parameters)
    return np.asarray(_curvature_program(experiment.surface)(np.asarray(point, dtype=np.float64), parameters))


@cache
def _grid_program(surface_key: str) -> Callable[..., jax.Array]:
    surface = find_surface(surface_key)

    def values(x: jax.Array, y: jax.Array, parameters: jax.Array) -> jax.Array:
        chosen = {hyper.key: parameters[k] for k, hyper in enumerate(surface.parameters)}
        return surface.value(*jnp.meshgrid(x, y), **chosen)

    return jax.jit(values)


def loss_grid(experiment: Experiment, x: Floats, y: Floats) -> Floats:
    """Return J on the grid of `x` (n,) and `y` (m,) as (m, n) float64."""
    parameters = _values(experiment.parameters, find_surface(experiment.surface).parameters)
    return np.asarray(_grid_program(experiment.surface)(x, y, parameters))


def domain_losses(experiment: Experiment) -> Floats:
    """Return J over the surface's whole domain, (121, 121): what contour levels are made from, whatever is in view."""
    domain = find_surface(experiment.surface).domain
    x, y = (np.linspace(*edges, DOMAIN_POINTS) for edges in (domain[:2], domain[2:]))
    return loss_grid(experiment, x, y)
