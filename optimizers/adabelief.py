"""AdaBelief: Adam that measures how far gradients stray from their average, not how large they are."""

import optax
from jax import Array

from optimizers import _from_optax, _hypers
from optimizers.optimizer import Optimizer


def transformation(*, learning_rate: Array, beta1: Array, beta2: Array, epsilon: Array) -> optax.GradientTransformation:
    """As Adam with ε outside the root, but divided by the root of s ← β₂s + (1−β₂)(g − m)² + ε, m being the new one."""
    return optax.adabelief(learning_rate, beta1, beta2, eps=epsilon, eps_root=epsilon)


init, step = _from_optax.rule(transformation)

adabelief = Optimizer(
    key="adabelief",
    label="AdaBelief",
    family="Adam",
    hypers=(_hypers.learning_rate(0.05), _hypers.beta1(), _hypers.beta2(), _hypers.epsilon(1e-8)),
    init=init,
    step=step,
    memory=("t", "m", "s"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g \\ s \leftarrow \beta_2 s + (1-\beta_2)(g - m)^2 + \varepsilon"
        r" \\ \hat m = \frac{m}{1-\beta_1^t},\quad \hat s = \frac{s}{1-\beta_2^t}"
        r" \\ \theta \leftarrow \theta - \eta\,\frac{\hat m}{\sqrt{\hat s} + \varepsilon}"
    ),
    summary="Adam that goes far where gradients are as expected and short where they surprise it.",
    also=("belief", "surprise"),
    variant=(
        "One ε in both places, as the paper has it; it adds up in s. Optax has a name for each. On a steady slope "
        "gradients don't stray, and steps grow far beyond η. PyTorch and Keras have no such method."
    ),
    source="Zhuang et al. (2020), AdaBelief optimizer, NeurIPS, arXiv:2010.07468",
)
