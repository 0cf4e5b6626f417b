"""The two moving averages that Adam and its kin keep."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array


class Moments(NamedTuple):
    """What Adam remembers; all of it is new at every step and 0 at first.

    Attributes:
        mean: m, the moving average of gradients, of the point's shape.
        square: v, the moving average of squared gradients, of the point's shape.
        mean_weight: 1 − β₁ᵗ, what the weights of the gradients in m sum to after t steps; a scalar.
        square_weight: 1 − β₂ᵗ, the same for v; a scalar.
    """

    mean: Array
    square: Array
    mean_weight: Array
    square_weight: Array


def init(point: Array, **_: Array) -> Moments:
    """m₀ = v₀ = 0, with no weight."""
    nothing = jnp.zeros((), point.dtype)
    return Moments(jnp.zeros_like(point), jnp.zeros_like(point), nothing, nothing)


def updated(moments: Moments, gradient: Array, beta1: Array, beta2: Array) -> Moments:
    """m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; each weight likewise, as the average of ones."""
    return Moments(
        mean=beta1 * moments.mean + (1 - beta1) * gradient,
        square=beta2 * moments.square + (1 - beta2) * gradient**2,
        mean_weight=added_weight(moments.mean_weight, beta1),
        square_weight=added_weight(moments.square_weight, beta2),
    )


def added_weight(weight: Array, decay: Array) -> Array:
    """1 − decayᵗ⁺¹ from 1 − decayᵗ. A power at each step would cost more than all the rest of it."""
    return decay * weight + (1 - decay)


def unbiased(average: Array, weight: Array) -> Array:
    """average/weight: an average that began at 0 has weights that sum to 1 − decayᵗ after t steps, not to 1."""
    return average / weight
