"""The gradient as the smoothed Nesterov methods see it: averaged along the way ahead."""

from collections.abc import Mapping

import jax.numpy as jnp
from jax import Array

from optimizers.optimizer import Problem


def mean_gradient(problem: Problem, point: Array, reach: Array, weights: Mapping[float, float]) -> Array:
    """Σ wₖ∇J(θ − fₖr) / Σ wₖ over the fractions fₖ of the reach r and their weights wₖ, `{fₖ: wₖ}`."""
    weighted = (weight * problem.gradient(point - fraction * reach) for fraction, weight in weights.items())
    return sum(weighted, jnp.zeros_like(point)) / sum(weights.values())
