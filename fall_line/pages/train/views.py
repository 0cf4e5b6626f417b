"""Answers to what the page asks of weights: what each run has learned, its path before a plane, gradient and sharpness.

They are given of trainings as far as those have come, and never wait for one.
"""

from dataclasses import replace
from typing import Any

import orjson
from pydantic_core import PydanticCustomError

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.explanations.learned_view import learned_view
from fall_line.pages.train.plane_choice import choice_of, known_keys
from fall_line.pages.train.plane_view import plane_view
from fall_line.pages.train.sharpness_view import sharpness_view
from fall_line.pages.train.trained import so_far
from fall_line.training.history import History
from fall_line.training.learned import PLACES
from fall_line.validation import quoted, whole

MOST_PLACES = 128  # of a map along each coordinate


def learned(question: Any) -> bytes:
    """Return what each run of `experiment` has learned at `step`, maps with `places` along each coordinate, as JSON.

    Raises:
        ExperimentError: something in the question can't be used.
    """
    asked = _question(question)
    experiment, step = check(asked.get("experiment")), asked.get("step", 0)
    if not isinstance(step, int | float) or not 0 <= step <= experiment.steps:
        raise ExperimentError(f"The step is {quoted(step)}; it must be a number from 0 to {experiment.steps}.")
    places = min(MOST_PLACES, max(2, int(asked["places"]))) if isinstance(asked.get("places"), int) else PLACES
    histories, _ = _by_seed(experiment, _seed(experiment, asked.get("seed")))
    return orjson.dumps(learned_view(experiment, histories, round(step), places, known_keys(asked.get("known"))))


def plane(question: Any) -> bytes:
    """Return the paths of `experiment` before the `plane` that is asked for, as JSON; see `plane_view`.

    Raises:
        ExperimentError: something in the question can't be used, or there is no such plane.
    """
    asked = _question(question)
    experiment = check(asked.get("experiment"))
    seed = _seed(experiment, asked.get("seed"))
    choice = replace(choice_of(asked.get("plane", {}), len(experiment.runs)), shown_seed=seed)
    histories, others = _by_seed(experiment, seed)
    return orjson.dumps(plane_view(experiment, histories, choice, others))


def sharpness(question: Any) -> bytes:
    """Return gradient and sharpness along each run of `experiment` as far as known, as JSON; see `sharpness_view`.

    Raises:
        ExperimentError: something in the question can't be used.
    """
    asked = _question(question)
    experiment = check(asked.get("experiment"))
    seed = _seed(experiment, asked.get("seed"))
    place = experiment.all_seeds.index(seed)
    return orjson.dumps(sharpness_view(experiment, [seeds[place] for seeds in so_far(experiment)], seed))


def _question(question: Any) -> dict[str, Any]:
    if not isinstance(question, dict):
        raise ExperimentError(f"A question must be an object with an experiment, not {quoted(question)}.")
    return question


def _seed(experiment: TrainingExperiment, given: Any) -> int:
    """Return the seed with which runs are shown, the first unless one is `given`."""
    first, last = experiment.all_seeds[0], experiment.all_seeds[-1]
    try:
        return first if given is None else whole("the seed that is shown", given, first, last)
    except PydanticCustomError as refused:
        sentence = str((refused.context or {})["text"])
        raise ExperimentError(f"{sentence[0].upper()}{sentence[1:]}.") from None


def _by_seed(experiment: TrainingExperiment, seed: int) -> tuple[list[History | None], list[list[History | None]]]:
    """Return the training of each run with `seed`, and those with the other seeds; None for one that has not begun."""
    place = experiment.all_seeds.index(seed)
    every = [[one.history for one in seeds] for seeds in so_far(experiment)]
    return [seeds[place] for seeds in every], [seeds[:place] + seeds[place + 1 :] for seeds in every]
