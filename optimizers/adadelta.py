"""Adadelta: RMSProp whose step length is measured by the updates made so far."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from fall_line.hyperparameter import Hyper
from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


class AdadeltaState(NamedTuple):
    """Two moving averages, both of the point's shape and both new at every step.

    Attributes:
        square: E, of squared gradients; 0 at first.
        update_square: D, of squared updates Δ; D₀ at first.
    """

    square: Array
    update_square: Array


def init(point: Array, *, initial_update: Array, **_: Array) -> AdadeltaState:
    """E₀ = 0 and the D₀ asked for, the same in every coordinate."""
    return AdadeltaState(jnp.zeros_like(point), jnp.full_like(point, initial_update))


def step(
    problem: Problem,
    point: Array,
    state: AdadeltaState,
    *,
    learning_rate: Array,
    gamma: Array,
    epsilon: Array,
    initial_update: Array,
) -> tuple[Array, AdadeltaState]:
    """E ← γE + (1−γ)g²; Δ ← √(D+ε)/√(E+ε)·g; θ ← θ − ηΔ; D ← γD + (1−γ)Δ², with g = ∇J(θ) and Δ from the old D."""
    del initial_update  # spent in `init`
    gradient = problem.gradient(point)
    square = gamma * state.square + (1 - gamma) * gradient**2
    update = jnp.sqrt(state.update_square + epsilon) / jnp.sqrt(square + epsilon) * gradient
    update_square = gamma * state.update_square + (1 - gamma) * update**2
    return point - learning_rate * update, AdadeltaState(square, update_square)


adadelta = Optimizer(
    key="adadelta",
    label="Adadelta",
    family="RMSProp and Adadelta",
    hypers=(
        _hypers.learning_rate(1.0, high=1000.0),
        _hypers.decay(0.95),
        _hypers.epsilon(1e-6),
        Hyper(
            "initial_update",
            "D₀",
            "initial update",
            0.0,
            0.0,
            100.0,
            note="Where the average of squared updates starts: 0 is distrustful, a large one starts like RMSProp.",
        ),
    ),
    init=init,
    step=step,
    memory=("E", "D"),
    formula=(
        r"E \leftarrow \gamma E + (1-\gamma)\,g^2"
        r" \\ \Delta \leftarrow \frac{\sqrt{D + \varepsilon}}{\sqrt{E + \varepsilon}}\,g"
        r" \\ \theta \leftarrow \theta - \eta\Delta"
        r" \\ D \leftarrow \gamma D + (1-\gamma)\,\Delta^2"
    ),
    summary="Measures each step by the steps before it, so that it needs hardly any learning rate.",
    also=("adaptive learning rate", "no learning rate"),
    variant=(
        "D averages Δ without η, as in Lasagne, PyTorch, Optax and Keras; the paper has no η, which is η = 1. "
        "All of them start D at 0; here D₀ is free. Lasagne and Keras take γ = 0.95 by default, PyTorch and Optax 0.9."
    ),
    source="Zeiler (2012), arXiv:1212.5701",
)
