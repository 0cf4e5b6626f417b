"""How steep the loss of all points is where a network stands."""

from collections.abc import Callable
from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from fall_line.training.objective import mean_loss, penalized
from fall_line.training.perceptron import Perceptron
from fall_line.training.plane import Floats
from fall_line.training.train import Lesson
from networks import Data

PROGRAMS = 64  # that are kept


def gradient_norms(lesson: Lesson, weights: Floats) -> Floats:
    """Return ‖∇J‖ of all points that are trained on, the penalty included, at `weights` (n, P), as (n,).

    Where weights aren't finite it is NaN.
    """
    call = _program(lesson.network, lesson.loss)
    l2 = np.float64(lesson.l2)
    return np.array([call(one, lesson.training, l2) if np.isfinite(one).all() else np.nan for one in weights], float)


@lru_cache(maxsize=PROGRAMS)
def _program(network: Perceptron, loss: str) -> Callable[..., jax.Array]:
    """Return `(weights, data, l2) -> ‖∇J‖`."""

    def norm(weights: jax.Array, data: Data, l2: jax.Array) -> jax.Array:
        def value(weights: jax.Array) -> jax.Array:
            return penalized(network, weights, mean_loss(loss, network.outputs(weights, data.inputs), data.targets), l2)

        return jnp.linalg.norm(jax.grad(value)(weights))

    return jax.jit(norm)
