"""Barzilai and Borwein's method: gradient descent whose step size is the curvature met on the last step, inverted."""

from dataclasses import replace
from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


class BarzilaiBorweinState(NamedTuple):
    """What the method remembers; all of it is 0 at first.

    Attributes:
        move: s, the last update, of the point's shape.
        gradient: the gradient before it, of the point's shape.
        rate: η of the last step; a scalar.
    """

    move: Array
    gradient: Array
    rate: Array


def init(point: Array, **_: Array) -> BarzilaiBorweinState:
    """No move made yet."""
    return BarzilaiBorweinState(jnp.zeros_like(point), jnp.zeros_like(point), jnp.zeros((), point.dtype))


def step(
    problem: Problem, point: Array, state: BarzilaiBorweinState, *, learning_rate: Array
) -> tuple[Array, BarzilaiBorweinState]:
    """η = sᵀs/sᵀy where sᵀy > 0, else η = η₀; s ← −ηg; θ ← θ + s, y being the change of the gradient g over s."""
    gradient = problem.gradient(point)
    change = jnp.vdot(state.move, gradient - state.gradient)
    bends_up = change > 0
    found = jnp.vdot(state.move, state.move) / jnp.where(bends_up, change, 1.0)
    rate = jnp.where(bends_up, found, learning_rate).astype(state.rate.dtype)
    move = -rate * gradient
    return point + move, BarzilaiBorweinState(move, gradient, rate)


barzilai_borwein = Optimizer(
    key="barzilai_borwein",
    label="Barzilai–Borwein",
    family="line search",
    hypers=(
        replace(
            _hypers.learning_rate(0.01),
            symbol="η₀",
            label="first step size",
            note="The size of the first step, and of each step wherever the last one tells no curvature.",
        ),
    ),
    init=init,
    step=step,
    memory=("s", "gₜ₋₁", "η"),
    formula=(
        r"y = g - g_{t-1},\quad \eta = \begin{cases} \frac{s^\top s}{s^\top y} & s^\top y > 0 \\"
        r" \eta_0 & \text{else} \end{cases}"
        r" \\ s \leftarrow -\eta g,\quad \theta \leftarrow \theta + s"
    ),
    summary="Finds its learning rate by itself, from how the slope changed over the last step.",
    also=("BB", "spectral gradient", "two-point step size", "automatic learning rate"),
    variant=(
        "The long step of the paper, BB1, without a safeguard: the loss may rise on the way. η₀ is the first "
        "step's, and that of steps after one along which the slope did not rise. Lasagne, PyTorch, Optax and "
        "Keras have no such method."
    ),
    source="Barzilai and Borwein (1988), IMA Journal of Numerical Analysis 8",
    elementwise=False,
    needs_loss=True,  # a signal that doesn't depend on the place has no curvature to find
)
