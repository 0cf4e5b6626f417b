"""Adagrad: each coordinate is braked by the root of all its squared gradients so far."""

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
    """G ← G + g²; θ ← θ − η g/√(G + ε), with g = ∇J(θ)."""
    gradient = problem.gradient(point)
    accumulator = accumulator + gradient**2
    return point - learning_rate * gradient / jnp.sqrt(accumulator + epsilon), accumulator


adagrad = Optimizer(
    key="adagrad",
    label="Adagrad",
    family="Adagrad",
    hypers=(_hypers.learning_rate(1.0, high=100.0), _hypers.epsilon(1e-6)),
    init=init,
    step=step,
    memory=("G",),
    formula=r"G \leftarrow G + g^2 \\ \theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{G + \varepsilon}}",
    summary="Gives each coordinate a step of its own, which shrinks with all the gradients met so far.",
    also=("adaptive gradient", "adaptive learning rate", "diagonal Adagrad"),
    taught=4,
    variant=(
        "Diagonal, ε inside the root and the accumulator from 0, as in Lasagne. Optax and Keras also keep ε inside but "
        "start the accumulator at 0.1; PyTorch starts at 0 and adds ε outside the root."
    ),
    source="Duchi, Hazan and Singer (2011), JMLR 12",
)
