"""Trainings in one file: losses, weights, and where each stands, to the last bit."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jax
import numpy as np

from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.training.history import History
from fall_line.training.program import Standing
from fall_line.training.train import begin, hyper_values, lesson_of
from fall_line.training.under_way import Made

NEVER = -1  # instead of the step at which one stopped early


def save(path: Path, trainings: Sequence[Made], weights: bool = True) -> None:
    """Write `trainings` as they stand; without `weights` only what is told of them, which is soon written.

    Raises:
        OSError: the file can't be written.
    """
    arrays: dict[str, Any] = {"count": np.int64(len(trainings))}
    for place, made in enumerate(trainings):
        stopped = NEVER if made.stopped is None else made.stopped
        arrays[f"{place} at"] = np.array([made.step, stopped])
        if made.history is not None:
            told = made.history if weights else without_weights(made.history)
            arrays |= {f"{place} {name}": column for name, column in told._asdict().items()}
        leaves = jax.tree.leaves(made.standing) if weights else []
        arrays |= {f"{place} standing {number}": np.asarray(leaf) for number, leaf in enumerate(leaves)}
    with path.open("wb") as file:
        np.savez(file, **arrays)


def load(path: Path, experiment: TrainingExperiment) -> list[Made]:
    """Return the trainings of `experiment` in the file, run by run and of each seed by seed.

    Raises:
        OSError: the file can't be read.
        ValueError: it is spoiled.
    """
    trainings = [(run, seed) for run in experiment.runs for seed in experiment.all_seeds]
    try:
        with np.load(path, allow_pickle=False) as file:
            if int(file["count"]) != len(trainings):
                raise ValueError("The file has other trainings.")
            return [_made(file, place, experiment, *one) for place, one in enumerate(trainings)]
    except (KeyError, EOFError) as error:
        raise ValueError("The file lacks something.") from error


def without_weights(history: History) -> History:
    """Return what is told of a training, without its weights."""
    return history._replace(kept=history.kept[:0], weights=history.weights[:0])


def _made(file: Any, place: int, experiment: TrainingExperiment, run: Any, seed: int) -> Made:
    step, stopped = file[f"{place} at"].tolist()
    columns = {name: file[f"{place} {name}"] for name in History._fields if f"{place} {name}" in file}
    history = History(**columns) if columns else None
    return Made(history, _standing(file, place, experiment, run, seed), step, None if stopped == NEVER else stopped)


def _standing(file: Any, place: int, experiment: TrainingExperiment, run: Any, seed: int) -> Standing | None:
    """Return where a training stands: the method's memory is shaped as at its beginning."""
    if f"{place} standing 0" not in file:
        return None
    first = begin(lesson_of(experiment, seed), run.optimizer, hyper_values(run, experiment.steps))
    leaves, shape = jax.tree.flatten(first)
    return jax.tree.unflatten(shape, [file[f"{place} standing {number}"] for number in range(len(leaves))])
