"""The two moving averages that Adam and its kin keep."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array


class Moments(NamedTuple):
    """What Adam remembers; all of it is new at every step and 0 at first.

    Attributes:
        mean: m, the moving average of gradients, of the point's shape.
        square: v, the moving average of squared gradients, of the point's shape.
        steps: t, how many were made; a scalar of the point's dtype.
    """

    mean: Array
    square: Array
    steps: Array


def init(point: Array, **_: Array) -> Moments:
    """m₀ = v₀ = 0 and t = 0."""
    return Moments(jnp.zeros_like(point), jnp.zeros_like(point), jnp.zeros((), point.dtype))


def updated(moments: Moments, gradient: Array, beta1: Array, beta2: Array) -> Moments:
    """m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; t ← t + 1."""
    return Moments(
        mean=beta1 * moments.mean + (1 - beta1) * gradient,
        square=beta2 * moments.square + (1 - beta2) * gradient**2,
        steps=moments.steps + 1,
    )


def unbiased(average: Array, decay: Array, steps: Array) -> Array:
    """average/(1 − decayᵗ): an average that began at 0 has weights that sum to 1 − decayᵗ after t steps, not to 1."""
    return average / (1 - decay**steps)
