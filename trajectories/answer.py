"""What the page is sent for an experiment: paths for the screen, numbers and words for the table, the link."""

import base64
import math
from typing import Any

import numpy as np

from landscapes import find_surface
from trajectories.experiment import Experiment
from trajectories.link import to_query
from trajectories.outcome import last_finite
from trajectories.report import Report, report, summary
from trajectories.run import run


def answer(experiment: Experiment) -> dict[str, Any]:
    """Return everything that the page draws for `experiment`, ready for JSON.

    `points` is base64 of float32 (runs, steps + 1, 2), `heights` of float32 (runs, steps + 1), both C-ordered
    and little-endian: enough for the screen. A height is the loss less `floor`, the lowest known minimum's loss,
    subtracted in float64 so that a logarithmic plot is true near the minimum. `ends` is the last finite step of
    each run. The reports carry the float64 numbers as text.
    """
    trajectories = run(experiment)
    reports = report(experiment, trajectories)
    minima = find_surface(experiment.surface).minima
    floor = minima[0].loss if minima else 0.0
    return {
        "steps": experiment.steps,
        "points": _packed([one.points for one in trajectories]),
        "heights": _packed([one.losses - floor for one in trajectories]),
        "floor": floor if minima else None,
        "ends": [last_finite(one) for one in trajectories],
        "reports": [_row(one) for one in reports],
        "summary": summary(experiment, reports),
        "query": to_query(experiment),
    }


def _packed(arrays: list[np.ndarray]) -> str:
    with np.errstate(over="ignore"):
        return base64.b64encode(np.stack(arrays).astype("<f4").tobytes()).decode("ascii")


def _row(one: Report) -> dict[str, Any]:
    return {
        "name": one.name,
        "final_loss": number(one.final_loss),
        "best_loss": number(one.best_loss),
        "best_step": one.best_step,
        "steps_to_tolerance": one.steps_to_tolerance,
        "path_length": number(one.path_length),
        "outcome": one.outcome.short,
        "sentence": one.outcome.sentence,
        "kind": one.outcome.kind.name.lower(),
    }


def number(value: float) -> str:
    """Return `value` for a table: five significant digits, NaN and infinities by their names."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value + 0.0:.5g}".replace("-", "−")
