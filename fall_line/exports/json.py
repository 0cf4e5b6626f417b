"""The experiment itself, as the program reads it back."""

from pathlib import Path
from typing import TYPE_CHECKING

from fall_line.drawing.choices import Choices
from fall_line.exports._whole_file import whole_file
from fall_line.exports.format import Format

if TYPE_CHECKING:
    from fall_line.experiments.experiment import Experiment
    from fall_line.experiments.response_experiment import ResponseExperiment


def write(experiment: "Experiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write every choice of `experiment` as one JSON object, from which `mending.check` makes an equal experiment.

    Raises:
        OSError: the file can't be written.
    """
    text = experiment.model_dump_json(indent=2)
    with whole_file(path) as file:
        file.write(f"{text}\n")


def write_response(experiment: "ResponseExperiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write every choice of `experiment` as one JSON object, from which `response_experiment.check` makes an equal one.

    Raises:
        OSError: the file can't be written.
    """
    text = experiment.model_dump_json(indent=2, exclude_none=True)
    with whole_file(path) as file:
        file.write(f"{text}\n")


json = Format(
    key="json",
    label="The experiment, to be opened again (JSON)",
    media_type="application/json",
    write=write,
    write_response=write_response,
)
