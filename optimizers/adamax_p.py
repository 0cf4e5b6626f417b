"""Adamax before the limit: the norm of a finite order p that tends to Adamax as p grows."""

import jax.numpy as jnp
from jax import Array

from fall_line.hyperparameter import Hyper
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
    p: Array,
) -> tuple[Array, _adamax.AdamaxState]:
    """m ← β₁m + (1−β₁)g; u ← (β₂ᵖuᵖ + (1−β₂ᵖ)|g|ᵖ)^(1/p); θ ← θ − η/(1−β₁ᵗ)·m/(u + ε), with g = ∇J(θ)."""
    gradient = problem.gradient(point)
    norm = _decaying_norm(state.norm, jnp.abs(gradient), beta2, p)
    return _adamax.move(point, state, gradient, norm, learning_rate=learning_rate, beta1=beta1, epsilon=epsilon)


def _decaying_norm(norm: Array, size: Array, beta2: Array, p: Array) -> Array:
    """(β₂ᵖuᵖ + (1−β₂ᵖ)sᵖ)^(1/p)."""
    # A power of 100 leaves the range of floats, so only ratios to the larger of β₂u and s are raised: both are at
    # most 1 and one of them is 1. The least normal number under β₂u keeps that larger one from being 0.
    kept = jnp.maximum(beta2 * norm, jnp.finfo(norm.dtype).tiny)
    largest = jnp.maximum(kept, size)
    return largest * ((kept / largest) ** p + (1 - beta2**p) * (size / largest) ** p) ** (1 / p)


adamax_p = Optimizer(
    key="adamax_p",
    label="Adamax, finite p",
    family="Adamax",
    hypers=(
        _hypers.learning_rate(0.25),
        _hypers.beta1(),
        _hypers.norm_decay(),
        _hypers.epsilon(1e-8),
        Hyper(
            "p",
            "p",
            "norm order",
            10.0,
            2.0,
            100.0,
            "log",
            "Order of the norm that measures recent gradients: 2 is the root of squares, a large one their maximum.",
        ),
    ),
    init=_adamax.init,
    step=step,
    memory=("m", "u", "1 − β₁ᵗ"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g"
        r" \\ u \leftarrow \left(\beta_2^p u^p + (1-\beta_2^p)\,|g|^p\right)^{1/p}"
        r" \\ \theta \leftarrow \theta - \frac{\eta}{1-\beta_1^t}\,\frac{m}{u + \varepsilon}"
    ),
    summary="Lies between Adam and Adamax: the larger p, the more the largest recent gradient counts alone.",
    also=("p norm",),
    variant=(
        "The finite-p step of the paper's derivation of Adamax, with u left uncorrected for its start at 0, as in the "
        "limit: the first step is η(1−β₂ᵖ)^(−1/p), long for a small p. Lasagne, PyTorch, Optax and Keras have the "
        "limit only."
    ),
    source="Kingma and Ba (2015), ICLR, arXiv:1412.6980, section 7.1",
)
