"""Adagrad with a sum of absolute gradients in place of the root of a sum of squares."""

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
    """G ← G + |g|; θ ← θ − η g/(G + ε), with g = ∇J(θ)."""
    gradient = problem.gradient(point)
    accumulator = accumulator + jnp.abs(gradient)
    return point - learning_rate * gradient / (accumulator + epsilon), accumulator


adagrad_absolute = Optimizer(
    key="adagrad_absolute",
    label="Adagrad with absolute gradients",
    family="Adagrad",
    hypers=(_hypers.learning_rate(1.0, high=100.0), _hypers.epsilon(1e-6)),
    init=init,
    step=step,
    memory=("G",),
    formula=r"G \leftarrow G + |g| \\ \theta \leftarrow \theta - \eta\,\frac{g}{G + \varepsilon}",
    summary="Adagrad that adds up the sizes of the gradients in place of their squares.",
    also=("absolute value",),
    variant=(
        "An experiment, not a published method, and in none of Lasagne, PyTorch, Optax and Keras. Like Adagrad it does "
        "not see the gradient's scale, but it brakes as 1/t under a steady gradient, where Adagrad brakes as 1/√t."
    ),
    source="The article, which invites the reader to try it; after Duchi, Hazan and Singer (2011)",
)
