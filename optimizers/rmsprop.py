"""RMSProp: each coordinate is scaled by the root of a moving average of its squared gradients."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


def init(point: Array, **_: Array) -> Array:
    """The average of squared gradients E₀ = 0, of the point's shape."""
    return jnp.zeros_like(point)


def step(
    problem: Problem, point: Array, square: Array, *, learning_rate: Array, gamma: Array, epsilon: Array
) -> tuple[Array, Array]:
    """E ← γE + (1−γ)g²; θ ← θ − η g/√(E + ε), with g = ∇J(θ)."""
    gradient = problem.gradient(point)
    square = gamma * square + (1 - gamma) * gradient**2
    return point - learning_rate * gradient / jnp.sqrt(square + epsilon), square


rmsprop = Optimizer(
    key="rmsprop",
    label="RMSProp",
    family="RMSProp and Adadelta",
    hypers=(_hypers.learning_rate(0.25), _hypers.decay(0.9), _hypers.epsilon(1e-6)),
    init=init,
    step=step,
    memory=("E",),
    formula=(
        r"E \leftarrow \gamma E + (1-\gamma)\,g^2"
        r" \\ \theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{E + \varepsilon}}"
    ),
    summary=(
        "Divides each coordinate's step by the usual size of its recent gradients, so "
        "that steep and flat directions move alike."
    ),
    also=("root mean square", "Hinton", "adaptive learning rate"),
    taught=5,
    variant=(
        "ε inside the root, the average from 0, neither centred nor with momentum: the form of Lasagne, Optax and "
        "Keras, whose defaults for ε differ. PyTorch adds ε outside the root."
    ),
    source="Tieleman and Hinton (2012), Coursera, Neural Networks for Machine Learning, lecture 6.5",
)
