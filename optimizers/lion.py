"""Lion: every coordinate moves by η, in the direction in which momentum and gradient agree to go."""

from dataclasses import replace

import optax
from jax import Array

from optimizers import _from_optax, _hypers
from optimizers.optimizer import Optimizer


def transformation(
    *, learning_rate: Array, beta1: Array, beta2: Array, weight_decay: Array
) -> optax.GradientTransformation:
    """θ ← θ − η(sign(β₁m + (1−β₁)g) + λθ); m ← β₂m + (1−β₂)g."""
    return optax.lion(learning_rate, beta1, beta2, weight_decay=weight_decay)


init, step = _from_optax.rule(transformation)

lion = Optimizer(
    key="lion",
    label="Lion",
    family="sign-based",
    hypers=(
        _hypers.learning_rate(0.05),
        replace(
            _hypers.beta1(),
            label="share of the average",
            note="Weight of the average against the present gradient, when the direction of the step is chosen.",
        ),
        replace(
            _hypers.beta2(0.99),
            label="decay of the average",
            note="Share of the running average of gradients kept at each step.",
        ),
        _hypers.weight_decay(0.0),
    ),
    init=init,
    step=step,
    memory=("t", "m"),
    formula=(
        r"\theta \leftarrow \theta - \eta\left(\operatorname{sign}\left(\beta_1 m + (1-\beta_1)\,g\right)"
        r" + \lambda\theta\right) \\ m \leftarrow \beta_2 m + (1-\beta_2)\,g"
    ),
    summary="Moves every coordinate by the same length at each step; only the sign of an averaged gradient counts.",
    also=("evolved sign momentum", "sign"),
    variant=(
        "As in the paper, Optax and Keras; weight decay is off by default here and in Keras. The steps don't shrink "
        "near a minimum, so that it hops about it at a distance of about η. PyTorch has no such method."
    ),
    source="Chen et al. (2023), Symbolic discovery of optimization algorithms, NeurIPS, arXiv:2302.06675",
)
