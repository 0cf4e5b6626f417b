"""The numbers of a run that a reader compares: the table's rows and the summary in words."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import Run
from fall_line.experiments.noise_words import picture_words
from fall_line.explanations.outcome import Outcome, chaotic, outcome, path_length
from fall_line.trajectories.run import Trajectory, kept_step, last_finite, median_seeds
from fall_line.trajectories.sensitivity import parting_step
from landscapes import Minimum


class Report(NamedTuple):
    """What is told of one run.

    Attributes:
        name: the run's name.
        final_loss: J after the last step, also if it is not finite; J of the point that is kept, if the run goes back.
        best_loss, best_step: the least loss met on the way, and where; not finite and -1 if there is none.
        steps_to_tolerance: the first step whose loss is within the experiment's tolerance of the lowest known
            minimum's, or None if there is no such step or no known minimum.
        path_length: length of the path up to its last finite point.
        outcome: what became of it.
        kept_step: the step to whose point the run goes back at its end, or None if it stays.
        chaotic_from_step: the step from which rounding or a change in the 12th digit of the start changes the path,
            or None if neither ever does.
    """

    name: str
    final_loss: float
    best_loss: float
    best_step: int
    steps_to_tolerance: int | None
    path_length: float
    outcome: Outcome
    kept_step: int | None
    chaotic_from_step: int | None


def report(
    experiment: Experiment,
    trajectories: list[Trajectory],
    minima: tuple[Minimum, ...],
    seeds: Sequence[int] | None = None,
) -> list[Report]:
    """Return one report a run, in the experiment's order; `minima` are those of its loss, the lowest first.

    For each a twin is walked that starts next to it and rounds otherwise, see `parting_step`, with the noise of the
    trajectory's own seed: those are `seeds`, or found anew if `trajectories` are what `run` returns.
    """
    own = median_seeds(experiment) if seeds is None else seeds
    return [
        _one(experiment, run, seed, trajectory, minima)
        for run, seed, trajectory in zip(experiment.runs, own, trajectories, strict=True)
    ]


def _one(experiment: Experiment, run: Run, seed: int, trajectory: Trajectory, minima: tuple[Minimum, ...]) -> Report:
    end = last_finite(trajectory)
    losses = trajectory.losses[: end + 1]
    best = int(np.argmin(losses)) if end >= 0 else -1
    kept = kept_step(experiment, trajectory)
    found, parting = outcome(experiment, trajectory, minima, end), parting_step(experiment, run, seed, trajectory)
    return Report(
        name=run.name,
        final_loss=float(trajectory.losses[-1 if kept is None else kept]),
        best_loss=float(losses[best]) if end >= 0 else float("nan"),
        best_step=best,
        steps_to_tolerance=_steps_to_tolerance(experiment, losses, minima),
        path_length=path_length(trajectory.points[: end + 1]) if end > 0 else 0.0,
        outcome=found if parting is None else chaotic(found, parting),
        kept_step=kept,
        chaotic_from_step=parting,
    )


def _steps_to_tolerance(experiment: Experiment, losses: np.ndarray, minima: tuple[Minimum, ...]) -> int | None:
    if not minima:
        return None
    there = losses <= minima[0].loss + experiment.tolerance
    return int(np.argmax(there)) if there.any() else None


def summary(experiment: Experiment, reports: list[Report]) -> str:
    """Return the outcomes of all runs in words, for readers who don't see the plot."""
    assert experiment.start is not None
    start = f"from ({experiment.start[0]:.3g}, {experiment.start[1]:.3g})"
    steps = "1 step" if experiment.steps == 1 else f"{experiment.steps} steps"
    noise = f" Noise: {picture_words(experiment)}." if experiment.noise != "none" else ""
    opening = f"{experiment.surface.label}, {steps} {start}.{noise}"
    return " ".join([opening, *(f"{one.name}: {one.outcome.sentence}" for one in reports)])
