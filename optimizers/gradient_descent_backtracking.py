"""Gradient descent that shortens each step until it pays."""

from dataclasses import replace

import jax
import jax.numpy as jnp
from jax import Array

from fall_line.hyperparameter import Hyper
from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem

LEAST = 1e-14  # of the first trial; what a shorter step brings is lost in rounding


def init(point: Array, **_: Array) -> Array:
    """η of the last step, a scalar; 0 before the first."""
    return jnp.zeros((), point.dtype)


def step(
    problem: Problem, point: Array, rate: Array, *, learning_rate: Array, shrink: Array, decrease: Array
) -> tuple[Array, Array]:
    """η ← η₀, then η ← ρη until J(θ − ηg) ≤ J(θ) − cη‖g‖²; θ ← θ − ηg. Without such an η, θ stays and η = 0."""
    gradient = problem.gradient(point)
    value, slope = problem.value(point), jnp.vdot(gradient, gradient)

    def pays(trial: Array) -> Array:
        # Worded so that a loss which isn't a number doesn't pay.
        return problem.value(point - trial * gradient) <= value - decrease * trial * slope

    first = jnp.asarray(learning_rate, rate.dtype)
    trial = jax.lax.while_loop(
        lambda trial: ~pays(trial) & (trial > LEAST * first), lambda trial: (shrink * trial).astype(rate.dtype), first
    )
    rate = jnp.where(trial > LEAST * first, trial, 0.0)
    return point - rate * gradient, rate


gradient_descent_backtracking = Optimizer(
    key="gradient_descent_backtracking",
    label="Gradient descent, backtracking",
    family="line search",
    hypers=(
        replace(
            _hypers.learning_rate(1.0, high=100.0),
            symbol="η₀",
            label="first trial",
            note="The step size that each search tries first, and the greatest it can take.",
        ),
        Hyper(
            "shrink",
            "ρ",
            "shrinking factor",
            0.5,
            0.05,
            0.95,
            note="Factor on η after each trial that lowers the loss too little.",
        ),
        Hyper(
            "decrease",
            "c",
            "sufficient decrease",
            0.1,
            1e-4,
            0.9,
            "log",
            "Share of the descent promised by the slope that a step must bring.",
        ),
    ),
    init=init,
    step=step,
    memory=("η",),
    formula=(
        r"\eta \leftarrow \eta_0,\quad \text{then}\quad \eta \leftarrow \rho\eta \quad\text{until}"
        r" \\ J(\theta - \eta g) \le J(\theta) - c\,\eta\,\lVert g \rVert^2"
        r" \\ \theta \leftarrow \theta - \eta g"
    ),
    summary="Goes downhill and shortens each step until it lowers the loss enough.",
    also=("Armijo", "SGD", "backtracking line search", "automatic learning rate"),
    variant=(
        "Armijo's condition, each search from η₀ anew. Where noise makes g point uphill no η will "
        "do, and the point stays. Optax has it as `scale_by_backtracking_linesearch`, which by default lets the next "
        "search begin a little above the last η. PyTorch, Keras and Lasagne have no such method."
    ),
    source="Armijo (1966), Pacific Journal of Mathematics 16; Nocedal and Wright (2006), algorithm 3.1",
    elementwise=False,
    needs_loss=True,
)
