"""Adam, with ε inside the root."""

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
    """m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − η m̂/√(v̂ + ε), with m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ)."""
    moments = _moments.updated(moments, problem.gradient(point), beta1, beta2)
    mean = _moments.unbiased(moments.mean, moments.mean_weight)
    square = _moments.unbiased(moments.square, moments.square_weight)
    return point - learning_rate * mean / jnp.sqrt(square + epsilon), moments


adam = Optimizer(
    key="adam",
    label="Adam",
    family="Adam",
    hypers=(_hypers.learning_rate(0.25), _hypers.beta1(), _hypers.beta2(), _hypers.epsilon(1e-8)),
    init=_moments.init,
    step=step,
    memory=("m", "v", "1 − β₁ᵗ", "1 − β₂ᵗ"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g \\ v \leftarrow \beta_2 v + (1-\beta_2)\,g^2"
        r" \\ \hat m = \frac{m}{1-\beta_1^t},\quad \hat v = \frac{v}{1-\beta_2^t}"
        r" \\ \theta \leftarrow \theta - \eta\,\frac{\hat m}{\sqrt{\hat v + \varepsilon}}"
    ),
    summary="Averages recent gradients, as momentum does, and divides by their usual size, as RMSProp does.",
    also=("adaptive moment estimation", "adaptive learning rate", "first and second moment"),
    taught=6,
    variant=(
        "The article's form: ε inside the root, where it weighs as √ε does outside. Optax gives it with "
        "`eps=0, eps_root=ε`. The paper, PyTorch and Optax by default add ε outside the root; Lasagne and Keras do so "
        "too, but before the bias correction."
    ),
    source="Kingma and Ba (2015), ICLR, arXiv:1412.6980; ε as in the article",
)
