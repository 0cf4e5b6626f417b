"""What training makes small, and what else is told of a network: J(θ) = Σ wᵢ ℓ(zᵢ, yᵢ) + ½λ Σ W²."""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import jax
import jax.numpy as jnp

from fall_line.training.perceptron import Perceptron


def _logistic(outputs: jax.Array, targets: Any) -> jax.Array:
    return (jax.nn.softplus(outputs) - targets * outputs)[0]


def _cross_entropy(outputs: jax.Array, targets: Any) -> jax.Array:
    return jax.nn.logsumexp(outputs, axis=0) - jnp.sum(targets * outputs, axis=0)


def _squared(outputs: jax.Array, targets: Any) -> jax.Array:
    return jnp.sum((outputs - targets) ** 2, axis=0) / 2


# ℓ of outputs and targets, both (outputs, points), as (points,).
LOSSES: MappingProxyType[str, Callable[[jax.Array, Any], jax.Array]] = MappingProxyType(
    {"logistic": _logistic, "cross_entropy": _cross_entropy, "squared": _squared}
)


def mean_loss(loss: str, outputs: jax.Array, targets: Any, shares: jax.Array | None = None) -> jax.Array:
    """Return Σ wᵢ ℓᵢ with `shares` wᵢ (points,), or the mean of all ℓᵢ."""
    each = LOSSES[loss](outputs, targets)
    # A point that isn't in the batch has no say, even where its loss isn't finite.
    return jnp.mean(each) if shares is None else jnp.sum(jnp.where(shares > 0, shares * each, 0.0))


def accuracy(loss: str, outputs: jax.Array, targets: Any) -> jax.Array:
    """Return the share of points whose class is told right; NaN where values are learned or an output is NaN."""
    if loss == "squared":
        return jnp.full((), jnp.nan)
    right = (
        (outputs > 0) == (targets > 0.5)
        if loss == "logistic"
        else jnp.argmax(outputs, axis=0) == jnp.argmax(targets, axis=0)
    )
    return jnp.where(jnp.isnan(outputs).any(), jnp.nan, jnp.mean(right, dtype=outputs.dtype))


def penalized(network: Perceptron, weights: jax.Array, loss: jax.Array, l2: Any) -> jax.Array:
    """Return `loss` + ½λ Σ W² with λ = `l2`; biases are not penalized."""
    return loss + l2 / 2 * network.squares(weights)
