"""How long a training takes, before it is begun: a guess that is right to a factor of two or three."""

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.training.train import RARELY, SMALL, network_of

PER_STEP = 3e-5  # s that a step of the smallest network takes
PER_SECOND = 5e9  # multiplications and additions
SEARCHES = 4  # times as much for a method that tries several places before it steps
MOST_SECONDS = 180.0


def estimated_seconds(experiment: TrainingExperiment) -> float:
    """Return about how many seconds one core trains all runs with all seeds.

    A step multiplies each weight with each point of the batch once on the way forward and twice on the way back; every
    look at all points is one more way forward.
    """
    task, sizes = experiment.task, experiment.batch_sizes
    points = sum(sizes) / len(sizes) if isinstance(sizes, tuple) else sizes
    looks = task.points / (1 if task.points <= SMALL else RARELY)
    weights = 2.0 * network_of(experiment).count
    each = [weights * (3 * points * (SEARCHES if run.optimizer.needs_loss else 1) + looks) for run in experiment.runs]
    return experiment.steps * experiment.seeds * sum(PER_STEP + one / PER_SECOND for one in each)


def refuse_too_much(experiment: TrainingExperiment) -> None:
    """Let pass what can be trained while somebody waits.

    Raises:
        ExperimentError: it would take too long; the sentence says how long, and what takes less.
    """
    seconds = estimated_seconds(experiment)
    if seconds > MOST_SECONDS:
        raise ExperimentError(
            f"This would train for about {time_words(seconds)}, and the page trains for up to "
            f"{time_words(MOST_SECONDS)}. Fewer runs, seeds or steps, a smaller network or smaller batches take less."
        )


def affordable(experiment: TrainingExperiment) -> TrainingExperiment:
    """Return `experiment`, with as many steps less as it takes to train it while somebody waits."""
    seconds = estimated_seconds(experiment)
    if seconds <= MOST_SECONDS:
        return experiment
    return experiment.model_copy(update={"steps": max(1, int(experiment.steps * MOST_SECONDS / seconds))})


def time_words(seconds: float) -> str:
    """Return a time in words, in whole minutes from 90 s on and in hours from 90 minutes on."""
    for unit, size in (("hours", 3600), ("minutes", 60)):
        if seconds >= 1.5 * size:
            return f"{round(seconds / size)} {unit}"
    return f"{round(seconds)} seconds"
