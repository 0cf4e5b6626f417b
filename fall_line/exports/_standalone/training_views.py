"""What a page of its own shows of weights: what each run has learned at some steps, and the paths before a plane."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import orjson

from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.explanations.learned_view import learned_view
from fall_line.explanations.plane_answer import grid_answer, path_answer
from fall_line.exports._standalone.document import compressed
from fall_line.training.history import History
from fall_line.training.paths_on_plane import principal, square_of
from fall_line.training.plane import PURE_NOISE
from fall_line.training.train import lesson_of

PLACES = 40  # of a map along each coordinate
GRID = 49  # of the losses on the plane
MOST_LOOKS, FEWEST_LOOKS = 13, 5  # steps at which it is told what each run has learned
ROOM = 165_000  # bytes of a file for what is told at all of them


def learned(experiment: TrainingExperiment, histories: Sequence[History]) -> dict[str, Any]:
    """Return what the runs have learned at some steps, the first and the last among them, ready for JSON.

    It is what the Train page is told, with `looks` in place of `runs`: each has a `step` and the `runs` at it.
    """
    first = learned_view(experiment, histories, experiment.steps, PLACES)
    size = len(compressed(orjson.dumps(first["runs"])))
    count = min(MOST_LOOKS, experiment.steps + 1, max(FEWEST_LOOKS, ROOM // size))
    steps = np.unique(np.linspace(0, experiment.steps, count).round().astype(int)).tolist()
    runs = [learned_view(experiment, histories, step, PLACES)["runs"] for step in steps[:-1]] + [first.pop("runs")]
    return first | {"looks": [{"step": step, "runs": one} for step, one in zip(steps, runs, strict=True)]}


def plane(experiment: TrainingExperiment, histories: Sequence[History]) -> dict[str, Any] | None:
    """Return the plane of the two principal components of all paths, as the Train page is told of it.

    None if the weights stand still, for then there is no such plane.
    """
    lesson = lesson_of(experiment, experiment.seed)
    try:
        found = principal(histories)
    except ValueError:
        return None
    square = square_of(found, histories)
    return {
        "kind": "pca",
        "key": "pca",
        "through": (),
        "shares": None if found.shares is None else found.shares.tolist(),
        "noise": PURE_NOISE,
        "square": square._asdict(),
        "grid_key": "pca",
        "grid": grid_answer(lesson, found, square, GRID),
        "runs": [{"key": str(run), "thin": (), **path_answer(found, lesson, one)} for run, one in enumerate(histories)],
    }
