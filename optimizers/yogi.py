"""Yogi: Adam whose average of squares moves by what is new, not by how far it is off."""

import optax
from jax import Array

from optimizers import _from_optax, _hypers
from optimizers.optimizer import Optimizer


def transformation(*, learning_rate: Array, beta1: Array, beta2: Array, epsilon: Array) -> optax.GradientTransformation:
    """As Adam with ε outside the root, but v ← v − (1−β₂) sign(v − g²) g²."""
    return optax.chain(
        optax.scale_by_yogi(beta1, beta2, eps=epsilon, initial_accumulator_value=0.0),
        optax.scale_by_learning_rate(learning_rate),
    )


init, step = _from_optax.rule(transformation)

yogi = Optimizer(
    key="yogi",
    label="Yogi",
    family="Adam",
    hypers=(_hypers.learning_rate(0.25), _hypers.beta1(), _hypers.beta2(), _hypers.epsilon(1e-3)),
    init=init,
    step=step,
    memory=("t", "m", "v"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g"
        r" \\ v \leftarrow v - (1-\beta_2)\,\operatorname{sign}(v - g^2)\,g^2"
        r" \\ \hat m = \frac{m}{1-\beta_1^t},\quad \hat v = \frac{v}{1-\beta_2^t}"
        r" \\ \theta \leftarrow \theta - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}"
    ),
    summary="Adam whose measure of the gradients' size changes slowly, so that steps can't grow suddenly.",
    also=("controlled Adam",),
    variant=(
        "Optax's `scale_by_yogi` with both averages from 0; its `yogi` starts both at 1e-6, so that it moves even "
        "without a gradient. The paper has no bias correction. PyTorch and Keras have no such method."
    ),
    source="Zaheer et al. (2018), Adaptive methods for nonconvex optimization, NeurIPS",
)
