"""An update rule as a JavaScript module, for whatever surface it is called with."""

import jax
import jax.numpy as jnp
import numpy as np

from fall_line.trajectories.conditions import Conditions
from fall_line.trajectories.run import walker
from fall_line.translation.derivative import UNKNOWN
from fall_line.translation.recursion import Recursion, recursion_module
from optimizers import Optimizer

CONDITIONS = 6  # η's factor, 1 − γ's factor, σ of the additive and the multiplicative noise, n₁, n₂


def rule_module(optimizer: Optimizer) -> str:
    """Return the module of `optimizer`'s rule, the same recursion that is compiled for the server.

    It exports `memory`, how many numbers the rule remembers; `begin(q, h, c, s)`, which writes the memory for the start
    `q` into `s`; and `step(surface, q, h, c, s)`, which moves `q` and `s` by one step. `h` has the hyperparameters in
    the rule's order, `c` what the step meets: the factors of its schedules on the learning rate and on 1 − γ, σ of
    the additive and of the multiplicative noise, and the two standard normal numbers of the step. `surface` has the
    functions `loss(x, y)`, `slope(x, y, out)` and `curvature(x, y, out)`.

    Raises:
        UntranslatableError: the rule uses an operation that has no JavaScript.
    """
    pair = walker(UNKNOWN, optimizer)
    recursion = Recursion(
        begin=lambda q, h, c: pair.begin(q, h, _conditions(c)),
        step=lambda q, state, h, c: pair.advance(0, q, state, h, jnp.zeros(0), _conditions(c)),
        point=(2,),
        hypers=len(optimizer.hypers),
        met=CONDITIONS,
    )
    return recursion_module(recursion)


def _conditions(met: jax.Array) -> Conditions:
    return Conditions(
        amounts=met[2:4],
        normals=met[4:6].reshape(1, 2),
        shifts=np.zeros((0, 2)),
        ranks=np.zeros((0, 0), np.uint8),
        batch=np.float64(1),
        rates=met[0:1],
        windows=met[1:2],
    )
