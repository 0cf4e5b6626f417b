"""The curvature of a loss where a method stands."""

import jax
import jax.numpy as jnp
from jax import Array

from optimizers.optimizer import Problem


def spectrum(problem: Problem, point: Array) -> tuple[Array, Array]:
    """Return the eigenvalues μ (n,) of the Hessian at `point` (n,) and its axes (n, n), one a column."""
    return jnp.linalg.eigh(jax.jacfwd(problem.gradient)(point))


def along(problem: Problem, point: Array, direction: Array) -> Array:
    """Return dᵀHd for the direction d, without the Hessian itself."""
    _, change = jax.jvp(problem.gradient, (point,), (direction,))
    return jnp.vdot(direction, change)
