"""Nesterov's accelerated gradient, in the form that libraries use."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


def init(point: Array, **_: Array) -> Array:
    """The velocity v₀ = 0, of the point's shape."""
    return jnp.zeros_like(point)


def step(problem: Problem, point: Array, velocity: Array, *, learning_rate: Array, gamma: Array) -> tuple[Array, Array]:
    """v ← γv + η∇J(θ); θ ← θ − γv − η∇J(θ), with the new v."""
    scaled_gradient = learning_rate * problem.gradient(point)
    velocity = gamma * velocity + scaled_gradient
    return point - gamma * velocity - scaled_gradient, velocity


nesterov_at_lookahead = Optimizer(
    key="nesterov_at_lookahead",
    label="Nesterov at the look-ahead",
    family="Nesterov",
    hypers=(_hypers.learning_rate(0.01), _hypers.momentum()),
    init=init,
    step=step,
    memory=("v",),
    formula=(
        r"v \leftarrow \gamma v + \eta\,\nabla J(\theta)"
        r" \\ \theta \leftarrow \theta - \gamma v - \eta\,\nabla J(\theta)"
    ),
    summary="Nesterov's momentum, followed at the points that it looks ahead to.",
    also=("NAG", "accelerated gradient", "PyTorch", "Keras"),
    variant=(
        "The form of Lasagne, Keras, PyTorch and Optax, which needs the gradient only where the point stands. With a "
        "constant learning rate its path is that of the look-ahead points θ − γv of the original form."
    ),
    source="Bengio, Boulanger-Lewandowski and Pascanu (2013), ICASSP; Nesterov (1983)",
)
