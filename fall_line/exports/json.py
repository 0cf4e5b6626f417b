"""The experiment itself, as the program reads it back."""

import json as text_of
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fall_line.drawing.choices import Choices
from fall_line.exports._whole_file import whole_file
from fall_line.exports.format import Format

if TYPE_CHECKING:
    from fall_line.experiments.experiment import Experiment
    from fall_line.experiments.response_experiment import ResponseExperiment
    from fall_line.experiments.training_experiment import TrainingExperiment


def write(experiment: "Experiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write every choice of `experiment` as one JSON object, from which `mending.check` makes an equal experiment.

    With several seeds `statistics` has for each run how many there are, the quartiles of their final losses, and how
    many came within the tolerance, null where no minimum is known. It is passed over when the file is read.

    Raises:
        OSError: the file can't be written.
    """
    text = experiment.model_dump_json(indent=2)
    if len(experiment.all_seeds) > 1:
        told = text_of.dumps(_statistics(experiment), indent=2).replace("\n", "\n  ")
        text = f'{text.removesuffix("}").rstrip()},\n  "statistics": {told}\n}}'
    with whole_file(path) as file:
        file.write(f"{text}\n")


def _statistics(experiment: "Experiment") -> list[dict[str, Any]]:
    from fall_line.trajectories.minima import minima_of  # noqa: PLC0415, the engine is needed only here
    from fall_line.trajectories.run import each_fan  # noqa: PLC0415
    from fall_line.trajectories.seed_statistics import seed_statistics  # noqa: PLC0415

    minima = minima_of(experiment.landscape)
    found = [seed_statistics(experiment, fan, minima) for fan in each_fan(experiment)]
    return [
        {
            "run": number,
            "seeds": one.seeds,
            "final_loss": {name: _number(value) for name, value in one.final.told().items()},
            "within_tolerance": one.reached,
        }
        for number, one in enumerate(found, start=1)
    ]


def _number(value: float) -> float | str:
    """Return what JSON can hold of a number: one that is not finite by its name."""
    return value if math.isfinite(value) else str(value)


def write_response(experiment: "ResponseExperiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write every choice of `experiment` as one JSON object, from which `response_experiment.check` makes an equal one.

    Raises:
        OSError: the file can't be written.
    """
    text = experiment.model_dump_json(indent=2, exclude_none=True)
    with whole_file(path) as file:
        file.write(f"{text}\n")


def write_training(experiment: "TrainingExperiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write every choice of `experiment` as one JSON object, from which `training_experiment.check` makes an equal one.

    Raises:
        OSError: the file can't be written.
    """
    with whole_file(path) as file:
        file.write(f"{experiment.model_dump_json(indent=2)}\n")


json = Format(
    key="json",
    label="The experiment, to be opened again (JSON)",
    media_type="application/json",
    write=write,
    write_response=write_response,
    write_training=write_training,
)
