"""What Adamax and its finite-p form share: the memory, and the update once the norm is known."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from optimizers import _moments


class AdamaxState(NamedTuple):
    """What Adamax remembers; all of it is new at every step and 0 at first.

    Attributes:
        mean: m, the moving average of gradients, of the point's shape.
        norm: u, the decaying norm of each coordinate's gradients, of the point's shape.
        mean_weight: 1 − β₁ᵗ, what the weights of the gradients in m sum to after t steps; a scalar.
    """

    mean: Array
    norm: Array
    mean_weight: Array


def init(point: Array, **_: Array) -> AdamaxState:
    """m₀ = u₀ = 0, with no weight."""
    return AdamaxState(jnp.zeros_like(point), jnp.zeros_like(point), jnp.zeros((), point.dtype))


def move(
    point: Array,
    state: AdamaxState,
    gradient: Array,
    norm: Array,
    *,
    learning_rate: Array,
    beta1: Array,
    epsilon: Array,
) -> tuple[Array, AdamaxState]:
    """m ← β₁m + (1−β₁)g; θ ← θ − η/(1−β₁ᵗ)·m/(u + ε), with the new norm u."""
    mean = beta1 * state.mean + (1 - beta1) * gradient
    weight = _moments.added_weight(state.mean_weight, beta1)
    return point - learning_rate / weight * mean / (norm + epsilon), AdamaxState(mean, norm, weight)
