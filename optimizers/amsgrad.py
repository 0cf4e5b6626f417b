"""AMSGrad: Adam whose denominator never shrinks."""

import optax
from jax import Array

from optimizers import _from_optax, _hypers
from optimizers.optimizer import Optimizer


def transformation(*, learning_rate: Array, beta1: Array, beta2: Array, epsilon: Array) -> optax.GradientTransformation:
    """As Adam with ε outside the root, but divided by the largest v̂ so far: θ ← θ − η m̂/(√max v̂ + ε)."""
    return optax.amsgrad(learning_rate, beta1, beta2, eps=epsilon)


init, step = _from_optax.rule(transformation)

amsgrad = Optimizer(
    key="amsgrad",
    label="AMSGrad",
    family="Adam",
    hypers=(_hypers.learning_rate(0.25), _hypers.beta1(), _hypers.beta2(), _hypers.epsilon(1e-8)),
    init=init,
    step=step,
    memory=("t", "m", "v", "w"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g \\ v \leftarrow \beta_2 v + (1-\beta_2)\,g^2"
        r" \\ \hat m = \frac{m}{1-\beta_1^t},\quad w \leftarrow \max\left(w, \frac{v}{1-\beta_2^t}\right)"
        r" \\ \theta \leftarrow \theta - \eta\,\frac{\hat m}{\sqrt{w} + \varepsilon}"
    ),
    summary="Adam whose steps never grow again: it divides by the largest average met so far.",
    also=("AMS", "convergence of Adam"),
    variant=(
        "Optax's form: the maximum is of the corrected averages v̂. PyTorch and Keras take the maximum of v and correct "
        "afterwards, and the paper corrects neither average."
    ),
    source="Reddi, Kale and Kumar (2018), On the convergence of Adam and beyond, ICLR, arXiv:1904.09237",
)
