"""Answers to what the Train page asks, from checked input to plain data."""

from dataclasses import asdict
from typing import Any

import orjson

from fall_line.experiments.published_trainings import PUBLISHED_TRAININGS
from fall_line.experiments.schedules import SCHEDULES
from fall_line.experiments.training_experiment import OF_TASK, check
from fall_line.explanations.training_answer import Told, training_answer
from fall_line.figures.theme import PALETTES
from fall_line.pages.train.long_trainings import Long, look
from fall_line.pages.train.methods import training_numbers
from fall_line.pages.train.network_numbers import network_numbers
from fall_line.pages.train.trained import so_far, train_on, turns
from fall_line.pages.train.training import Training
from fall_line.training.cost import check_cost
from fall_line.validation import InputError
from networks import TASKS, Task


def answers(question: Any, browser: str = "") -> bytes:
    """Return as JSON how far the trainings of an experiment have come, a moment after they were asked for.

    `question` has the `experiment`; how many points are `known` of each training, by its key; the key of the `epochs`
    that the page has; and whether to train on: with `rests` nothing is trained, and what is there is told. What takes
    long is trained by a `job`, which the question may `start` or `cancel`; the answer tells of it. `browser` is
    whatever tells one reader from another.

    Raises:
        InputError: something in it can't be used, it would take too long, or too many long trainings wait.
        ExportError: the job folder can't be used.
    """
    if not isinstance(question, dict):
        raise InputError("A question must be an object with an experiment.")
    experiment = check(question.get("experiment"))
    check_cost(experiment)
    long = look(experiment, question.get("job"), browser)
    came = bool(question.get("rests")) or long is not None or train_on(experiment)
    runs = [[_told(one, long) for one in seeds] for seeds in so_far(experiment)]
    answer = training_answer(experiment, runs, _known(question.get("known")), str(question.get("epochs", "")))
    return orjson.dumps(answer | {"waiting": 0 if came else turns.waiting, "job": long and long.job})


def _told(training: Training, long: Long | None) -> Told:
    """Return what is told of a training; one that is a job is done once its file has been read."""
    if long is not None and not training.done and training.key in long.told:
        made = long.told[training.key]
        return Told(training.key, made.history, made.step, made.stopped, False)
    return Told(training.key, training.history, training.step, training.stopped, training.done)


def _known(given: Any) -> dict[str, int]:
    if not isinstance(given, dict):
        return {}
    return {key: points for key, points in given.items() if isinstance(points, int) and points >= 0}


def catalogue() -> dict[str, Any]:
    """Return what the page's own code must know, ready for JSON."""
    return {
        "optimizers": training_numbers(),
        "numbers": network_numbers(),
        "tasks": {key: _task(task) for key, task in TASKS.items()},
        "schedules": {key: {one.key: asdict(one) for one in kind.hypers} for key, kind in SCHEDULES.items()},
        "published": {
            key: {"title": one.title, "lesson": one.lesson, "experiment": one.experiment.model_dump(mode="json")}
            for key, one in PUBLISHED_TRAININGS.items()
        },
        "palettes": {theme: palette._asdict() for theme, palette in PALETTES.items()},
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "label": task.label,
        "lesson": task.lesson,
        "points": task.points,
        "classes": len(task.classes),
        "first": {name: getattr(task, name) for name in OF_TASK},
    }
