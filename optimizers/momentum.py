"""Gradient descent with momentum, Polyak's heavy ball."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


def init(point: Array, **_: Array) -> Array:
    """The velocity v₀ = 0, of the point's shape."""
    return jnp.zeros_like(point)


def step(problem: Problem, point: Array, velocity: Array, *, learning_rate: Array, gamma: Array) -> tuple[Array, Array]:
    """v ← γv + η∇J(θ); θ ← θ − v."""
    velocity = gamma * velocity + learning_rate * problem.gradient(point)
    return point - velocity, velocity


momentum = Optimizer(
    key="momentum",
    label="Momentum",
    family="momentum",
    hypers=(_hypers.learning_rate(0.01), _hypers.momentum()),
    init=init,
    step=step,
    memory=("v",),
    formula=r"v \leftarrow \gamma v + \eta\,\nabla J(\theta) \\ \theta \leftarrow \theta - v",
    summary="Gathers speed as a rolling ball does, so that it runs along a valley and swings less from side to side.",
    also=("heavy ball", "Polyak", "classical momentum", "SGD with momentum", "velocity"),
    taught=2,
    variant=(
        "The learning rate is inside the velocity, as in Lasagne and Keras. PyTorch and Optax accumulate bare "
        "gradients and multiply by η at the end, which differs only when η changes on the way."
    ),
    source="Polyak (1964), USSR Computational Mathematics and Mathematical Physics 4",
)
