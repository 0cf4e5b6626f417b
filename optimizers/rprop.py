"""Rprop: each coordinate has a step size of its own that grows while the slope keeps its sign."""

from dataclasses import replace
from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from fall_line.hyperparameter import Hyper
from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem

SHORTEST, LONGEST = 1e-6, 50.0


class RpropState(NamedTuple):
    """What Rprop remembers, both of the point's shape.

    Attributes:
        size: Δ, the step size of each coordinate; Δ₀ at first.
        sign: s, the sign of the last gradient, 0 at first and after a coordinate has paused.
    """

    size: Array
    sign: Array


def init(point: Array, *, learning_rate: Array, **_: Array) -> RpropState:
    """The same Δ₀ in every coordinate and no sign."""
    return RpropState(jnp.full_like(point, learning_rate), jnp.zeros_like(point))


def step(
    problem: Problem, point: Array, state: RpropState, *, learning_rate: Array, shrink: Array, grow: Array
) -> tuple[Array, RpropState]:
    """Δ ← η⁺Δ where s·g > 0, η⁻Δ where s·g < 0, where g then counts as 0; θ ← θ − Δ sign g; s ← sign g."""
    del learning_rate  # spent in `init`
    sign = jnp.sign(problem.gradient(point))
    turned = state.sign * sign
    factor = jnp.where(turned < 0, shrink, grow)
    size = jnp.where(turned == 0, state.size, jnp.clip(factor * state.size, SHORTEST, LONGEST))
    sign = jnp.where(turned < 0, 0.0, sign)
    return point - size * sign, RpropState(size, sign)


rprop = Optimizer(
    key="rprop",
    label="Rprop",
    family="sign-based",
    hypers=(
        replace(
            _hypers.learning_rate(0.1),
            symbol="Δ₀",
            label="first step size",
            note="Every coordinate's first step; from then on its size is found.",
            schedulable="",
        ),
        Hyper(
            "shrink",
            "η⁻",
            "shrinking factor",
            0.5,
            0.1,
            0.95,
            note="Factor on a step size whose slope changed its sign.",
        ),
        Hyper("grow", "η⁺", "growing factor", 1.2, 1.01, 2.0, note="Factor on a step size whose slope kept its sign."),
    ),
    init=init,
    step=step,
    memory=("Δ", "s"),
    formula=(
        r"\Delta \leftarrow \begin{cases} \eta^+\Delta & s g > 0 \\ \eta^-\Delta,\ g \leftarrow 0 & s g < 0 \\"
        r" \Delta & s g = 0 \end{cases}"
        r" \\ \theta \leftarrow \theta - \Delta\,\operatorname{sign} g,\quad s \leftarrow \operatorname{sign} g"
    ),
    summary=(
        "Each coordinate has its own step, which grows while the slope keeps its sign and shrinks when the sign turns."
    ),
    also=("resilient backpropagation", "sign"),
    variant=(
        "Without going back: a coordinate whose slope changes its sign pauses for one step, as in PyTorch; the first "
        "paper also takes the last step back. Δ stays between 1e-6 and 50. Optax 0.2.8 has the same sizes but makes "
        "each move one step late. Keras and Lasagne have no such method."
    ),
    source="Riedmiller and Braun (1993), ICNN; without going back: Igel and Hüsken (2000), Neural Computation",
)
