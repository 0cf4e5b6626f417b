"""NAdam whose momentum grows over the steps."""

from typing import NamedTuple

import jax.numpy as jnp
from jax import Array

from fall_line.hyperparameter import Hyper
from optimizers import _hypers, _moments
from optimizers.optimizer import Optimizer, Problem


class NadamState(NamedTuple):
    """What NAdam remembers.

    Attributes:
        mean: m, the moving average of gradients, of the point's shape; 0 at first.
        square: v, the moving average of squared gradients, of the point's shape; 0 at first.
        square_weight: 1 − β₂ᵗ, what the weights of the squares in v sum to after t steps; a scalar.
        steps: t, the steps made so far; a scalar.
        product: Π = μ₁μ₂…μₜ; a scalar, 1 at first.
    """

    mean: Array
    square: Array
    square_weight: Array
    steps: Array
    product: Array


def init(point: Array, **_: Array) -> NadamState:
    """m₀ = v₀ = 0 after no step."""
    nothing = jnp.zeros((), point.dtype)
    return NadamState(jnp.zeros_like(point), jnp.zeros_like(point), nothing, nothing, jnp.ones((), point.dtype))


def step(
    problem: Problem,
    point: Array,
    state: NadamState,
    *,
    learning_rate: Array,
    beta1: Array,
    beta2: Array,
    epsilon: Array,
    momentum_decay: Array,
) -> tuple[Array, NadamState]:
    """As Adam with ε outside the root, but m̂ = μₜ₊₁m/(1−Πμₜ₊₁) + (1−μₜ)g/(1−Π) with μₜ = β₁(1 − 0.96^(ψt)/2)."""
    gradient = problem.gradient(point)
    steps = state.steps + 1
    now, ahead = (beta1 * (1 - 0.96 ** (momentum_decay * t) / 2) for t in (steps, steps + 1))
    product = state.product * now
    mean = beta1 * state.mean + (1 - beta1) * gradient
    square = beta2 * state.square + (1 - beta2) * gradient**2
    weight = _moments.added_weight(state.square_weight, beta2)
    direction = ahead * mean / (1 - product * ahead) + (1 - now) * gradient / (1 - product)
    moved = point - learning_rate * direction / (jnp.sqrt(_moments.unbiased(square, weight)) + epsilon)
    return moved, NadamState(mean, square, weight, steps, product)


nadam = Optimizer(
    key="nadam",
    label="NAdam, growing momentum",
    family="Adam",
    hypers=(
        _hypers.learning_rate(0.25),
        _hypers.beta1(),
        _hypers.beta2(),
        _hypers.epsilon(1e-8),
        Hyper(
            "momentum_decay",
            "ψ",
            "momentum growth",
            0.004,
            1e-4,
            1.0,
            "log",
            "How fast momentum grows from β₁/2 to β₁: 0.004 takes thousands of steps to get near, 1 some dozens.",
        ),
    ),
    init=init,
    step=step,
    memory=("m", "v", "1 − β₂ᵗ", "t", "Π"),
    formula=(
        r"\mu_t = \beta_1\left(1 - \tfrac12\,0.96^{\psi t}\right),\quad \Pi \leftarrow \Pi\mu_t"
        r" \\ m \leftarrow \beta_1 m + (1-\beta_1)\,g \\ v \leftarrow \beta_2 v + (1-\beta_2)\,g^2"
        r" \\ \hat m = \frac{\mu_{t+1} m}{1-\Pi\mu_{t+1}} + \frac{(1-\mu_t)\,g}{1-\Pi},\quad"
        r" \hat v = \frac{v}{1-\beta_2^t}"
        r" \\ \theta \leftarrow \theta - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}"
    ),
    summary="Adam that looks ahead, and trusts its average more and more over the first steps.",
    also=("Nesterov Adam", "PyTorch", "Keras"),
    variant=(
        "The form of PyTorch, and with ψ = 1 of Keras. “Adam with Nesterov (NAdam)” keeps the momentum at β₁ instead, "
        "as Optax does: from the first step on it trusts the average more than this one. The report also lets m "
        "average with μₜ in place of β₁."
    ),
    source="Dozat (2016), Incorporating Nesterov momentum into Adam, ICLR workshop",
)
