"""Adam as its paper states it, with ε outside the root."""

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
    """m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − η m̂/(√v̂ + ε), with m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ)."""
    moments = _moments.updated(moments, problem.gradient(point), beta1, beta2)
    mean = _moments.unbiased(moments.mean, moments.mean_weight)
    square = _moments.unbiased(moments.square, moments.square_weight)
    return point - learning_rate * mean / (jnp.sqrt(square) + epsilon), moments


adam_kingma = Optimizer(
    key="adam_kingma",
    label="Adam, ε outside the root",
    family="Adam",
    hypers=(_hypers.learning_rate(0.25), _hypers.beta1(), _hypers.beta2(), _hypers.epsilon(1e-8)),
    init=_moments.init,
    step=step,
    memory=("m", "v", "1 − β₁ᵗ", "1 − β₂ᵗ"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g \\ v \leftarrow \beta_2 v + (1-\beta_2)\,g^2"
        r" \\ \hat m = \frac{m}{1-\beta_1^t},\quad \hat v = \frac{v}{1-\beta_2^t}"
        r" \\ \theta \leftarrow \theta - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}"
    ),
    summary="Adam as its paper and most libraries have it: ε is added outside the root.",
    also=("Kingma", "PyTorch", "paper", "adaptive moment estimation"),
    variant=(
        "Algorithm 1 of the paper: ε is added to the root of the corrected average. PyTorch and Optax do the same; "
        "Lasagne and Keras add ε before the correction, and the article adds it inside the root."
    ),
    source="Kingma and Ba (2015), ICLR, arXiv:1412.6980, algorithm 1",
)
