"""How long trainings take, roughly: to say it beforehand, to queue what is long and to refuse what is endless.

Fitted to two networks, of 337 and of 2,410 weights, on one core of a server; what is larger is extrapolated, and other
machines differ by a factor of two or three.
"""

from collections.abc import Sequence

import numpy as np

from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.training.train import lesson_of, network_of
from fall_line.validation import InputError

STEP = 1.5e-5  # seconds of a step, whatever is in it
PRODUCT = 5e-11  # of one multiplication and addition
NEURON = 4e-9  # of one activation and its slope
WEIGHT = 8e-9  # of one weight's update and of its being kept
SEARCHING = 8  # how many times as long a step takes that asks for losses or curvature
LONGEST = 3600.0  # seconds that one experiment may take


def estimated_seconds(experiment: TrainingExperiment) -> float:
    """Return about how many seconds all runs with all seeds take, one after another."""
    return sum(_seconds_of_runs(experiment)) * len(experiment.all_seeds)


def seconds_left(experiment: TrainingExperiment, made: Sequence[Sequence[int]]) -> float:
    """Return about how many seconds are left if of each run with each seed so many steps are `made`."""
    if all(steps >= experiment.steps for seeds in made for steps in seeds):
        return 0.0
    left = [sum(1 - steps / experiment.steps for steps in seeds) for seeds in made]
    return sum(seconds * trainings for seconds, trainings in zip(_seconds_of_runs(experiment), left, strict=True))


def _seconds_of_runs(experiment: TrainingExperiment) -> list[float]:
    """Return about how many seconds each run takes with one seed."""
    lesson, network = lesson_of(experiment, experiment.seed), network_of(experiment)
    neurons, points = sum(experiment.layers), float(np.sum(lesson.batches.sizes))
    once = 3 * network.count * PRODUCT + neurons * NEURON  # forth and back for one point
    looks = experiment.steps / lesson.every * experiment.task.points / 3
    plain = points * once + experiment.steps * (STEP + network.count * WEIGHT)
    return [plain * (SEARCHING if run.optimizer.needs_loss else 1) + looks * once for run in experiment.runs]


def check_cost(experiment: TrainingExperiment, longest: float = LONGEST) -> None:
    """Refuse an experiment that would train for more than `longest` seconds.

    Raises:
        InputError: it would; the text says how long it takes and what takes less.
    """
    seconds = estimated_seconds(experiment)
    if seconds > longest:
        raise InputError(
            f"{len(experiment.runs)} runs of {experiment.length_words} would train for about {duration(seconds)}; "
            f"at most {duration(longest)} can be asked for. Fewer steps, runs or seeds, narrower layers or smaller "
            "batches take less."
        )


def duration(seconds: float) -> str:
    """Return a length of time in words, to two digits."""
    for unit, name in ((3600.0, "hours"), (60.0, "minutes")):
        if seconds >= 1.5 * unit:
            return f"{seconds / unit:.2g} {name}"
    return f"{seconds:.2g} seconds"
