"""What the page is sent for an experiment: paths for the screen, numbers and words for the table, the link."""

import base64
import math
from typing import Any, NamedTuple

import numpy as np

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.link import to_query
from fall_line.experiments.noise_words import (
    drawn_words,
    fewer_words,
    loss_words,
    median_words,
    noise_words,
    surface_words,
)
from fall_line.experiments.page_links import response_of
from fall_line.experiments.schedule_curves import schedule_curves
from fall_line.explanations.outcome import unsettled
from fall_line.explanations.report import Report, report, summary
from fall_line.trajectories.minima import minima_if_known, minima_of
from fall_line.trajectories.run import Trajectory, each_fan, last_finite
from fall_line.trajectories.seed_statistics import SeedStatistics, seed_statistics


class _Seeds(NamedTuple):
    """What is kept of a run's fan: the path shown and its seed, those that the plot draws, what is told of all."""

    median: Trajectory
    seed: int
    drawn: list[Trajectory]
    statistics: SeedStatistics


def answer(experiment: Experiment, *, wait: bool = True) -> dict[str, Any]:
    """Return everything that the page draws for `experiment`, ready for JSON.

    `points` is base64 of float32 (runs, steps + 1, 2), `heights` of float32 (runs, steps + 1), both C-ordered and
    little-endian: enough for the screen, but for surfaces on which even the start lies beyond 3e38: their heights
    are float64. A height is the loss less `floor`, the lowest known minimum's loss, subtracted in float64 so that a
    logarithmic plot is true near the minimum. `ends` is the last finite step of each run. `fan` holds the paths of
    the seeds that are drawn in the same way, (runs, seeds, steps + 1, …), or is None where one path a run is;
    `band` the quartiles of all seeds as heights, (runs, steps + 1); `noise` tells of them in words. `schedules`
    holds the curves of each run's schedules, a report's `kept_step` the step to whose point the run goes back at
    its end, its `chaotic_from_step` the one from which rounding or a start next to it leads elsewhere. Reports carry
    the float64 numbers as text.

    `query` is the link's, `responses` has for each run that of its answer to a gradient signal, or None.

    Where minima must be searched for, `wait` says whether the answer does. Without it `minima` may be `searching`:
    floor then knows of none and outcomes say so, and the same question, asked again until it is `known`, has them.
    """
    known = minima_of(experiment.landscape) if wait else minima_if_known(experiment.landscape)
    minima = known or ()
    seeds = [
        _Seeds(
            fan.median,
            experiment.all_seeds[fan.middle],
            fan.paths[: experiment.drawn_seeds],
            seed_statistics(experiment, fan, minima),
        )
        for fan in each_fan(experiment)
    ]
    trajectories = [one.median for one in seeds]
    reports = report(experiment, trajectories, minima, [one.seed for one in seeds])
    if known is None:
        reports = [one._replace(outcome=unsettled(one.outcome)) for one in reports]
    floor = minima[0].loss if minima else 0.0
    return {
        "steps": experiment.steps,
        "points": _packed([one.points for one in trajectories]),
        "heights": _packed_heights([one.losses - floor for one in trajectories]),
        "floor": floor if minima else None,
        "minima": "searching" if known is None else "known",
        "ends": [last_finite(one) for one in trajectories],
        "fan": _fan(seeds, floor),
        "band": _band(seeds, floor),
        "noise": _noise(experiment),
        "schedules": [schedule_curves(one, experiment.steps) for one in experiment.runs],
        "reports": [_row(one, told.statistics) for one, told in zip(reports, seeds, strict=True)],
        "summary": summary(experiment, reports),
        "query": to_query(experiment),
        "responses": [response_of(one) for one in experiment.runs],
    }


def _noise(experiment: Experiment) -> dict[str, str]:
    return {
        "words": noise_words(experiment),
        "median": median_words(experiment),
        "losses": loss_words(experiment),
        "drawn": drawn_words(experiment),
        "surface": surface_words(experiment),
        "fewer": fewer_words(experiment),
    }


def _fan(seeds: list[_Seeds], floor: float) -> dict[str, Any] | None:
    paths = [path for one in seeds for path in one.drawn]
    if len(paths) == len(seeds):
        return None
    heights = [path.losses - floor for path in paths]
    return {
        "seeds": len(seeds[0].drawn),
        "points": _packed([path.points for path in paths]),
        "heights": _packed_heights(heights),
    }


def _band(seeds: list[_Seeds], floor: float) -> dict[str, str] | None:
    if seeds[0].statistics.seeds == 1:
        return None
    return {
        "lower": _packed_heights([one.statistics.losses.lower - floor for one in seeds]),
        "upper": _packed_heights([one.statistics.losses.upper - floor for one in seeds]),
    }


def _packed_heights(arrays: list[np.ndarray]) -> str:
    """Return heights as float32, or as float64 if those at the start are finite and beyond what that holds."""
    heights = np.stack(arrays)
    beyond = np.isfinite(heights[:, 0]) & (np.abs(heights[:, 0]) > np.finfo(np.float32).max)
    return base64.b64encode(heights.astype("<f8").tobytes()).decode("ascii") if beyond.any() else _packed(arrays)


def _packed(arrays: list[np.ndarray]) -> str:
    with np.errstate(over="ignore"):
        return base64.b64encode(np.stack(arrays).astype("<f4").tobytes()).decode("ascii")


def _row(one: Report, statistics: SeedStatistics) -> dict[str, Any]:
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
        "chaotic_from_step": one.chaotic_from_step,
        "seeds": _spread(statistics) if statistics.seeds > 1 else None,
    }


def _spread(statistics: SeedStatistics) -> dict[str, Any]:
    return {
        "count": statistics.seeds,
        "lower": number(float(statistics.final.lower)),
        "upper": number(float(statistics.final.upper)),
        "reached": statistics.reached,
    }


def number(value: float) -> str:
    """Return `value` for a table: five significant digits, NaN and infinities by their names."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return f"{value + 0.0:.5g}".replace("-", "−")
