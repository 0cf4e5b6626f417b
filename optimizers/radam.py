"""RAdam: Adam that does without its denominator until that is known well enough."""

import optax
from jax import Array

from optimizers import _from_optax, _hypers
from optimizers.optimizer import Optimizer


def transformation(*, learning_rate: Array, beta1: Array, beta2: Array, epsilon: Array) -> optax.GradientTransformation:
    """θ ← θ − η r m̂/(√v̂ + ε) where ρₜ ≥ 5, else θ ← θ − η m̂; with Adam's m̂ and v̂."""
    return optax.radam(learning_rate, beta1, beta2, eps=epsilon)


init, step = _from_optax.rule(transformation)

radam = Optimizer(
    key="radam",
    label="RAdam",
    family="Adam",
    hypers=(_hypers.learning_rate(0.25), _hypers.beta1(), _hypers.beta2(), _hypers.epsilon(1e-8)),
    init=init,
    step=step,
    memory=("t", "m", "v"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g \\ v \leftarrow \beta_2 v + (1-\beta_2)\,g^2"
        r" \\ \rho_\infty = \frac{2}{1-\beta_2} - 1,\quad"
        r" \rho_t = \rho_\infty - \frac{2t\beta_2^t}{1-\beta_2^t}"
        r" \\ r = \sqrt{\frac{(\rho_t-4)(\rho_t-2)\,\rho_\infty}{(\rho_\infty-4)(\rho_\infty-2)\,\rho_t}}"
        r" \\ \theta \leftarrow \theta - \eta\,\begin{cases}"
        r" r\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon} & \rho_t \ge 5 \\ \hat m & \text{else}\end{cases}"
    ),
    summary="Adam that begins as plain momentum and adapts its steps only once its averages can be trusted.",
    also=("rectified", "warmup"),
    variant=(
        "Optax's form. In the first steps, five with β₂ = 0.999, it is momentum with bias correction, and η scales the "
        "bare gradient. PyTorch asks for ρₜ > 5, the paper for ρₜ > 4."
    ),
    source="Liu et al. (2020), On the variance of the adaptive learning rate and beyond, ICLR, arXiv:1908.03265",
)
