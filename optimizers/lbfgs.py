"""L-BFGS: learns the curvature from the last steps, and searches along each direction."""

from dataclasses import replace
from typing import NamedTuple

import jax
import jax.numpy as jnp
import optax
from jax import Array

from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem

PAIRS = 5
TRIALS = 20


class LbfgsState(NamedTuple):
    """What L-BFGS remembers.

    Attributes:
        pairs: Optax's record: t, θ and g of the last step, then the last five differences of θ and of g and the inverse
            products 1/sᵀy of each pair.
        rate: η, what the last search multiplied the direction by; a scalar, 0 before the first.
    """

    pairs: optax.ScaleByLBFGSState
    rate: Array


def init(point: Array, **_: Array) -> LbfgsState:
    """No pairs yet."""
    pairs = optax.scale_by_lbfgs(PAIRS).init(point)
    return LbfgsState(_typed_like(pairs, point), jnp.zeros((), point.dtype))


def step(problem: Problem, point: Array, state: LbfgsState, *, learning_rate: Array) -> tuple[Array, LbfgsState]:
    """θ ← θ − ηBg, B being the inverse Hessian of the last pairs and η found by a search that begins at η₀."""
    gradient = problem.gradient(point)
    direction, pairs = optax.scale_by_lbfgs(PAIRS).update(gradient, state.pairs, point)
    search = optax.scale_by_zoom_linesearch(TRIALS, initial_guess_strategy="one")
    move, found = search.update(
        -learning_rate * direction,
        search.init(point),
        point,
        value=problem.value(point),
        grad=gradient,
        value_fn=problem.value,
    )
    rate = (learning_rate * found.learning_rate).astype(point.dtype)
    return optax.apply_updates(point, move), LbfgsState(_typed_like(pairs, point), rate)


def _typed_like(pairs: optax.ScaleByLBFGSState, point: Array) -> optax.ScaleByLBFGSState:
    """Optax weighs the pairs in the greatest precision there is, whatever the point's."""
    return jax.tree.map(lambda leaf: leaf if leaf.dtype == jnp.int32 else leaf.astype(point.dtype), pairs)


lbfgs = Optimizer(
    key="lbfgs",
    label="L-BFGS",
    family="second order",
    hypers=(
        replace(
            _hypers.learning_rate(1.0),
            symbol="η₀",
            label="first trial",
            note="The step size that each search tries first; it may end at a longer or a shorter one.",
        ),
    ),
    init=init,
    step=step,
    memory=("t", "θₜ₋₁", "gₜ₋₁", "s", "y", "1/sᵀy", "η"),
    formula=(
        r"s_k = \theta_{k+1} - \theta_k,\quad y_k = g_{k+1} - g_k"
        r" \\ d = B(s, y)\,g,\quad \theta \leftarrow \theta - \eta d"
    ),
    summary="Learns the bend of the surface from its last few steps and heads for the bottom of the bowl it expects.",
    also=("BFGS", "limited memory", "quasi-Newton", "Broyden", "Wolfe"),
    variant=(
        "Optax's, with five pairs and its search for the strong Wolfe conditions; η₀ is the first "
        "trial of each search. The search looks at the loss itself, up to 20 times a step. PyTorch's searches only "
        "if asked to, Keras and Lasagne have no such method."
    ),
    source="Liu and Nocedal (1989), Mathematical Programming 45",
    elementwise=False,
    needs_loss=True,
)
