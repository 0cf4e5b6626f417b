"""An update rule as a JavaScript module that answers a gradient signal."""

import jax
import jax.numpy as jnp

from fall_line.translation.derivative import derivative
from fall_line.translation.recursion import Recursion, recursion_module
from optimizers import Optimizer, Problem


def response_module(optimizer: Optimizer) -> str:
    """Return the module of `optimizer`'s rule on the line, the same recursion as `fall_line.trajectories.response`.

    It exports what `rule_module` does, but a point is one number, and a step meets nothing: `c` is empty. `surface` is
    asked for `slope(q, 0, out)` alone, whose first number is the gradient at q.

    Raises:
        UntranslatableError: the rule uses an operation that has no JavaScript, or asks for more than the gradient.
    """

    def settings(hypers: jax.Array) -> dict[str, jax.Array]:
        return {hyper.key: hypers[k] for k, hyper in enumerate(optimizer.hypers)}

    problem = Problem(jnp.zeros_like, lambda place: derivative(place, jnp.zeros_like(place), along=1))
    recursion = Recursion(
        begin=lambda q, h, _: optimizer.init(q, **settings(h)),
        step=lambda q, state, h, _: optimizer.step(problem, q, state, **settings(h)),
        point=(),
        hypers=len(optimizer.hypers),
        met=0,
    )
    return recursion_module(recursion)
