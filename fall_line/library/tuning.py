"""What a tuning found, for notebooks and scripts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fall_line.drawing.choices import check_choices
from fall_line.experiments.experiment import Experiment
from fall_line.exports._sweep_table import sweep_table
from fall_line.exports._table import write_table
from fall_line.library.frame import framed
from fall_line.trajectories.tuning import Sweep, Tuning
from fall_line.validation import InputError, quoted


@dataclass(frozen=True, eq=False)
class Tuned:
    """What `Runs.tune` returns.

    Attributes:
        experiment: the one that was tuned, as it was before.
        tuning: the criterion, and the sweep of each run that is not hidden.
        runs: the `Runs` with the best values that were found.
    """

    experiment: Experiment
    tuning: Tuning
    runs: Any

    @property
    def sweeps(self) -> dict[int, Sweep]:
        """What was tried of each run, by its index: `settings`, `scores` and which is `best`."""
        return self.tuning.sweeps

    def frame(self, library: str | None = None) -> Any:
        """Return a table with a row for all that was tried, as a `pandas` or `polars` frame or a dict of arrays.

        The columns are run (counted from 1), optimizer, criterion, score, best, label and the hyperparameters.

        Raises:
            InputError: there is no such library here.
        """
        table = sweep_table(self.experiment, self.tuning)
        columns = zip(table.columns, zip(*table.rows, strict=True), strict=True)
        return framed({name: _array(column) for name, column in columns}, library)

    def save(self, path: str | Path, **choices: Any) -> Path:
        """Make or replace the CSV file at `path` with the same table and return the path; `decimal_comma` is a choice.

        Raises:
            InputError: the name doesn't end in .csv, a choice can't be used, or the file can't be written.
        """
        target = Path(path)
        if target.suffix.lower() != ".csv":
            raise InputError(f"The file is {quoted(str(path))}; its name must end in .csv.")
        try:
            write_table(sweep_table(self.experiment, self.tuning), check_choices(choices), target)
        except OSError as error:
            raise InputError(f"The file {quoted(str(path))} can't be written ({error.strerror}).") from None
        return target


def _array(column: tuple) -> np.ndarray:
    """Return a column as an array; a hyperparameter that a run doesn't have is NaN."""
    if any(isinstance(cell, float) for cell in column):
        return np.array([np.nan if cell == "" else cell for cell in column], dtype=np.float64)
    return np.array(column, dtype=object if isinstance(column[0], str) else None)
