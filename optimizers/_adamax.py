"""What Adamax and its finite-p form share: the memory, and the update once the norm is known."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array


class AdamaxState(NamedTuple):
    """What Adamax remembers; all of it is new at every step and 0 at first.

    Attributes:
        mean: m, the moving average of gradients, of the point's shape.
        norm: u, the decaying norm of each coordinate's gradients, of the point's shape.
        steps: t, how many were made; a scalar of the point's dtype.
    """

    mean: Array
    norm: Array
    steps: Array


def init(point: Array, **_: Array) -> AdamaxState:
    """m₀ = u₀ = 0 and t = 0."""
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
    steps = state.steps + 1
    return point - learning_rate / (1 - beta1**steps) * mean / (norm + epsilon), AdamaxState(mean, norm, steps)
