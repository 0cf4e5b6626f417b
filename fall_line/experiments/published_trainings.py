"""Trainings under a name."""

from dataclasses import dataclass

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.validation import quoted


@dataclass(frozen=True)
class PublishedTraining:
    """An experiment with a name, a title and some sentences on what to look at."""

    name: str
    title: str
    lesson: str
    experiment: TrainingExperiment


OPENING_TRAINING = "train/spirals/five-methods"
_METHODS = ("gradient_descent", "momentum", "nesterov", "rmsprop", "adam")
PUBLISHED_TRAININGS = {
    OPENING_TRAINING: PublishedTraining(
        OPENING_TRAINING,
        "Two spirals, five methods",
        "The loss lies still for a while, then the boundary winds itself up turn by turn.",
        check({"task": "two_spirals", "runs": [{"optimizer": key} for key in _METHODS]}),
    )
}


def find(name: str) -> PublishedTraining:
    """Return the experiment called `name`; case doesn't matter.

    Raises:
        ExperimentError: there is none of that name.
    """
    key = name.strip().lower()
    if key not in PUBLISHED_TRAININGS:
        raise ExperimentError(f"There is no experiment {quoted(name)}; the names are {', '.join(PUBLISHED_TRAININGS)}.")
    return PUBLISHED_TRAININGS[key]


def name_of(experiment: TrainingExperiment) -> str | None:
    """Return the name under which `experiment` is published, or None."""
    return next((one.name for one in PUBLISHED_TRAININGS.values() if one.experiment == experiment), None)
