"""Schedule-free gradient descent: an average of the iterates takes the place of a falling learning rate."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from fall_line.hyperparameter import Hyper
from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


class ScheduleFreeState(NamedTuple):
    """What the method remembers; all of it is 0 at first.

    Attributes:
        lead: z − θ, how far the iterate z is ahead of the average θ; of the point's shape.
        weight: W = Σ η², the weight of all iterates so far; a scalar.
    """

    lead: Array
    weight: Array


def init(point: Array, **_: Array) -> ScheduleFreeState:
    """z₀ = θ₀, which has no weight."""
    return ScheduleFreeState(jnp.zeros_like(point), jnp.zeros((), point.dtype))


def step(
    problem: Problem, point: Array, state: ScheduleFreeState, *, learning_rate: Array, beta: Array
) -> tuple[Array, ScheduleFreeState]:
    """z ← z − η∇J(y) with y = (1−β)z + βθ; W ← W + η²; θ ← (1−c)θ + cz with c = η²/W."""
    gradient = problem.gradient(point + (1 - beta) * state.lead)
    lead = state.lead - learning_rate * gradient
    weight = state.weight + learning_rate**2
    share = jnp.where(weight > 0, learning_rate**2 / jnp.where(weight > 0, weight, 1.0), 0.0)
    return point + share * lead, ScheduleFreeState((1 - share) * lead, weight)


schedule_free = Optimizer(
    key="schedule_free",
    label="Schedule-free gradient descent",
    family="averaging",
    hypers=(
        _hypers.learning_rate(0.05),
        Hyper(
            "beta",
            "β",
            "interpolation",
            0.9,
            0.0,
            0.9999,
            "one_minus_log",
            "Where the gradient is taken: 0 at the iterate z, near 1 at the average θ.",
        ),
    ),
    init=init,
    step=step,
    memory=("z − θ", "W"),
    formula=(
        r"y = (1-\beta)\,z + \beta\theta,\quad z \leftarrow z - \eta\,\nabla J(y)"
        r" \\ W \leftarrow W + \eta^2,\quad c = \eta^2/W"
        r" \\ \theta \leftarrow (1-c)\,\theta + c\,z"
    ),
    summary=(
        "Walks ahead at a constant rate and shows the average of the way, so that no schedule has to shrink its steps."
    ),
    also=("averaging", "SGD", "Defazio", "no schedule"),
    variant=(
        "The path shows θ, the average, at which the paper judges the loss; the gradient is taken at y, which Optax's "
        "`schedule_free_sgd` walks along and from which its `schedule_free_eval_params` gets θ. The weights are η² of "
        "each step, Optax's those of the largest η so far. PyTorch and Keras have no such method of their own."
    ),
    source="Defazio et al. (2024), The road less scheduled, NeurIPS, arXiv:2405.15682",
)
