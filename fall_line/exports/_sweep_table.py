"""The table of a tuning: a row for each value, or combination of values, that was tried."""

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from fall_line.drawing.choices import Choices
from fall_line.exports._setting_columns import setting_cells, setting_columns
from fall_line.exports._table import Cell, Table, write_rows

if TYPE_CHECKING:
    from fall_line.experiments.experiment import Experiment
    from fall_line.trajectories.tuning import Tuning

COLUMNS = ("run", "optimizer", "criterion", "score", "best")


def sweep_table(experiment: "Experiment", tuning: "Tuning") -> Table:
    """Return `COLUMNS` and those of label and hyperparameters, with a row for all that was tried of each tuned run.

    `score` is what the criterion says of the row, the less the better, infinite where it is not fulfilled or the run is
    not finite; with several seeds it is the median's. `best` is 1 for the values that are taken.
    """
    columns = COLUMNS + setting_columns(experiment.runs, COLUMNS)
    return Table(columns, _rows(experiment, tuning), sum(len(sweep.settings) for sweep in tuning.sweeps.values()))


def _rows(experiment: "Experiment", tuning: "Tuning") -> Iterator[list[Cell]]:
    for index, sweep in tuning.sweeps.items():
        one = experiment.runs[index]
        for place, (values, score) in enumerate(zip(sweep.settings, sweep.scores.tolist(), strict=True)):
            tried = one.model_copy(update={"hypers": values})
            beginning = [index + 1, one.optimizer.key, tuning.criterion, score, int(place == sweep.best)]
            yield [*beginning, *setting_cells(experiment.runs, tried)]


def sweep_text(experiment: "Experiment", tuning: "Tuning") -> str:
    """Return the table as the text of a CSV file."""
    text = StringIO()
    write_rows(text, sweep_table(experiment, tuning), Choices())
    return text.getvalue()
