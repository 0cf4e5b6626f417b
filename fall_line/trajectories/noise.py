"""Noise in the gradient, as tables that a run's program reads step by step.

All runs of an experiment meet the same noise at the same step, so that they can be compared. Within a step it stays
the same wherever a method looks, as a minibatch does.
"""

from functools import lru_cache

import jax
import jax.numpy as jnp
import numpy as np

from fall_line.experiments.noise_kinds import COPIES


@lru_cache(maxsize=128)
def normals(seed: int, rows: int) -> jax.Array:
    """Return (rows, 2) independent standard normal numbers, the noise n of each step."""
    return jax.device_put(np.random.default_rng(seed).standard_normal((rows, 2)))


@lru_cache(maxsize=128)
def ranks(seed: int, rows: int) -> jax.Array:
    """Return (rows, 32): the copies 0 … 31 of the surface in another order at each step.

    The copies with a rank below the size of the minibatch are in it, so that one table serves all sizes.
    """
    order = np.random.default_rng(seed).random((rows, COPIES)).argsort(axis=1)
    return jax.device_put(order.astype(np.uint8))


def shares(ranks: jax.Array, batch: jax.Array) -> jax.Array:
    """Return wᵢ of a step with these `ranks` (32,): 1/batch for the copies in its minibatch of `batch`, else 0."""
    return jnp.where(ranks < batch, 1.0 / batch, 0.0)
