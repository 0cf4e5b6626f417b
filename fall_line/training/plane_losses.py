"""The loss on a plane of weights: on a grid, and below the points of a path.

The values of the first layer are affine in the coordinates, W(α, β)X = W₀X + αW_δX + βW_ηX: three products serve all
points of the plane. A grid is computed row by row, for all of it at once would not fit into the processor's memory.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from fall_line.training.objective import mean_loss
from fall_line.training.perceptron import Layer, Perceptron
from fall_line.training.plane import Floats, Plane
from fall_line.training.train import Lesson
from networks import Data

PROGRAMS = 64  # that are kept
AT_ONCE = 32  # points of a path


class _Seen(NamedTuple):
    """Centre and directions (3, P), points, and λ."""

    basis: Any
    data: Data
    l2: Any


def loss_grid(lesson: Lesson, plane: Plane, first: Floats, second: Floats, points: int | None = None) -> Floats:
    """Return J on the grid of the coordinates `first` (n,) and `second` (m,) as (m, n).

    `points` takes only so many of the training points, spread evenly: with a great many a grid takes seconds.
    """
    data = lesson.training
    if points is not None and points < data.inputs.shape[1]:
        chosen = np.linspace(0, data.inputs.shape[1] - 1, points).round().astype(int)
        data = Data(data.inputs[:, chosen], data.targets[:, chosen])
    alpha, beta = first - plane.origin[0], second - plane.origin[1]
    return np.asarray(_grid_program(lesson.network, lesson.loss)(_seen(lesson, plane, data), alpha, beta))


def losses_below(lesson: Lesson, plane: Plane, weights: Floats) -> Floats:
    """Return J at the points of the plane that are nearest to `weights` (n, P), as (n,)."""
    away = plane.coordinates(weights) - plane.origin
    filled = np.pad(away, ((0, -len(away) % AT_ONCE), (0, 0))).reshape(-1, AT_ONCE, 2)
    call = _points_program(lesson.network, lesson.loss)
    seen = _seen(lesson, plane, lesson.training)
    return np.concatenate([np.zeros(0), *(np.asarray(call(seen, some)) for some in filled)])[: len(away)]


def _seen(lesson: Lesson, plane: Plane, data: Data) -> _Seen:
    return _Seen(np.concatenate([plane.centre[None], plane.directions]), data, np.float64(lesson.l2))


@lru_cache(maxsize=PROGRAMS)
def _grid_program(network: Perceptron, loss: str) -> Callable[..., jax.Array]:
    def grid(seen: _Seen, first: jax.Array, second: jax.Array) -> jax.Array:
        at = _on_plane(network, loss, seen)
        return jax.lax.map(lambda beta: jax.vmap(lambda alpha: at(alpha, beta))(first), second)

    return jax.jit(grid)


@lru_cache(maxsize=PROGRAMS)
def _points_program(network: Perceptron, loss: str) -> Callable[..., jax.Array]:
    return jax.jit(lambda seen, points: jax.vmap(lambda one: _on_plane(network, loss, seen)(one[0], one[1]))(points))


def _on_plane(network: Perceptron, loss: str, seen: _Seen) -> Callable[[jax.Array, jax.Array], jax.Array]:
    """Return α, β ↦ J."""
    basis = [network.layers(row) for row in seen.basis]
    values = jnp.stack([layers[0].weights @ seen.data.inputs + layers[0].biases[:, None] for layers in basis])
    others = [
        Layer(jnp.stack([layer.weights for layer in each]), jnp.stack([layer.biases for layer in each]))
        for each in zip(*(layers[1:] for layers in basis), strict=True)
    ]
    # Σ W² is a quadratic form in 1, α and β.
    squares = sum(
        jnp.einsum("ioj,koj->ik", both, both)
        for both in (jnp.stack([layer.weights for layer in each]) for each in zip(*basis, strict=True))
    )

    def at(alpha: jax.Array, beta: jax.Array) -> jax.Array:
        place = jnp.stack([jnp.ones_like(alpha), alpha, beta])
        layers = [Layer(*(jnp.tensordot(place, part, axes=1) for part in layer)) for layer in others]
        outputs = network.onward(jnp.tensordot(place, values, axes=1), layers)
        return mean_loss(loss, outputs, seen.data.targets) + seen.l2 / 2 * (place @ squares @ place)

    return at
