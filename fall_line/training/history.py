"""What is told of a training, step by step."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class History(NamedTuple):
    """A training step by step. Row k is told of the weights before step k, the last one of those after the last step.

    Attributes:
        steps: (rows,) k, from the first row's on without gaps.
        epochs: (rows,) how often all points have been seen.
        batch_loss, slope: (rows,) J and ‖∇J‖ of the batch of the step that follows.
        looked: (rows,) whether all points were looked at; where not, the next four are NaN.
        loss: (rows,) J of all points that are trained on, the penalty included.
        accuracy: (rows,) share of them whose class is right; NaN for values.
        validation_loss: (rows,) mean ℓ of those kept back, without the penalty; NaN if there are none.
        validation_accuracy: (rows,) share of them whose class is right.
        kept: (kept,) the steps whose weights are kept.
        weights: (kept, P) θ.
    """

    steps: NDArray[np.int64]
    epochs: Floats
    batch_loss: Floats
    slope: Floats
    looked: NDArray[np.bool_]
    loss: Floats
    accuracy: Floats
    validation_loss: Floats
    validation_accuracy: Floats
    kept: NDArray[np.int64]
    weights: Floats


def joined(histories: list[History]) -> History:
    """Return several parts of one training, in their order, as one."""
    return History(*(np.concatenate(columns) for columns in zip(*histories, strict=True)))


def cut(history: History, last: int) -> History:
    """Return `history` up to the row of step `last`."""
    rows, kept = history.steps <= last, history.kept <= last
    columns = [column[kept if name in ("kept", "weights") else rows] for name, column in history._asdict().items()]
    return History(*columns)
