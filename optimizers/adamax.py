"""Adamax: Adam with the largest recent gradient in place of the root of an average of squares."""

import jax.numpy as jnp
from jax import Array

from optimizers import _adamax, _hypers
from optimizers.optimizer import Optimizer, Problem


def step(
    problem: Problem,
    point: Array,
    state: _adamax.AdamaxState,
    *,
    learning_rate: Array,
    beta1: Array,
    beta2: Array,
    epsilon: Array,
) -> tuple[Array, _adamax.AdamaxState]:
    """m ← β₁m + (1−β₁)g; u ← max(β₂u, |g|); θ ← θ − η/(1−β₁ᵗ)·m/(u + ε), with g = ∇J(θ)."""
    gradient = problem.gradient(point)
    norm = jnp.maximum(beta2 * state.norm, jnp.abs(gradient))
    return _adamax.move(point, state, gradient, norm, learning_rate=learning_rate, beta1=beta1, epsilon=epsilon)


adamax = Optimizer(
    key="adamax",
    label="Adamax",
    family="Adamax",
    hypers=(_hypers.learning_rate(0.25), _hypers.beta1(), _hypers.norm_decay(), _hypers.epsilon(1e-8)),
    init=_adamax.init,
    step=step,
    memory=("m", "u", "1 − β₁ᵗ"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g \\ u \leftarrow \max(\beta_2 u, |g|)"
        r" \\ \theta \leftarrow \theta - \frac{\eta}{1-\beta_1^t}\,\frac{m}{u + \varepsilon}"
    ),
    summary="Adam that divides by the largest recent gradient in place of their usual size.",
    also=("infinity norm", "maximum"),
    variant=(
        "ε is added to the norm when dividing, as in Lasagne and Keras. PyTorch and Optax add it to |g| inside the "
        "maximum, where it is remembered; the paper has no ε."
    ),
    source="Kingma and Ba (2015), ICLR, arXiv:1412.6980, section 7.1",
)
