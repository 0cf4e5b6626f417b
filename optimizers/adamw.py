"""Adam with decoupled weight decay."""

import optax
from jax import Array

from optimizers import _from_optax, _hypers
from optimizers.optimizer import Optimizer


def transformation(
    *, learning_rate: Array, beta1: Array, beta2: Array, epsilon: Array, weight_decay: Array
) -> optax.GradientTransformation:
    """As Adam with ε outside the root, and at each step ηλθ is taken off: θ ← θ − η(m̂/(√v̂ + ε) + λθ)."""
    return optax.adamw(learning_rate, beta1, beta2, eps=epsilon, weight_decay=weight_decay)


init, step = _from_optax.rule(transformation)

adamw = Optimizer(
    key="adamw",
    label="AdamW",
    family="Adam",
    hypers=(
        _hypers.learning_rate(0.25),
        _hypers.beta1(),
        _hypers.beta2(),
        _hypers.epsilon(1e-8),
        _hypers.weight_decay(),
    ),
    init=init,
    step=step,
    memory=("t", "m", "v"),
    formula=(
        r"m \leftarrow \beta_1 m + (1-\beta_1)\,g \\ v \leftarrow \beta_2 v + (1-\beta_2)\,g^2"
        r" \\ \hat m = \frac{m}{1-\beta_1^t},\quad \hat v = \frac{v}{1-\beta_2^t}"
        r" \\ \theta \leftarrow \theta - \eta\left(\frac{\hat m}{\sqrt{\hat v} + \varepsilon} + \lambda\theta\right)"
    ),
    summary="Adam that also pulls the point a little towards the origin at every step.",
    also=("weight decay", "decoupled", "L2 regularization"),
    variant=(
        "The decay pulls towards the origin, wherever the minimum lies. It is scaled by η, as in Optax, PyTorch and "
        "Keras; the paper keeps it apart from η and scales both by a schedule. Lasagne has no such method."
    ),
    source="Loshchilov and Hutter (2019), Decoupled weight decay regularization, ICLR, arXiv:1711.05101",
)
