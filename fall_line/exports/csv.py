"""One row a step: for spreadsheets, R, and everything else that reads tables."""

import csv as table
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fall_line.drawing.choices import Choices
from fall_line.exports._whole_file import whole_file
from fall_line.exports.format import Format

if TYPE_CHECKING:
    from fall_line.experiments.experiment import Experiment
    from fall_line.experiments.response_experiment import ResponseExperiment

COLUMNS = ("run", "optimizer", "step", "x", "y", "loss", "gradient_x", "gradient_y")
RESPONSE_COLUMNS = ("run", "optimizer", "epoch", "gradient", "response")


def write(experiment: "Experiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write `COLUMNS` and one row for every step of every run, the start being step 0 and the first run number 1.

    Numbers have 17 significant digits, so that they read back as the same float64; not finite ones are nan, inf
    and -inf. With several seeds of noise the paths of all are there, and two more columns: `seed`, and `median`, 1 for
    the path that the page shows. If runs go back to their best point, the column `kept` has 1 in its row.

    Raises:
        OSError: the file can't be written.
    """
    more = (("seed", "median") if len(experiment.all_seeds) > 1 else ()) + (("kept",) if experiment.return_best else ())
    _write_table(path, COLUMNS + more, _rows(experiment))


def _write_table(path: Path, columns: tuple[str, ...], rows: Iterator[list[str]]) -> None:
    with whole_file(path) as file:
        writer = table.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _rows(experiment: "Experiment") -> Iterator[list[str]]:
    from fall_line.trajectories.run import fans, kept_step  # noqa: PLC0415, the engine is needed only here

    for number, (one, fan) in enumerate(zip(experiment.runs, fans(experiment), strict=True), start=1):
        for index, (seed, path) in enumerate(zip(experiment.all_seeds, fan.paths, strict=True)):
            seeds = [str(seed), str(int(index == fan.middle))] if len(fan.paths) > 1 else []
            kept = kept_step(experiment, path)
            for step, (point, loss, gradient) in enumerate(zip(path.points, path.losses, path.gradients, strict=True)):
                numbers = (f"{value:.17g}" for value in (*point, loss, *gradient))
                back = [str(int(step == kept))] if experiment.return_best else []
                yield [str(number), one.optimizer.key, str(step), *numbers, *seeds, *back]


def write_response(experiment: "ResponseExperiment", choices: Choices, path: Path) -> None:  # noqa: ARG001
    """Write `RESPONSE_COLUMNS` and one row for every epoch of every run, the first run being number 1.

    Raises:
        OSError: the file can't be written.
    """
    _write_table(path, RESPONSE_COLUMNS, _response_rows(experiment))


def _response_rows(experiment: "ResponseExperiment") -> Iterator[list[str]]:
    from fall_line.trajectories.response import response  # noqa: PLC0415

    signal = experiment.values
    for number, one in enumerate(experiment.runs, start=1):
        updates = response(one.optimizer, one.hypers, signal).updates
        for epoch, pair in enumerate(zip(signal, updates, strict=True)):
            yield [str(number), one.optimizer.key, str(epoch), *(f"{value:.17g}" for value in pair)]


csv = Format(
    key="csv",
    label="Table of every step (CSV)",
    media_type="text/csv",
    write=write,
    write_response=write_response,
)
