"""What the Train page is sent of trainings: curves as far as they have come, and what became of each run."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.experiment_run import SCHEDULED
from fall_line.experiments.schedule_curves import thinned
from fall_line.experiments.training_experiment import TrainingExperiment, TrainingRun
from fall_line.experiments.training_link import to_query
from fall_line.training.batches import batches
from fall_line.training.ending import Kind, best_step, ending, first_not_finite
from fall_line.training.history import History
from fall_line.training.train import RARELY, SMALL, values_by_step

MOST_POINTS = 2000  # of a curve
GREATEST = float(np.finfo(np.float32).max)
CURVES = ("loss", "validation_loss", "accuracy", "validation_accuracy")


# Of the words in the table.
CLASSES = {Kind.NOT_FINITE: "not_finite", Kind.ROSE: "outside", Kind.FALLING: "moving"}


class Words(NamedTuple):
    """What is told of a training, in few words and in a sentence."""

    short: str
    sentence: str


class Told(NamedTuple):
    """A training as far as it has come.

    Attributes:
        key: what it is called; the same training has the same key.
        history: what is known of it, or None if it has not begun.
        step: how many steps have been made.
        stopped: the step at which it ended early, or None.
        done: whether it has ended.
    """

    key: str
    history: History | None
    step: int
    stopped: int | None
    done: bool


def training_answer(
    experiment: TrainingExperiment, runs: Sequence[Sequence[Told]], known: dict[str, int], known_epochs: str = ""
) -> dict[str, Any]:
    """Return what the page draws of `runs`, which hold a training for each seed, ready for JSON.

    `every` is how many steps there are from one point of a curve to the next; the last point is that of the last step.
    `batches` are the least and the greatest size of a minibatch, if they grow.
    `schedules` holds the curves of each run's schedules.
    `epochs` is base64 of float32 (points,), how often all points of the data have been seen, and null if its key is
    `known_epochs`. A training's `columns` are base64 of float32 (4, points), see `CURVES`, without the first ones, as
    many as are `known` of its key.
    """
    every = _every(experiment)
    shuffled = batches(experiment.points, experiment.batch_sizes, experiment.steps, experiment.seed)
    epochs = shuffled.epochs[_points(experiment.steps, every)]
    epochs_key = hashlib.blake2b(epochs.tobytes(), digest_size=8).hexdigest()
    return {
        "steps": experiment.steps,
        "every": every,
        "epochs": None if epochs_key == known_epochs else _packed(epochs),
        "epochs_key": epochs_key,
        "batches": _batches(experiment),
        "trainings": [[_training(experiment, one, every, known.get(one.key, 0)) for one in seeds] for seeds in runs],
        "reports": [_report(experiment, run.name, seeds) for run, seeds in zip(experiment.runs, runs, strict=True)],
        "schedules": [_schedule_curves(experiment, run) for run in experiment.runs],
        "query": to_query(experiment),
    }


def _schedule_curves(experiment: TrainingExperiment, run: TrainingRun) -> dict[str, list[float]]:
    """Return the course of what follows each schedule; of several hyperparameters that follow one the first is told."""
    if not run.schedules:
        return {}
    kinds: list[str] = [hyper.schedulable for hyper in run.optimizer.hypers]
    columns = values_by_step(experiment, run).T
    return {name: thinned(columns[kinds.index(SCHEDULED[name])]).tolist() for name in run.schedules}


def _every(experiment: TrainingExperiment) -> int:
    looks = 1 if experiment.task.points <= SMALL else RARELY
    return looks * -(-experiment.steps // (looks * MOST_POINTS))


def _batches(experiment: TrainingExperiment) -> list[int] | None:
    sizes = experiment.batch_sizes
    return [min(sizes), max(sizes)] if isinstance(sizes, tuple) else None


def _points(steps: int, every: int) -> NDArray[np.int64]:
    return np.unique(np.append(np.arange(0, steps, every), steps))


def _training(experiment: TrainingExperiment, told: Told, every: int, known: int) -> dict[str, Any]:
    said = {"key": told.key, "step": told.step, "done": told.done, "from": 0, "columns": ""}
    if told.history is None:
        return said
    history = told.history
    rows = np.flatnonzero(
        (history.steps % every == 0) | (history.steps == experiment.steps) | (history.steps == told.stopped)
    )
    known = known if known <= len(rows) else 0
    columns = np.stack([getattr(history, name)[rows[known:]] for name in CURVES])
    return said | {"from": known, "columns": _packed(columns), "last": int(history.steps[rows[-1]])}


def _report(experiment: TrainingExperiment, name: str, seeds: Sequence[Told]) -> dict[str, Any]:
    """Return the numbers of the first seed, and the range of the others' losses."""
    first = seeds[0]
    if first.history is None:
        waits = {"outcome": "waiting", "sentence": "Its training has not begun.", "kind": "moving"}
        return {"name": name, "numbers": ["—"] * 5, "spread": "", **waits}
    words, kind = _became(experiment, first, first.history)
    return {
        "name": name,
        "numbers": _numbers(experiment, first.history, first.done),
        "spread": _spread(seeds),
        "outcome": words.short,
        "sentence": words.sentence,
        "kind": kind,
    }


def _became(experiment: TrainingExperiment, told: Told, history: History) -> tuple[Words, str]:
    """Return what became of a training, or how far it is, and the class of that."""
    if told.done or first_not_finite(history) is not None:
        found = ending(experiment, history)
        return Words(found.short, found.sentence), CLASSES.get(found.kind, "settled")
    sentence = f"Still training: {told.step} of {experiment.length_words} are made."
    return Words(f"training, {told.step} of {experiment.steps}", sentence), "moving"


def _numbers(experiment: TrainingExperiment, history: History, done: bool) -> list[str]:
    """Return loss, validation loss, both accuracies and the least validation loss, as a table has them."""
    kept = best_step(experiment, history) if done else None
    row = np.flatnonzero(history.looked)[-1] if kept is None else kept
    validated = experiment.validation > 0
    return [
        _loss(history.loss[row]),
        _loss(history.validation_loss[row]) if validated else "—",
        _share(experiment, history.accuracy[row]),
        _share(experiment, history.validation_accuracy[row]) if validated else "—",
        _least(history),
    ]


def _least(history: History) -> str:
    losses = np.where(np.isfinite(history.validation_loss), history.validation_loss, np.inf)
    best = int(np.argmin(losses))
    return "—" if np.isinf(losses[best]) else f"{_loss(losses[best])} at {history.steps[best]}"


def _spread(seeds: Sequence[Told]) -> str:
    """Return the least and the greatest last loss of all seeds, if there are several."""
    losses = [one.history.loss[one.history.looked][-1] for one in seeds if one.history is not None]
    return f"{_loss(np.min(losses))} to {_loss(np.max(losses))}" if len(seeds) > 1 and losses else ""


def _loss(value: float) -> str:
    if np.isnan(value):
        return "NaN"
    return "∞" if np.isinf(value) else f"{value:.4g}"


def _share(experiment: TrainingExperiment, value: float) -> str:
    if not experiment.task.classes:
        return "—"
    return "NaN" if np.isnan(value) else f"{100 * value:.1f} %"


def _packed(values: NDArray[np.float64]) -> str:
    # What is finite stays so; such losses are far beyond every plot.
    narrow = np.where(np.isfinite(values), np.clip(values, -GREATEST, GREATEST), values)
    return base64.b64encode(narrow.astype("<f4").tobytes()).decode("ascii")
