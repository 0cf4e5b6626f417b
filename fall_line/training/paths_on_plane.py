"""The paths of several trainings before one plane of weights: which plane, which part of it, and what lies where.

A training that diverges would be all that is seen. Its steps from where it leaves on have no say in what is seen of a
plane, and where others stay it has none in which plane it is.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fall_line.training.history import Floats, History
from fall_line.training.plane import Plane, plane_through, principal_plane, projection_plane, random_plane
from fall_line.training.plane_losses import losses_below
from fall_line.training.train import Lesson

LEAVING = 10.0  # times the first loss, above which a training has left
MOST_ROWS = 900  # of all paths that principal components are found of
MOST_POINTS = 400  # of a path
MOST_LOOKS = 100  # at which the plane is compared with the network itself
MARGIN = 0.15  # of what the paths need, at each end

Kind = Literal["pca", "ends", "random", "vector"]


class Square(NamedTuple):
    """The part of a plane that is seen: `middle` ± `half` along both coordinates."""

    middle: tuple[float, float]
    half: float


class PathOnPlane(NamedTuple):
    """One training before a plane.

    Attributes:
        steps, at: (points,) and (points, 2) its steps and their coordinates; NaN where weights are not finite.
        looks: (looks,) the steps at which it is compared; the next four are (looks,) too.
        loss: J of the network itself.
        loss_below: J at the nearest point of the plane.
        distance: from the network to that point.
        moved: from the first weights to these.
        left: the step from which on it had no say in the choice of the plane, or None.
    """

    steps: NDArray[np.int64]
    at: Floats
    looks: NDArray[np.int64]
    loss: Floats
    loss_below: Floats
    distance: Floats
    moved: Floats
    left: int | None


class ThinPath(NamedTuple):
    """A training that is only seen beside others.

    Attributes:
        steps, at: (points,) and (points, 2) its steps and their coordinates; NaN where weights are not finite.
        distance: the least and the greatest one from the plane at these steps, of those where it is finite.
    """

    steps: NDArray[np.int64]
    at: Floats
    distance: tuple[float, float]


def leaves_at(history: History) -> int | None:
    """Return the first step at which the weights are not finite or the loss is beyond ten times the first, or None."""
    with np.errstate(invalid="ignore"):
        lost = history.steps[history.looked & ~(history.loss <= LEAVING * history.loss[0])]
    bad = history.kept[~np.isfinite(history.weights).all(axis=1)]
    steps = [*lost[:1].tolist(), *bad[:1].tolist()]
    return min(steps, default=None)


def settled_weights(history: History) -> Floats:
    """Return the weights (rows, P) that are kept from before a training leaves."""
    left = leaves_at(history)
    return history.weights if left is None else history.weights[: max(1, int((history.kept < left).sum()))]


def principal(histories: Sequence[History], like: Plane | None = None) -> Plane:
    """Return the plane of the first two principal components of all paths that don't leave, about their mean.

    Raises:
        ValueError: nothing moves.
    """
    # All paths weigh the same, so that one which leaves early would leave a few rows of each.
    staying = [history.weights for history in histories if leaves_at(history) is None]
    paths = staying or [settled_weights(history) for history in histories]
    if all((path == paths[0][0]).all() for path in paths):
        # The mean of equal numbers may differ from them in the last digit.
        raise ValueError("no weight moves, so that there is no plane along the paths")
    return principal_plane([_spread(path, max(2, MOST_ROWS // len(paths))) for path in paths], like=like)


def through_ends(first: History, second: History) -> Plane:
    """Return the plane through the first weights, and the last ones of two trainings.

    Raises:
        ValueError: the first of them ends where it begins.
    """
    return plane_through(first.weights[0], settled_weights(first)[-1], settled_weights(second)[-1])


def random_about(lesson: Lesson, history: History, seed: int) -> Plane:
    """Return a random plane, of the same relative length per neuron, through the last weights of a training."""
    return random_plane(lesson.network, settled_weights(history)[-1], seed)


def vectors_about(history: History, seed: int) -> Plane:
    """Return the plane in which each weight has a random unit vector, through the last weights of a training."""
    return projection_plane(settled_weights(history)[-1], seed)


def square_of(plane: Plane, histories: Sequence[History], least: float = 0.0) -> Square:
    """Return the square that holds all paths until they leave, with a margin, and `least` around the centre."""
    all_of_them = [plane.coordinates(settled_weights(history)) for history in histories]
    around = plane.origin + least * np.array([[-1.0, -1.0], [1.0, 1.0]])
    points = np.concatenate([*all_of_them, around] if least else all_of_them)
    low, high = points.min(axis=0), points.max(axis=0)
    half = float((high - low).max()) / 2 * (1 + 2 * MARGIN)
    middle = (low + high) / 2
    return Square((float(middle[0]), float(middle[1])), half if half > 0 else 1.0)


def axes_of(square: Square, places: int) -> tuple[Floats, Floats]:
    """Return the `places` values of each coordinate, from low to high."""
    away = np.linspace(-square.half, square.half, places)
    return square.middle[0] + away, square.middle[1] + away


def path_on(plane: Plane, lesson: Lesson, history: History) -> PathOnPlane:
    """Return one training as it lies before `plane`."""
    drawn = _places(len(history.kept), MOST_POINTS)
    rows = np.searchsorted(history.steps, history.kept)
    looked = np.flatnonzero(history.looked[rows])
    looked = looked[_places(len(looked), MOST_LOOKS)]
    weights = history.weights[looked]
    finite: NDArray[np.bool_] = np.asarray(np.isfinite(weights).all(axis=1))
    away = weights[finite]
    with np.errstate(over="ignore", invalid="ignore"):
        return PathOnPlane(
            history.kept[drawn],
            coordinates_on(plane, history.weights[drawn]),
            history.kept[looked],
            history.loss[rows[looked]],
            _filled(finite, losses_below(lesson, plane, away)),
            _filled(finite, plane.distances(away)),
            _filled(finite, np.linalg.norm(away - history.weights[0], axis=1)),
            leaves_at(history),
        )


def thin_path_on(plane: Plane, history: History, points: int) -> ThinPath:
    """Return one training as it lies before `plane`, at up to `points` of its steps."""
    drawn = _places(len(history.kept), points)
    weights = history.weights[drawn]
    with np.errstate(over="ignore", invalid="ignore"):
        away = plane.distances(weights[np.isfinite(weights).all(axis=1)])
        return ThinPath(history.kept[drawn], coordinates_on(plane, weights), (float(away.min()), float(away.max())))


def coordinates_on(plane: Plane, weights: Floats) -> Floats:
    """Return (α, β) of the points nearest to `weights` (n, P), as (n, 2); NaN where they are not finite."""
    finite = np.isfinite(weights).all(axis=1)
    found = np.full((len(weights), 2), np.nan)
    found[finite] = plane.coordinates(weights[finite])
    return found


def _filled(where: NDArray[np.bool_], values: Floats) -> Floats:
    found = np.full(len(where), np.nan)
    found[where] = values
    return found


def _places(count: int, most: int) -> NDArray[np.int64]:
    """Return up to `most` of `count` places, evenly spread, with the first and the last."""
    return np.unique(np.linspace(0, max(0, count - 1), min(count, most)).round().astype(np.int64))


def _spread(rows: Floats, most: int) -> Floats:
    return rows[_places(len(rows), most)]
