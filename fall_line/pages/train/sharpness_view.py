"""Gradient and sharpness along all runs, as the page is sent them: in pieces, until all is there.

What has been found is kept by the name of the training. It is found in a turn with those who train, one number after
another.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from time import monotonic
from typing import Any

import numpy as np

from fall_line.experiments.training_experiment import TrainingExperiment, TrainingRun
from fall_line.explanations.learned_view import packed
from fall_line.pages.train.trained import MOST_WAITING, PATIENCE, turns
from fall_line.pages.train.training import Training
from fall_line.training.history import Floats
from fall_line.training.sharpness import Look, Looks, in_order, looks_of, sees_all_points, value_at
from fall_line.training.stability import LIMITS, stability_limit
from fall_line.training.train import Lesson, lesson_of, values_by_step

PIECE = 0.15  # s until an answer is given
KEPT = 256  # trainings

Found = dict[tuple[bool, int], float]  # by whether it is λ_max, and by the step

_found: OrderedDict[str, Found] = OrderedDict()
_keeping = threading.Lock()


def sharpness_view(experiment: TrainingExperiment, trainings: Sequence[Training], seed: int) -> dict[str, Any]:
    """Return what is known of gradient and sharpness along `trainings`, that of each run with `seed`, ready for JSON.

    `whole` says whether each step sees all points, without which there is no λ_max; `done` whether all is found;
    `waiting` how many train and wait, if the turn didn't come. Of each run that has begun `steps` and `norms` are ‖∇J‖
    where it is known, `sharp_steps` and `sharpness` λ_max; `limit_steps` and `limits` what λ_max the method bears at
    each step, by its `formula`, or null: base64 of float32.
    """
    lesson = lesson_of(experiment, seed)
    histories = [one.history for one in trainings]
    looks = [None if one is None else looks_of(lesson, one, len(trainings)) for one in histories]
    kept = [_kept(one.key) for one in trainings]
    wanted = in_order(looks)
    came = _find([one for one in wanted if (one.sharp, one.step) not in kept[one.training]], lesson, trainings, kept)
    return {
        "whole": sees_all_points(lesson),
        "done": all((one.sharp, one.step) in kept[one.training] for one in wanted),
        "waiting": 0 if came else turns.waiting,
        "runs": [
            None if look is None else _run(experiment, run, look, known)
            for run, look, known in zip(experiment.runs, looks, kept, strict=True)
        ],
    }


def _kept(key: str) -> Found:
    with _keeping:
        found = _found.setdefault(key, {})
        _found.move_to_end(key)
        while len(_found) > KEPT:
            _found.popitem(last=False)
        return found


def _find(wanted: Sequence[Look], lesson: Lesson, trainings: Sequence[Training], kept: Sequence[Found]) -> bool:
    """Find some of what is `wanted`, if the turn comes; say whether it came."""
    if not wanted:
        return True
    with turns.turn(PATIENCE, MOST_WAITING) as came:
        until = monotonic() + PIECE
        for look in wanted if came else []:
            history = trainings[look.training].history
            if history is not None:
                kept[look.training][look.sharp, look.step] = value_at(lesson, history, look)
            if monotonic() > until:
                break
    return came


def _run(experiment: TrainingExperiment, run: TrainingRun, looks: Looks, known: Found) -> dict[str, Any]:
    limits = limits_at(experiment, run, looks) if len(looks.sharp) else None
    return {
        **_columns("steps", "norms", {step: known.get((False, step)) for step in looks.norms.tolist()}),
        **_columns("sharp_steps", "sharpness", {step: known.get((True, step)) for step in looks.sharp.tolist()}),
        "limit_steps": packed(looks.norms),
        "limits": None if limits is None else packed(limits),
        "formula": None if limits is None else LIMITS[run.optimizer.key].formula,
    }


def limits_at(experiment: TrainingExperiment, run: TrainingRun, looks: Looks) -> Floats | None:
    """Return what λ_max `run` bears at the step that follows each look, after its schedules; None without a limit."""
    hypers = values_by_step(experiment, run)[np.minimum(looks.norms, experiment.steps - 1)]
    names = [hyper.key for hyper in run.optimizer.hypers]
    limits = stability_limit(run.optimizer.key, dict(zip(names, hypers.T, strict=True)))
    return None if limits is None else np.asarray(limits, float)


def _columns(steps: str, values: str, found: dict[int, float | None]) -> dict[str, str]:
    known = {step: value for step, value in found.items() if value is not None}
    return {steps: packed(np.array(list(known), float)), values: packed(np.array(list(known.values()), float))}
