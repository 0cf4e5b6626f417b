"""Noise in the gradient, as tables that a run's program reads step by step.

All runs of an experiment meet the same noise at the same step, so that they can be compared. Within a step it stays
the same wherever a method looks, as a minibatch does.
"""

from functools import lru_cache
from typing import Literal

import jax
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Kind = Literal["none", "additive", "multiplicative", "minibatch"]

KINDS: dict[Kind, str] = {
    "none": "None",
    "additive": "Additive",
    "multiplicative": "Multiplicative",
    "minibatch": "Minibatch",
}
COPIES = 32


@lru_cache(maxsize=128)
def normals(seed: int, rows: int) -> jax.Array:
    """Return (rows, 2) independent standard normal numbers, the noise n of each step."""
    return jax.device_put(np.random.default_rng(seed).standard_normal((rows, 2)))


@lru_cache(maxsize=128)
def shares(seed: int, batch: int, rows: int) -> jax.Array:
    """Return (rows, 32): the weight of each copy of the surface in each step's minibatch of `batch` copies.

    A row has 1/batch at `batch` different places, drawn anew at each step, and 0 elsewhere.
    """
    order = np.random.default_rng(seed).random((rows, COPIES)).argsort(axis=1)
    return jax.device_put(np.where(order < batch, 1.0 / batch, 0.0))


def _shifts() -> Floats:
    drawn = np.random.default_rng(1847).standard_normal((COPIES, 2))
    drawn -= drawn.mean(axis=0)
    return drawn / drawn.std(axis=0)


# Of the 32 copies whose mean is the surface under minibatches: mean 0 and standard deviation 1 along each axis.
SHIFTS = _shifts()
