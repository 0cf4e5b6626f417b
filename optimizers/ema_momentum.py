"""Momentum written as a moving average of gradients."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


def init(point: Array, **_: Array) -> Array:
    """The average v₀ = 0, of the point's shape."""
    return jnp.zeros_like(point)


def step(problem: Problem, point: Array, average: Array, *, learning_rate: Array, gamma: Array) -> tuple[Array, Array]:
    """v ← γv + (1−γ)∇J(θ); θ ← θ − ηv."""
    average = gamma * average + (1 - gamma) * problem.gradient(point)
    return point - learning_rate * average, average


ema_momentum = Optimizer(
    key="ema_momentum",
    label="Momentum as a moving average",
    family="momentum",
    hypers=(_hypers.learning_rate(0.01), _hypers.momentum()),
    init=init,
    step=step,
    memory=("v",),
    formula=r"v \leftarrow \gamma v + (1-\gamma)\,\nabla J(\theta) \\ \theta \leftarrow \theta - \eta v",
    summary="Steps along the average of the recent gradients.",
    also=("exponential moving average", "EMA", "SGD with momentum", "dampening", "heavy ball"),
    variant=(
        "Momentum with the learning rate η(1−γ): turning γ changes how long the method remembers and not how far it "
        "travels. The average starts at 0 and is not corrected for it; Optax's `ema` corrects it unless told "
        "otherwise, and PyTorch gives this form with `dampening` equal to γ except that its first average is the "
        "first gradient itself."
    ),
    source="The article, which writes momentum as an exponential moving average",
)
