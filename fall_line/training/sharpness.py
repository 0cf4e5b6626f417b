"""Gradient and sharpness along trainings, some looks at a time: how steep the loss of all points is, and λ_max.

λ_max is the greatest eigenvalue of the Hessian of J. It is told of trainings only whose batches are all points: then it
is about J itself that the steps are stable or not.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fall_line.training.curvature import curvature
from fall_line.training.gradient_norm import gradient_norms
from fall_line.training.history import History
from fall_line.training.train import Lesson

MOST_NORMS = 101  # looks at the slope of one training
MOST_SHARP, FEWEST_SHARP = 41, 9  # looks at its λ_max
PRODUCTS = 20  # by the Hessian, for one λ_max
PER_PRODUCT = 3e-10  # s for a weight and a point
BESIDES = 1000  # points whose share of a product what else must be done takes
SECONDS = 3.0  # that all λ_max may take, but for the fewest looks


class Look(NamedTuple):
    """One number that is wanted: of which training, whether it is λ_max or ‖∇J‖, and before which step."""

    training: int
    sharp: bool
    step: int


class Looks(NamedTuple):
    """The steps of one training at which ‖∇J‖ and λ_max are told."""

    norms: NDArray[np.int64]
    sharp: NDArray[np.int64]


def sees_all_points(lesson: Lesson) -> bool:
    """Return whether each batch is all points."""
    return bool((lesson.batches.sizes == lesson.batches.points).all())


def sharp_looks(lesson: Lesson, trainings: int) -> int:
    """Return at how many steps of each of so many `trainings` λ_max is told."""
    if not sees_all_points(lesson):
        return 0
    points = lesson.training.inputs.shape[1] + BESIDES
    cost = PRODUCTS * PER_PRODUCT * lesson.network.count * points
    return min(MOST_SHARP, max(FEWEST_SHARP, int(SECONDS / (trainings * cost))))


def looks_of(lesson: Lesson, history: History, trainings: int) -> Looks:
    """Return the steps of `history` at which one of so many `trainings` is looked at."""
    norms = history.kept[_spread(len(history.kept), MOST_NORMS)]
    return Looks(norms, norms[_spread(len(norms), sharp_looks(lesson, trainings))])


def in_order(looks: Sequence[Looks | None]) -> list[Look]:
    """Return all that is wanted: every ‖∇J‖, then every λ_max, of all trainings in turn and from coarse to fine."""
    found = [one or Looks(np.zeros(0, np.int64), np.zeros(0, np.int64)) for one in looks]
    norms = [Look(k, False, int(step)) for k, one in enumerate(found) for step in one.norms]
    sharp = [
        (place, Look(k, True, int(one.sharp[index])))
        for k, one in enumerate(found)
        for place, index in enumerate(_coarse_to_fine(len(one.sharp)))
    ]
    return norms + [look for _, look in sorted(sharp, key=lambda one: one[0])]


def value_at(lesson: Lesson, history: History, look: Look) -> float:
    """Return what `look` wants of the training with this `history`; NaN where weights are not finite."""
    weights = history.weights[np.searchsorted(history.kept, look.step)][None]
    if not np.isfinite(weights).all():
        return float("nan")
    if look.sharp:
        return float(curvature(lesson, weights, PRODUCTS).greatest[0])
    return float(gradient_norms(lesson, weights)[0])


def _coarse_to_fine(count: int) -> Iterator[int]:
    """Yield 0 … count − 1: both ends, then again and again what halves the gaps."""
    told: set[int] = set()
    gap = max(1, count - 1)
    while len(told) < count:
        for index in [*range(0, count, gap), count - 1]:
            if index not in told:
                told.add(index)
                yield index
        gap = max(1, gap // 2)


def _spread(count: int, most: int) -> NDArray[np.int64]:
    """Return up to `most` of `count` places, evenly spread, with the first and the last."""
    return np.unique(np.linspace(0, max(0, count - 1), min(count, most)).round().astype(np.int64))
