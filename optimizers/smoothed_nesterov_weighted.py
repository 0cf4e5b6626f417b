"""Nesterov's accelerated gradient, the gradient averaged with weights that grow towards the look-ahead."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers, _lookahead
from optimizers.optimizer import Optimizer, Problem

WEIGHTS = {1 / 2: 1, 3 / 4: 2, 1: 4}


def init(point: Array, **_: Array) -> Array:
    """The velocity v₀ = 0, of the point's shape."""
    return jnp.zeros_like(point)


def step(problem: Problem, point: Array, velocity: Array, *, learning_rate: Array, gamma: Array) -> tuple[Array, Array]:
    """v ← γv + η/7·(∇J(θ − γv/2) + 2∇J(θ − 3γv/4) + 4∇J(θ − γv)); θ ← θ − v."""
    gradient = _lookahead.mean_gradient(problem, point, gamma * velocity, WEIGHTS)
    velocity = gamma * velocity + learning_rate * gradient
    return point - velocity, velocity


smoothed_nesterov_weighted = Optimizer(
    key="smoothed_nesterov_weighted",
    label="Smoothed Nesterov, weighted",
    family="Nesterov",
    hypers=(_hypers.learning_rate(0.01), _hypers.momentum()),
    init=init,
    step=step,
    memory=("v",),
    formula=(
        r"v \leftarrow \gamma v + \tfrac{\eta}{7}\left(\nabla J\left(\theta - \tfrac12\gamma v\right)"
        r" + 2\nabla J\left(\theta - \tfrac34\gamma v\right) + 4\nabla J(\theta - \gamma v)\right)"
        r" \\ \theta \leftarrow \theta - v"
    ),
    summary="Nesterov that averages the slope at three places on the way ahead; the farthest counts most.",
    also=("accelerated gradient",),
    variant=(
        "Weights 1, 2 and 4 at a half, three quarters and the whole of the way, so that the far end counts most. Three "
        "gradients a step. Lasagne, PyTorch, Optax and Keras have no such method."
    ),
    source="The article, which proposes it",
)
