"""A task's points, parted into those that are trained on and those that are kept back to validate."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from fall_line.experiments.training_experiment import training_points
from networks import Data, Task


class Split(NamedTuple):
    """Two kinds of points; `validation` may have none."""

    training: Data
    validation: Data


@lru_cache(maxsize=16)
def split(task: Task, validation: float) -> Split:
    """Return the points of `task` with the share `validation` of them kept back, the same ones each time."""
    data = task.data()
    order = np.random.RandomState(0).permutation(task.points)
    kept = order[training_points(task, validation) :], order[: training_points(task, validation)]
    back, trained = (Data(*(np.ascontiguousarray(part[:, np.sort(which)]) for part in data)) for which in kept)
    return Split(trained, back)
