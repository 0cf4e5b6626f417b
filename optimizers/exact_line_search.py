"""Steepest descent that goes to the lowest point of the parabola along the gradient."""

from dataclasses import replace

import jax.numpy as jnp
from jax import Array

from fall_line.hyperparameter import Hyper
from optimizers import _curvature, _hypers
from optimizers.optimizer import Optimizer, Problem


def init(point: Array, **_: Array) -> Array:
    """η of the last step, a scalar; 0 before the first."""
    return jnp.zeros((), point.dtype)


def step(problem: Problem, point: Array, rate: Array, *, learning_rate: Array, fallback: Array) -> tuple[Array, Array]:
    """η = ω gᵀg/gᵀHg where gᵀHg > 0, else η = ωη₀; θ ← θ − ηg, H being the Hessian at θ."""
    gradient = problem.gradient(point)
    curvature = _curvature.along(problem, point, gradient)
    bends_up = curvature > 0
    exact = jnp.vdot(gradient, gradient) / jnp.where(bends_up, curvature, 1.0)
    rate = (learning_rate * jnp.where(bends_up, exact, fallback)).astype(rate.dtype)
    return point - rate * gradient, rate


exact_line_search = Optimizer(
    key="exact_line_search",
    label="Exact line search",
    family="line search",
    hypers=(
        replace(
            _hypers.learning_rate(1.0, 0.01, 2.0),
            symbol="ω",
            label="relaxation",
            note="1 goes to the lowest point of the parabola along the gradient, 2 all the way up its other side.",
        ),
        Hyper(
            "fallback",
            "η₀",
            "step size without a valley",
            0.1,
            1e-4,
            10.0,
            "log",
            "Stands in where the surface doesn't bend upwards along the gradient, so that the parabola has no bottom.",
        ),
    ),
    init=init,
    step=step,
    memory=("η",),
    formula=(
        r"\eta = \omega\,\begin{cases} \frac{g^\top g}{g^\top H g} & g^\top H g > 0 \\"
        r" \eta_0 & \text{else} \end{cases},\quad H = \nabla^2 J(\theta)"
        r" \\ \theta \leftarrow \theta - \eta g"
    ),
    summary="Looks along the slope and goes at once to the lowest point it expects there.",
    also=("steepest descent", "Cauchy", "automatic learning rate"),
    variant=(
        "Exact on quadratics, where it zigzags at right angles; elsewhere it is one step towards the exact search, and "
        "near-straight slopes make it leap. Lasagne, PyTorch, Optax and Keras have no such method."
    ),
    source="Cauchy (1847), Comptes rendus 25; Nocedal and Wright (2006), section 3.3",
    elementwise=False,
    needs_loss=True,
)
