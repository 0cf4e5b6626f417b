"""Adagrad with an exponential brake."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


def init(point: Array, **_: Array) -> Array:
    """The accumulator G₀ = 0, of the point's shape."""
    return jnp.zeros_like(point)


def step(problem: Problem, point: Array, accumulator: Array, *, learning_rate: Array) -> tuple[Array, Array]:
    """G ← G + g²; θ ← θ − η g·exp(−G), with g = ∇J(θ)."""
    gradient = problem.gradient(point)
    accumulator = accumulator + gradient**2
    return point - learning_rate * gradient * jnp.exp(-accumulator), accumulator


adagrad_exponential = Optimizer(
    key="adagrad_exponential",
    label="Adagrad with an exponential",
    family="Adagrad",
    hypers=(_hypers.learning_rate(1.0, high=100.0),),
    init=init,
    step=step,
    memory=("G",),
    formula=r"G \leftarrow G + g^2 \\ \theta \leftarrow \theta - \eta\,g\,e^{-G}",
    summary="Adagrad whose steps shrink exponentially with the gradients met so far, until it stands still.",
    also=("exp",),
    variant=(
        "An experiment, not a published method, and in none of Lasagne, PyTorch, Optax and Keras. G sums squared "
        "gradients, as in Adagrad proper, and the exponential needs no ε; once G has reached a few dozen the method "
        "stands still for good."
    ),
    source="The article, which invites the reader to try it; after Duchi, Hazan and Singer (2011)",
)
