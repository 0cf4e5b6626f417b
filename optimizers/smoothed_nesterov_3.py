"""Nesterov's accelerated gradient, the gradient averaged over three points on the way to the look-ahead."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers, _lookahead
from optimizers.optimizer import Optimizer, Problem

WEIGHTS = {1 / 3: 1, 2 / 3: 1, 1: 1}


def init(point: Array, **_: Array) -> Array:
    """The velocity v₀ = 0, of the point's shape."""
    return jnp.zeros_like(point)


def step(problem: Problem, point: Array, velocity: Array, *, learning_rate: Array, gamma: Array) -> tuple[Array, Array]:
    """v ← γv + η/3·Σ ∇J(θ − kγv/3), k = 1, 2, 3; θ ← θ − v."""
    gradient = _lookahead.mean_gradient(problem, point, gamma * velocity, WEIGHTS)
    velocity = gamma * velocity + learning_rate * gradient
    return point - velocity, velocity


smoothed_nesterov_3 = Optimizer(
    key="smoothed_nesterov_3",
    label="Smoothed Nesterov, 3 points",
    family="Nesterov",
    hypers=(_hypers.learning_rate(0.01), _hypers.momentum()),
    init=init,
    step=step,
    memory=("v",),
    formula=(
        r"v \leftarrow \gamma v + \frac{\eta}{3} \sum_{k=1}^{3} \nabla J\left(\theta - \tfrac{k}{3}\gamma v\right)"
        r" \\ \theta \leftarrow \theta - v"
    ),
    summary="Nesterov that averages the slope at three places on the way ahead.",
    also=("accelerated gradient",),
    variant=(
        "Equal weights at thirds of the way; the point itself is left out. Three gradients a step, where plain "
        "Nesterov takes one. Lasagne, PyTorch, Optax and Keras have no such method."
    ),
    source="The article, which proposes it",
)
