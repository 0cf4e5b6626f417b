"""What the page is sent for an experiment: paths for the screen, numbers and words for the table, the link."""

import base64
import math
from typing import Any

import numpy as np

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.link import to_query
from fall_line.experiments.noise_words import fewer_words, median_words, noise_words, surface_words
from fall_line.experiments.schedule_curves import schedule_curves
from fall_line.explanations.outcome import unsettled
from fall_line.explanations.report import Report, report, summary
from fall_line.trajectories.minima import minima_if_known, minima_of
from fall_line.trajectories.run import Fan, fans, last_finite


def answer(experiment: Experiment, *, wait: bool = True) -> dict[str, Any]:
    """Return everything that the page draws for `experiment`, ready for JSON.

    `points` is base64 of float32 (runs, steps + 1, 2), `heights` of float32 (runs, steps + 1), both C-ordered
    and little-endian: enough for the screen. A height is the loss less `floor`, the lowest known minimum's loss,
    subtracted in float64 so that a logarithmic plot is true near the minimum. `ends` is the last finite step of
    each run. `fan` holds the paths of all seeds in the same way, (runs, seeds, steps + 1, …), or is None where there is
    one path a run; `noise` tells of them in words. `schedules` holds the curves of each run's schedules, a report's
    `kept_step` the step to whose point the run goes back at its end. Reports carry the float64 numbers as text.

    Where minima must be searched for, `wait` says whether the answer does. Without it `minima` may be `searching`:
    floor then knows of none and outcomes say so, and the same question, asked again until it is `known`, has them.
    """
    all_fans = fans(experiment)
    trajectories = [one.median for one in all_fans]
    known = minima_of(experiment.landscape) if wait else minima_if_known(experiment.landscape)
    minima = known or ()
    reports = report(experiment, trajectories, minima)
    if known is None:
        reports = [one._replace(outcome=unsettled(one.outcome)) for one in reports]
    floor = minima[0].loss if minima else 0.0
    return {
        "steps": experiment.steps,
        "points": _packed([one.points for one in trajectories]),
        "heights": _packed([one.losses - floor for one in trajectories]),
        "floor": floor if minima else None,
        "minima": "searching" if known is None else "known",
        "ends": [last_finite(one) for one in trajectories],
        "fan": _fan(all_fans, floor),
        "noise": {
            "words": noise_words(experiment),
            "median": median_words(experiment),
            "surface": surface_words(experiment),
            "fewer": fewer_words(experiment),
        },
        "schedules": [schedule_curves(one, experiment.steps) for one in experiment.runs],
        "reports": [_row(one) for one in reports],
        "summary": summary(experiment, reports),
        "query": to_query(experiment),
    }


def _fan(all_fans: list[Fan], floor: float) -> dict[str, Any] | None:
    paths = [path for one in all_fans for path in one.paths]
    if len(paths) == len(all_fans):
        return None
    heights = [path.losses - floor for path in paths]
    return {
        "seeds": len(all_fans[0].paths),
        "points": _packed([path.points for path in paths]),
        "heights": _packed(heights),
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
        "kept_step": one.kept_step,
    }


def number(value: float) -> str:
    """Return `value` for a table: five significant digits, NaN and infinities by their names."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value + 0.0:.5g}".replace("-", "−")
