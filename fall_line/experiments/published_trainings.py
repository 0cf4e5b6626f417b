"""Trainings that have a name, each with some sentences on what to look at."""

from dataclasses import dataclass
from typing import Any

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.validation import quoted

PREFIX = "train/"


@dataclass(frozen=True)
class PublishedTraining:
    """An experiment with a name, a title and two to four sentences on what to look at."""

    name: str
    title: str
    lesson: str
    experiment: TrainingExperiment


def _runs(*methods: str) -> list[dict[str, Any]]:
    return [{"optimizer": key} for key in methods]


NESTEROV_GAMMA = [
    {"optimizer": "nesterov", "hypers": {"learning_rate": 0.1, "gamma": gamma}, "label": f"γ = {gamma}"}
    for gamma in (0.25, 0.9, 0.975)
]
PLATEAU = [
    *_runs("gradient_descent", "momentum"),
    {
        "optimizer": "momentum",
        "schedules": {"momentum": {"kind": "growing_window", "half": 30}},
        "label": "Momentum, growing window",
    },
]
AT_THE_EDGE = [
    {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.3}},
    {"optimizer": "momentum", "hypers": {"learning_rate": 0.05}},
]
_TRAININGS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    (
        "train/spirals/five-methods",
        "Two spirals: five methods",
        "For a hundred steps hardly anything happens: all five losses lie between 0.57 and 0.6, and one might give up. "
        "Then Adam winds the boundary up and tells all points that it is trained on, while gradient descent has hardly "
        "left the plateau after five hundred steps.",
        {"task": "two_spirals", "runs": _runs("gradient_descent", "momentum", "nesterov", "rmsprop", "adam")},
    ),
    (
        "train/spirals/nesterov-gamma",
        "Two spirals: three memories",
        "One rate, three memories. With γ = 0.25 the run is still on the plateau after 800 steps. The run with "
        "γ = 0.975 swings at first and lies behind the one with 0.9 at step 300, overtakes it before step 500, and "
        "alone tells both spirals apart at the end.",
        {"task": "two_spirals", "steps": 800, "runs": NESTEROV_GAMMA},
    ),
    (
        "train/spirals/edge-of-stability",
        "Two spirals: the edge of stability",
        "Choose Gradient and sharpness beside the history. The sharpness λmax begins at 1.4, rises by itself to the "
        "limit of each method, 2/η = 6.7 for gradient descent and (2 + 2γ)/η = 76 for momentum, and stays about there. "
        "Until then the loss of gradient descent has fallen at every step; from there on it trembles, and falls all "
        "the same.",
        {"task": "two_spirals", "steps": 1600, "runs": AT_THE_EDGE},
    ),
    (
        "train/digits/five-methods",
        "Handwritten digits: five methods",
        "After fifty steps RMSProp is behind all others; after five hundred all five read more than 97 of 100 pictures "
        "that they have not been trained on, and the best and the worst are not one in a hundred apart. What still "
        "differs is the loss of the pictures they know: momentum and Adam have brought it to less than half of what "
        "gradient descent reaches.",
        {"task": "digits", "runs": _runs("gradient_descent", "momentum", "adagrad", "rmsprop", "adam")},
    ),
    (
        "train/digits/after-the-plateau",
        "Handwritten digits: after the plateau",
        "Three layers of sigmoids: around step 100 all three losses still lie at about ln 10 = 2.3, that of a network "
        "to which all digits are equally likely. Momentum leaves the plateau first. Batches grow from 32 to 319 "
        "pictures, which quiets the noise, and so the third run can let its momentum grow towards 1 and ends with the "
        "lowest loss; with batches of one size it is thrown back. Its validation loss turns before the end all the "
        "same.",
        {
            "task": "digits",
            "layers": (16, 16, 16),
            "activation": "sigmoid",
            "steps": 800,
            "batch": 32,
            "batch_schedule": {"kind": "exponential", "final": 0.1},
            "runs": PLATEAU,
        },
    ),
    (
        "train/bits/numbers",
        "A smooth function of two numbers",
        "A place in the plane comes as two numbers, and the height there is to be learned. With both methods the "
        "validation loss follows the loss to the end: whoever knows the height here knows it a little further on. "
        "Compare with the same places as 16 bits.",
        {"task": "smooth_numbers", "steps": 400, "runs": _runs("momentum", "adam")},
    ),
    (
        "train/bits/bits",
        "The same function of 16 bits",
        "The same places and heights as with two numbers, but each place comes as its 16 bits, and neighbours may "
        "differ in many of them. Adam learns the known places even better than from numbers, more or less by heart: "
        "of places that were kept back its loss is more than ten times as high.",
        {"task": "smooth_bits", "steps": 400, "runs": _runs("momentum", "adam")},
    ),
    (
        "train/curve/too-long",
        "A noisy curve, trained for too long",
        "The curve itself, without its noise, would have a loss of 0.011. Before step 600 the loss falls below that, "
        "which takes following the noise, while the validation loss never gets there. It is least about half-way, and "
        "at the end the run goes back to those weights.",
        {
            "task": "noisy_curve",
            "steps": 3000,
            "return_best": True,
            "runs": [{"optimizer": "adam", "hypers": {"learning_rate": 0.02}}],
        },
    ),
    (
        "train/xor/from-zero",
        "Exclusive or from zero",
        "All weights begin at 0, so all neurons are alike and nothing ever tells them apart: whatever the method, only "
        "the last bias moves, and the loss stays at about ln 2 = 0.69. Choose another initialization, and Adam gets "
        "more than 99 points of 100 right.",
        {"task": "xor", "initialization": "zero", "runs": _runs("gradient_descent", "momentum", "adam")},
    ),
)
PUBLISHED_TRAININGS: dict[str, PublishedTraining] = {
    name: PublishedTraining(name, title, lesson, check(data)) for name, title, lesson, data in _TRAININGS
}
OPENING_TRAINING = "train/spirals/five-methods"


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
