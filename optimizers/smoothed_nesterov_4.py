"""Nesterov's accelerated gradient, the gradient averaged over four points on the way to the look-ahead."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers, _lookahead
from optimizers.optimizer import Optimizer, Problem

WEIGHTS = {1 / 4: 1, 1 / 2: 1, 3 / 4: 1, 1: 1}


def init(point: Array, **_: Array) -> Array:
    """The velocity v₀ = 0, of the point's shape."""
    return jnp.zeros_like(point)


def step(problem: Problem, point: Array, velocity: Array, *, learning_rate: Array, gamma: Array) -> tuple[Array, Array]:
    """v ← γv + η/4·Σ ∇J(θ − kγv/4), k = 1…4; θ ← θ − v."""
    gradient = _lookahead.mean_gradient(problem, point, gamma * velocity, WEIGHTS)
    velocity = gamma * velocity + learning_rate * gradient
    return point - velocity, velocity


smoothed_nesterov_4 = Optimizer(
    key="smoothed_nesterov_4",
    label="Smoothed Nesterov, 4 points",
    family="Nesterov",
    hypers=(_hypers.learning_rate(0.01), _hypers.momentum()),
    init=init,
    step=step,
    memory=("v",),
    formula=(
        r"v \leftarrow \gamma v + \frac{\eta}{4} \sum_{k=1}^{4} \nabla J\left(\theta - \tfrac{k}{4}\gamma v\right)"
        r" \\ \theta \leftarrow \theta - v"
    ),
    summary="Nesterov that averages the slope at four places on the way ahead.",
    also=("accelerated gradient",),
    variant=(
        "Equal weights at quarters of the way: the article's script draws this one, its text the one with three. "
        "Four gradients a step. Lasagne, PyTorch, Optax and Keras have no such method."
    ),
    source="The article's script on the response to a gradient signal",
)
