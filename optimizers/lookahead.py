"""Lookahead: fast weights explore with momentum, and every k steps they fall back part of the way."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from fall_line.hyperparameter import Hyper
from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


class LookaheadState(NamedTuple):
    """What Lookahead remembers; all of it is 0 at first.

    Attributes:
        velocity: v, of the point's shape.
        lead: θ − φ, how far the fast weights θ are ahead of the slow ones φ; of the point's shape.
        steps: j, the steps since φ last moved; a scalar.
    """

    velocity: Array
    lead: Array
    steps: Array


def init(point: Array, **_: Array) -> LookaheadState:
    """No velocity; the slow weights start where the fast ones do."""
    return LookaheadState(jnp.zeros_like(point), jnp.zeros_like(point), jnp.zeros((), point.dtype))


def step(
    problem: Problem,
    point: Array,
    state: LookaheadState,
    *,
    learning_rate: Array,
    gamma: Array,
    period: Array,
    slow_step: Array,
) -> tuple[Array, LookaheadState]:
    """v ← γv + η∇J(θ); θ ← θ − v; at every k-th step then φ ← φ + α(θ − φ) and θ ← φ."""
    velocity = gamma * state.velocity + learning_rate * problem.gradient(point)
    lead, steps = state.lead - velocity, state.steps + 1
    falls_back = steps >= period
    point = point - velocity - jnp.where(falls_back, (1 - slow_step) * lead, 0.0)
    return point, LookaheadState(velocity, jnp.where(falls_back, 0.0, lead), jnp.where(falls_back, 0.0, steps))


lookahead = Optimizer(
    key="lookahead",
    label="Lookahead",
    family="averaging",
    hypers=(
        _hypers.learning_rate(0.01),
        _hypers.momentum(),
        Hyper("period", "k", "period", 5.0, 1.0, 50.0, note="Steps from one fall back to the next, rounded up."),
        Hyper(
            "slow_step",
            "α",
            "slow step size",
            0.5,
            0.01,
            1.0,
            note="Share of the way that the slow weights follow the fast ones; 1 leaves momentum alone.",
        ),
    ),
    init=init,
    step=step,
    memory=("v", "θ − φ", "j"),
    formula=(
        r"v \leftarrow \gamma v + \eta\,\nabla J(\theta) \\ \theta \leftarrow \theta - v"
        r" \\ \text{every } k \text{ steps:}\quad \varphi \leftarrow \varphi + \alpha(\theta - \varphi),\quad"
        r" \theta \leftarrow \varphi"
    ),
    summary="Lets momentum run ahead for some steps, then goes only part of the way after it.",
    also=("slow and fast weights", "Zhang"),
    variant=(
        "Around momentum, whose velocity is kept when the point falls back, as in Optax's `lookahead` by default; the "
        "paper also tries resetting it and other methods inside. The path shows the fast weights. PyTorch, Keras and "
        "Lasagne have no such method."
    ),
    source="Zhang, Lucas, Hinton and Ba (2019), Lookahead optimizer, NeurIPS, arXiv:1907.08610",
)
