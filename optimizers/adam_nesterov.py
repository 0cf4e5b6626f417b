"""Adam that looks ahead along its mean, known as NAdam."""

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers, _moments
from optimizers.optimizer import Optimizer, Problem


def step(
    problem: Problem,
    point: Array,
    moments: _moments.Moments,
    *,
    learning_rate: Array,
    beta1: Array,
    beta2: Array,
    epsilon: Array,
) -> tuple[Array, _moments.Moments]:
    """As Adam with ε outside the root, but m̂ = β₁m/(1−β₁ᵗ⁺¹) + (1−β₁)g/(1−β₁ᵗ), m being the new one."""
    gradient = problem.gradient(point)
    moments = _moments.updated(moments, gradient, beta1, beta2)
    ahead = _moments.unbiased(moments.mean, _moments.added_weight(moments.mean_weight, beta1))
    now = _moments.unbiased(gradient, moments.mean_weight)
    square = _moments.unbiased(moments.square, moments.square_weight)
    return point - learning_rate * (beta1 * ahead + (1 - beta1) * now) / (jnp.sqrt(square) + epsilon), moments


adam_nesterov = Optimizer(
    key="adam_nesterov",
    label="Adam with Nesterov (NAdam)",
    family="Adam",
    hypers=(_hypers.learning_rate(0.25), _hypers.beta1(), _hypers.beta2(), _hypers.epsilon(1e-8)),
    init=_moments.init,
    step=step,
    memory=("m", "v", "1 − β₁ᵗ", "1 − β₂ᵗ"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g \\ v \leftarrow \beta_2 v + (1-\beta_2)\,g^2"
        r" \\ \hat m = \frac{\beta_1 m}{1-\beta_1^{t+1}} + \frac{(1-\beta_1)\,g}{1-\beta_1^t},\quad"
        r" \hat v = \frac{v}{1-\beta_2^t}"
        r" \\ \theta \leftarrow \theta - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}"
    ),
    summary="Adam that looks ahead: the newest gradient counts more than in Adam's average.",
    also=("Nadam", "Nesterov Adam"),
    variant=(
        "The published form with a constant β₁, equal to Optax's `nadam`; the gradient is taken where the point "
        "stands. PyTorch and Keras let the momentum grow over the steps instead, which is “NAdam, growing momentum”; "
        "Lasagne has no such method."
    ),
    source="Dozat (2016), Incorporating Nesterov momentum into Adam, ICLR workshop",
)
