"""How a method answers a gradient signal: there is no surface, the gradient is handed to the rule directly.

The rules serve unchanged. At each epoch k the point is put at 0 and the gradient at q is signal(k − q); the memory is
kept. So a look-ahead by γv reads the signal at k + γv, where a point would be if it moved on.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from optimizers import Optimizer, Problem

Floats = NDArray[np.float64]

PROGRAMS = 256  # that are kept


class Response(NamedTuple):
    """What a method makes of a signal of n epochs.

    Attributes:
        updates: (n,) minus the update at each epoch; with gradient descent at η = 1 it is the signal.
        memory: (m, n) each of the method's m accumulators after each epoch, in the order of `Optimizer.memory`.
    """

    updates: Floats
    memory: Floats


def response(optimizer: Optimizer, hypers: dict[str, float], signal: Floats) -> Response:
    """Return how `optimizer` answers `signal` (n,)."""
    values = np.array([hypers[hyper.key] for hyper in optimizer.hypers], dtype=np.float64)
    updates, memory = _program(optimizer)(values, np.asarray(signal, dtype=np.float64))
    return Response(np.asarray(updates), np.asarray(memory).reshape(-1, len(signal)))


@lru_cache(maxsize=PROGRAMS)
def _program(optimizer: Optimizer) -> Callable[..., tuple[jax.Array, jax.Array]]:
    """Return the jitted `(hypers, signal) -> updates, memory` of one method, hyperparameters being data."""

    def answer(hypers: jax.Array, signal: jax.Array) -> tuple[jax.Array, jax.Array]:
        settings = {hyper.key: hypers[k] for k, hyper in enumerate(optimizer.hypers)}
        nowhere = jnp.zeros(())

        def epoch(state: object, k: jax.Array) -> tuple[object, tuple]:
            problem = Problem(lambda _: nowhere, lambda place: signal_at(signal, k - place))
            point, state = optimizer.step(problem, nowhere, state, **settings)
            return state, (-point, jnp.array(jax.tree.leaves(state)))

        _, (updates, memory) = jax.lax.scan(epoch, optimizer.init(nowhere, **settings), jnp.arange(len(signal)))
        return updates, memory.T

    return jax.jit(answer)


def signal_at(signal: jax.Array, place: jax.Array) -> jax.Array:
    """Return `signal` (n,) at any `place`: linear between epochs, its first value before 0, 0 from n on.

    From n − 1 to n, where there is no next value, it stays at the last, as in the article's script.
    """
    last = len(signal) - 1
    low = jnp.clip(jnp.floor(place), 0, last).astype(int)
    part = jnp.clip(place - low, 0.0, 1.0)
    here, there = signal[low], signal[jnp.minimum(low + 1, last)]
    return jnp.where(place >= len(signal), 0.0, here + part * (there - here))
