"""Answers to what the page asks of weights: what each run has learned, its path before a plane, gradient and sharpness.

They are given of trainings as far as those have come, with the first seed, and never wait for one.
"""

from typing import Any

import orjson

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.explanations.learned_view import learned_view
from fall_line.pages.train.plane_choice import choice_of
from fall_line.pages.train.plane_view import plane_view
from fall_line.pages.train.sharpness_view import sharpness_view
from fall_line.pages.train.trained import so_far
from fall_line.training.history import History
from fall_line.training.learned import PLACES
from fall_line.validation import quoted

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
    return orjson.dumps(learned_view(experiment, _histories(experiment), round(step), places))


def plane(question: Any) -> bytes:
    """Return the paths of `experiment` before the `plane` that is asked for, as JSON; see `plane_view`.

    Raises:
        ExperimentError: something in the question can't be used, or there is no such plane.
    """
    asked = _question(question)
    experiment = check(asked.get("experiment"))
    choice = choice_of(asked.get("plane", {}), len(experiment.runs))
    return orjson.dumps(plane_view(experiment, _histories(experiment), choice))


def sharpness(question: Any) -> bytes:
    """Return gradient and sharpness along each run of `experiment` as far as known, as JSON; see `sharpness_view`.

    Raises:
        ExperimentError: something in the question can't be used.
    """
    experiment = check(_question(question).get("experiment"))
    return orjson.dumps(sharpness_view(experiment, [seeds[0] for seeds in so_far(experiment)]))


def _question(question: Any) -> dict[str, Any]:
    if not isinstance(question, dict):
        raise ExperimentError(f"A question must be an object with an experiment, not {quoted(question)}.")
    return question


def _histories(experiment: TrainingExperiment) -> list[History | None]:
    """Return the training of each run with the first seed, or None if it has not begun."""
    return [seeds[0].history for seeds in so_far(experiment)]
