"""Which points are in the minibatch of each step, as tables that a program reads step by step.

The points come in the order of one shuffle after another, so that each is met once an epoch. A batch ends where an
epoch does; what is left of one is a smaller batch.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEAST = 16  # places for points that a program has at least


class Batches(NamedTuple):
    """The minibatches of `steps` steps.

    Attributes:
        order: (shown,) the points of the training data in the order in which they are met.
        begins: (steps + 1,) where in `order` the batch of each step begins, and where the last one ends.
        points: how many points the training data has; step k has seen begins[k] / points epochs.
    """

    order: NDArray[np.int64]
    begins: NDArray[np.int64]
    points: int

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many points are in the batch of each step, (steps,)."""
        return np.diff(self.begins)

    @property
    def epochs(self) -> NDArray[np.float64]:
        """How often all points have been seen before each step and after the last, (steps + 1,)."""
        return self.begins / self.points


@lru_cache(maxsize=64)
def batches(points: int, sizes: tuple[int, ...] | int, steps: int, seed: int) -> Batches:
    """Return the minibatches of `steps` steps from `points` points.

    Args:
        points: of the training data.
        sizes: wished for at each step, or at all of them; cut to what is left of an epoch.
        steps: how many steps.
        seed: of the shuffles; the same seed shuffles alike, whatever the sizes.
    """
    wished = np.broadcast_to(np.clip(sizes, 1, points), steps).tolist()
    begins = np.zeros(steps + 1, np.int64)
    for step, size in enumerate(wished):
        begins[step + 1] = begins[step] + min(size, points - begins[step] % points)
    random = np.random.RandomState([seed, 1])  # apart from the initial weights' numbers
    shuffles = [random.permutation(points) for _ in range(-(-int(begins[-1]) // points))]
    return Batches(np.concatenate([*shuffles, np.zeros(0, np.int64)])[: begins[-1]].astype(np.int64), begins, points)


def first_ones(chosen: Batches, steps: int) -> Batches:
    """Return the minibatches of the first `steps` steps."""
    begins = chosen.begins[: steps + 1]
    return Batches(chosen.order[: begins[-1]], begins, chosen.points)


def places(size: int, points: int) -> int:
    """Return how many places a program has for batches of up to `size` points: a power of two, or all points."""
    room = LEAST
    while room < size:
        room *= 2
    return min(room, points)


def table(chosen: Batches, first: int, steps: int, room: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return points and shares of the batches from step `first` on, both (steps, room).

    Places beyond a batch's size hold its first point, with a share of 0; those beyond the last step the first point.
    """
    index, shares = np.zeros((steps, room), np.int64), np.zeros((steps, room))
    last = min(first + steps, len(chosen.sizes)) if room else first
    for row, step in enumerate(range(first, last)):
        members = chosen.order[chosen.begins[step] : chosen.begins[step + 1]]
        index[row, :] = members[0]
        index[row, : len(members)] = members
        shares[row, : len(members)] = 1.0 / len(members)
    return index, shares
