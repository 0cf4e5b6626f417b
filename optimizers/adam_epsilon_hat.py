"""Adam in its shorter form, where ε stands before the bias correction."""

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
    """m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; θ ← θ − η√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v + ε)."""
    moments = _moments.updated(moments, problem.gradient(point), beta1, beta2)
    rate = learning_rate * jnp.sqrt(moments.square_weight) / moments.mean_weight
    return point - rate * moments.mean / (jnp.sqrt(moments.square) + epsilon), moments


adam_epsilon_hat = Optimizer(
    key="adam_epsilon_hat",
    label="Adam, ε before the correction",
    family="Adam",
    hypers=(_hypers.learning_rate(0.25), _hypers.beta1(), _hypers.beta2(), _hypers.epsilon(1e-8)),
    init=_moments.init,
    step=step,
    memory=("m", "v", "1 − β₁ᵗ", "1 − β₂ᵗ"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g \\ v \leftarrow \beta_2 v + (1-\beta_2)\,g^2"
        r" \\ \theta \leftarrow \theta - \eta\,\frac{\sqrt{1-\beta_2^t}}{1-\beta_1^t}\,\frac{m}{\sqrt{v} + \varepsilon}"
    ),
    summary="Adam as Keras has it: ε brakes more in the first steps.",
    also=("epsilon hat", "Keras"),
    variant=(
        "What Lasagne and Keras call Adam, the paper's form with ε̂: in early steps, while v is still small, ε weighs "
        "more than in the paper's algorithm 1, which PyTorch and Optax follow."
    ),
    source="Kingma and Ba (2015), ICLR, arXiv:1412.6980, end of section 2",
)
