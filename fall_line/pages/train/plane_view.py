"""The paths of all runs before one plane of weights, and the loss on it, as the page is sent them.

A plane has a key. While a hyperparameter is dragged the page asks for the plane that stands, by its key, and only the
paths move; at rest the plane is found anew, its axes along those of the one before.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.explanations.plane_answer import grid_answer
from fall_line.pages.train.paths_view import Beside, paths_view
from fall_line.pages.train.plane_choice import PlaneChoice
from fall_line.training.history import Floats, History
from fall_line.training.paths_on_plane import (
    Square,
    principal,
    random_about,
    square_of,
    through_ends,
    vectors_about,
)
from fall_line.training.plane import PURE_NOISE, Plane
from fall_line.training.train import Lesson, lesson_of

KEPT = 64  # planes, and as many grids


class Seen(NamedTuple):
    """A plane, the part of it that is seen, and the choice that it was made by."""

    plane: Plane
    square: Square
    made: tuple[str, tuple[int, ...], int, int | None]


_planes: OrderedDict[str, Seen] = OrderedDict()
_grids: OrderedDict[str, dict[str, Any]] = OrderedDict()
_computing = threading.Lock()  # one grid at a time: it takes all cores that it gets
_keeping = threading.Lock()


def plane_view(
    experiment: TrainingExperiment,
    histories: Sequence[History | None],
    choice: PlaneChoice,
    others: Sequence[Sequence[History | None]] = (),
) -> dict[str, Any]:
    """Return what is drawn of the runs with these `histories` before the chosen plane, ready for JSON.

    `others` are those of each run with other seeds: they are drawn thin, and have no say in which plane it is.

    `grid` has `unit` log₁₀ J on the part of the plane that is seen, rows of β from low to high; it is null if the page
    has it. For `runs` see `paths_view`.

    Raises:
        ExperimentError: there is no such plane; the sentence says why, and what to choose instead.
    """
    if all(one is None for one in histories):
        raise ExperimentError("No run has begun to train yet, so there is no path to see.")
    lesson = lesson_of(experiment, experiment.seed if choice.shown_seed is None else choice.shown_seed)
    fans = [[one for one in run if one is not None] for run in others] or [[] for _ in histories]
    seen = _standing(choice, lesson) if choice.stands else None
    seen = seen or _found(lesson, histories, fans, choice)
    key = _keep(_planes, _key_of(seen), seen)
    grid_key = _grid_key(experiment, key, choice.grid)
    known = not choice.grid or choice.grid_key == grid_key
    return {
        "kind": choice.kind,
        "key": key,
        "through": choice.made[1],
        "shares": None if seen.plane.shares is None else seen.plane.shares.tolist(),
        "noise": PURE_NOISE,
        "square": seen.square._asdict(),
        "grid_key": grid_key,
        "grid": None if known else _grid(lesson, seen, choice.grid, grid_key),
        "runs": paths_view(Beside(seen.plane, lesson, _grid_key(experiment, key, 0)), histories, fans, choice.known),
    }


def _standing(choice: PlaneChoice, lesson: Lesson) -> Seen | None:
    seen = _planes.get(choice.key)
    fits = seen is not None and len(seen.plane.centre) == lesson.network.count and seen.made == choice.made
    return seen if fits else None


def _found(
    lesson: Lesson, histories: Sequence[History | None], fans: Sequence[Sequence[History]], choice: PlaneChoice
) -> Seen:
    before = _planes.get(choice.key)
    begun = [one for one in histories if one is not None]
    try:
        plane = _plane(lesson, histories, begun, choice, before.plane if before else None)
    except ValueError as error:
        if isinstance(error, ExperimentError):
            raise
        raise ExperimentError("The weights stand still, so no plane lies along their path. Train further.") from error
    # The usual picture of a random plane reaches from −1 to 1 along both directions.
    square = square_of(plane, sum(map(list, fans), begun), least=1.0 if choice.kind == "random" else 0.0)
    return Seen(plane, square, choice.made)


def _plane(
    lesson: Lesson,
    histories: Sequence[History | None],
    begun: Sequence[History],
    choice: PlaneChoice,
    like: Plane | None,
) -> Plane:
    if choice.kind == "pca":
        return principal(begun, like)
    first, second = (histories[one] for one in choice.runs)
    if choice.kind == "ends":
        if choice.runs[0] == choice.runs[1]:
            raise ExperimentError("The plane through start and ends needs two runs: choose another one, or add one.")
        if first is None or second is None:
            raise ExperimentError("One of the two runs has not begun to train yet.")
        return through_ends(first, second)
    middle = first if first is not None else begun[0]
    if choice.kind == "random":
        return random_about(lesson, middle, choice.seed)
    return vectors_about(middle, choice.seed)


def _grid(lesson: Lesson, seen: Seen, places: int, key: str) -> dict[str, Any]:
    with _computing:
        found = _grids.get(key) or grid_answer(lesson, seen.plane, seen.square, places)
        _keep(_grids, key, found)
        return found


def _key_of(seen: Seen) -> str:
    plane = seen.plane
    parts: list[Floats] = [
        plane.centre,
        plane.directions,
        plane.origin,
        np.array([*seen.square.middle, seen.square.half]),
    ]
    said = [repr(seen.made).encode(), *(np.ascontiguousarray(part).tobytes() for part in parts)]
    return hashlib.sha256(b"".join(said)).hexdigest()[:20]


def _grid_key(experiment: TrainingExperiment, key: str, places: int) -> str:
    """Return what a grid is called: the same plane, places, network, points and penalty have the same one."""
    said = experiment.model_dump_json(include={"task", "layers", "activation", "validation", "l2"})
    return hashlib.sha256(f"{key} {places} {said}".encode()).hexdigest()[:20]


def _keep(kept: OrderedDict[str, Any], key: str, value: Any) -> str:
    with _keeping:
        kept[key] = value
        kept.move_to_end(key)
        while len(kept) > KEPT:
            kept.popitem(last=False)
    return key
