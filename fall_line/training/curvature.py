"""How strongly the loss of all points bends where a network stands.

The Hessian is only ever multiplied by vectors. Lanczos's method finds its extreme eigenvalues in the space that m such
products span; all its vectors are made orthogonal again at each step, without which it finds eigenvalues twice.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from fall_line.training.objective import mean_loss, penalized
from fall_line.training.perceptron import Perceptron
from fall_line.training.plane import Floats
from fall_line.training.train import Lesson
from networks import Data

PRODUCTS = 40  # by the Hessian, for one network: enough for the least eigenvalue too
ROUNDING = 1e-12  # of a product: what is left of it when all directions have been met
PROGRAMS = 64  # that are kept


class Curvature(NamedTuple):
    """Of each network (n,): the greatest and the least eigenvalue of the Hessian of J, and how far off they may be.

    Attributes:
        greatest: λ_max.
        least: λ_min; below 0 the network stands on a saddle or a hill.
        error: ‖Hv − λ_max v‖ for the unit vector v that was found: an eigenvalue lies within so much of `greatest`.
    """

    greatest: Floats
    least: Floats
    error: Floats


def curvature(lesson: Lesson, weights: Floats, products: int = PRODUCTS) -> Curvature:
    """Return the extreme curvatures at `weights` (n, P), of `products` products each; NaN where those aren't finite."""
    count = lesson.network.count
    products = min(products, count)
    begin = np.random.RandomState(0).normal(size=count)
    call = _program(lesson.network, lesson.loss, products)
    rows = [_extremes(*map(np.asarray, call(one, begin, lesson.training, np.float64(lesson.l2)))) for one in weights]
    return Curvature(*np.array(rows).reshape(-1, 3).T)


def _extremes(diagonal: Floats, beside: Floats) -> tuple[float, float, float]:
    """Return the extreme eigenvalues of the tridiagonal matrix, and the residual of the greatest."""
    if not (np.isfinite(diagonal).all() and np.isfinite(beside).all()):
        return np.nan, np.nan, np.nan
    # Where nothing new is met the matrix ends, and its eigenvalues are the Hessian's.
    size = int(np.argmax(beside == 0)) + 1 if (beside == 0).any() else len(beside)
    diagonal, beside = diagonal[:size], beside[:size]
    values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside[:-1], 1) + np.diag(beside[:-1], -1))
    return float(values[-1]), float(values[0]), float(abs(beside[-1] * vectors[-1, -1]))


@lru_cache(maxsize=PROGRAMS)
def _program(network: Perceptron, loss: str, products: int) -> Callable[..., tuple[jax.Array, jax.Array]]:
    """Return `(weights, begin, data, l2) -> α (m,), β (m,)`, the matrix of Lanczos's method."""

    def lanczos(weights: jax.Array, begin: jax.Array, data: Data, l2: jax.Array) -> tuple[jax.Array, jax.Array]:
        def value(weights: jax.Array) -> jax.Array:
            reached = mean_loss(loss, network.outputs(weights, data.inputs), data.targets)
            return penalized(network, weights, reached, l2)

        def advance(k: jax.Array, carry: tuple) -> tuple:
            basis, diagonal, beside = carry
            here = basis[k]
            _, product = jax.jvp(jax.grad(value), (weights,), (here,))
            diagonal = diagonal.at[k].set(here @ product)
            # Twice is enough (Kahan, in Parlett, The symmetric eigenvalue problem, 1980).
            whole = jnp.linalg.norm(product)
            for _ in range(2):
                product = product - basis.T @ (basis @ product)
            length = jnp.linalg.norm(product)
            length = jnp.where(length > ROUNDING * whole, length, 0.0)
            onward = jnp.where(length == 0, 0.0, product / jnp.where(length == 0, 1.0, length))
            return basis.at[k + 1].set(onward), diagonal, beside.at[k].set(length)

        basis = jnp.zeros((products + 1, network.count)).at[0].set(begin / jnp.linalg.norm(begin))
        zeros = jnp.zeros(products)
        return jax.lax.fori_loop(0, products, advance, (basis, zeros, zeros))[1:]

    return jax.jit(lanczos)
