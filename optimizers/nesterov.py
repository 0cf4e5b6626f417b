"""Nesterov's accelerated gradient, in the form with a look-ahead."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


def init(point: Array, **_: Array) -> Array:
    """The velocity v₀ = 0, of the point's shape."""
    return jnp.zeros_like(point)


def step(problem: Problem, point: Array, velocity: Array, *, learning_rate: Array, gamma: Array) -> tuple[Array, Array]:
    """v ← γv + η∇J(θ − γv); θ ← θ − v."""
    velocity = gamma * velocity + learning_rate * problem.gradient(point - gamma * velocity)
    return point - velocity, velocity


nesterov = Optimizer(
    key="nesterov",
    label="Nesterov",
    family="Nesterov",
    hypers=(_hypers.learning_rate(0.01), _hypers.momentum()),
    init=init,
    step=step,
    memory=("v",),
    formula=r"v \leftarrow \gamma v + \eta\,\nabla J(\theta - \gamma v) \\ \theta \leftarrow \theta - v",
    summary="Momentum that looks ahead: it takes the slope where its speed is about to carry it, and brakes earlier.",
    also=("NAG", "accelerated gradient", "Nesterov momentum", "SGD with Nesterov", "look-ahead"),
    taught=3,
    variant=(
        "The original form: the gradient is taken at the look-ahead point θ − γv, and the path shows θ itself. "
        "Lasagne, Keras, PyTorch and Optax walk the look-ahead points instead; that is “Nesterov at the look-ahead”."
    ),
    source="Nesterov (1983); Sutskever, Martens, Dahl and Hinton (2013), ICML",
)
