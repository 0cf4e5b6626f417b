"""One row a step: for spreadsheets, R, and everything else that reads tables."""

import csv as table
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from drawing.choices import Choices
from exports._whole_file import whole_file
from exports.format import Format

if TYPE_CHECKING:
    from trajectories.experiment import Experiment

COLUMNS = ("run", "optimizer", "step", "x", "y", "loss", "gradient_x", "gradient_y")


def write(experiment: "Experiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write `COLUMNS` and one row for every step of every run, the start being step 0 and the first run number 1.

    Numbers have 17 significant digits, so that they read back as the same float64; not finite ones are nan, inf
    and -inf.

    Raises:
        OSError: the file can't be written.
    """
    with whole_file(path) as file:
        writer = table.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(experiment))


def _rows(experiment: "Experiment") -> Iterator[list[str]]:
    from trajectories.run import run  # noqa: PLC0415, the engine is needed only here

    for number, (one, path) in enumerate(zip(experiment.runs, run(experiment), strict=True), start=1):
        for step, (point, loss, gradient) in enumerate(zip(path.points, path.losses, path.gradients, strict=True)):
            yield [str(number), one.optimizer, str(step), *(f"{value:.17g}" for value in (*point, loss, *gradient))]


csv = Format(key="csv", label="Table of every step (CSV)", media_type="text/csv", write=write)
