"""Adagrad divided by the sum of squares itself, not by its root."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


def init(point: Array, **_: Array) -> Array:
    """The accumulator G₀ = 0, of the point's shape."""
    return jnp.zeros_like(point)


def step(
    problem: Problem, point: Array, accumulator: Array, *, learning_rate: Array, epsilon: Array
) -> tuple[Array, Array]:
    """G ← G + g²; θ ← θ − η g/(G + ε), with g = ∇J(θ)."""
    gradient = problem.gradient(point)
    accumulator = accumulator + gradient**2
    return point - learning_rate * gradient / (accumulator + epsilon), accumulator


adagrad_without_root = Optimizer(
    key="adagrad_without_root",
    label="Adagrad without the root",
    family="Adagrad",
    hypers=(_hypers.learning_rate(1.0, high=100.0), _hypers.epsilon(1e-6)),
    init=init,
    step=step,
    memory=("G",),
    formula=r"G \leftarrow G + g^2 \\ \theta \leftarrow \theta - \eta\,\frac{g}{G + \varepsilon}",
    summary="Adagrad without its square root: steps shrink much faster.",
    also=("square root", "no root"),
    variant=(
        "An experiment, not a published method, and in none of Lasagne, PyTorch, Optax and Keras. The first step is "
        "about η/g, the longer the flatter the start; afterwards steps shrink faster than Adagrad's."
    ),
    source="The article, which invites the reader to try it; after Duchi, Hazan and Singer (2011)",
)
