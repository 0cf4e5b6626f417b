"""What is told of a plane of weights: the loss on it, and the path of a training before it."""

from itertools import pairwise
from typing import Any

import numpy as np

from fall_line.explanations.grid_encoding import encoded
from fall_line.explanations.learned_view import packed
from fall_line.training.history import History
from fall_line.training.paths_on_plane import Square, axes_of, path_on
from fall_line.training.plane import Plane
from fall_line.training.plane_losses import loss_grid
from fall_line.training.train import Lesson

PER_NEURON, PER_WEIGHT = 4e-9, 3e-10  # s that a point of the data takes at a place of the grid
SECONDS = 1.0  # that a grid may take; of more points it takes only so many
FEWEST_POINTS = 64
UNIT = 64  # of log₁₀ J, so that 1,024ths of it draw smooth lines around a flat minimum


def grid_answer(lesson: Lesson, plane: Plane, square: Square, places: int) -> dict[str, Any]:
    """Return `unit` log₁₀ J on `square` as data for JSON, rows of β from low to high, and of how many points it is."""
    every = lesson.training.inputs.shape[1]
    points = points_for(lesson, places)
    losses = loss_grid(lesson, plane, *axes_of(square, places), points=points)
    with np.errstate(divide="ignore", invalid="ignore"):
        return {"points": min(points, every), "of": every, "unit": UNIT, **encoded(UNIT * np.log10(losses))}


def points_for(lesson: Lesson, places: int) -> int:
    """Return of how many points a grid with `places` along each coordinate can be made in `SECONDS`."""
    sizes = lesson.network.sizes
    behind = sum(one * other for one, other in pairwise(sizes[1:]))
    cost = PER_NEURON * sum(sizes[1:]) + PER_WEIGHT * behind
    return max(FEWEST_POINTS, int(SECONDS / (places**2 * cost)))


def path_answer(plane: Plane, lesson: Lesson, history: History) -> dict[str, Any]:
    """Return one training before `plane`: when it `left`, and `PathOnPlane`'s other columns as base64 of float32."""
    columns = path_on(plane, lesson, history)._asdict()
    return {"left": columns.pop("left"), **{name: packed(column) for name, column in columns.items()}}
