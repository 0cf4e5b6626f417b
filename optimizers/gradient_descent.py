"""Gradient descent: straight down the slope, nothing remembered."""

from jax import Array

from optimizers import _hypers
from optimizers.optimizer import Optimizer, Problem


def init(_point: Array, **_: Array) -> tuple[()]:
    """Nothing: the method has no memory."""
    return ()


def step(problem: Problem, point: Array, state: tuple[()], *, learning_rate: Array) -> tuple[Array, tuple[()]]:
    """θ ← θ − η∇J(θ)."""
    return point - learning_rate * problem.gradient(point), state


gradient_descent = Optimizer(
    key="gradient_descent",
    label="Gradient descent",
    family="gradient descent",
    hypers=(_hypers.learning_rate(0.01),),
    init=init,
    step=step,
    formula=r"\theta \leftarrow \theta - \eta\,\nabla J(\theta)",
    summary="Each step goes straight downhill, the farther the steeper the slope is.",
    also=(
        "GD",
        "SGD",
        "stochastic gradient descent",
        "steepest descent",
        "vanilla",
        "batch gradient descent",
        "minibatch",
    ),
    taught=1,
    variant=(
        "Without momentum or schedule. Libraries call it SGD; the gradient here is that of the whole loss, "
        "unless the experiment adds noise to it."
    ),
    source="Cauchy (1847), Comptes rendus 25",
)
