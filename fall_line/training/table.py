"""A training as rows of a table: what a CSV file, a spreadsheet or a data frame is made of."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.training.history import History

COLUMNS = ("run", "optimizer", "step", "epoch", "loss", "validation_loss", "accuracy", "validation_accuracy")


def rows(experiment: TrainingExperiment, histories: list[History]) -> Iterator[tuple[Any, ...]]:
    """Yield the `COLUMNS` of each step at which all points were looked at, run by run.

    A loss that isn't a number is NaN. What there is none of is None: accuracy of learned values, and all that belongs
    to points kept back where there are none.
    """
    valued, unvalidated = not experiment.task.classes, experiment.validation == 0
    absent = {"validation_loss": unvalidated, "accuracy": valued, "validation_accuracy": valued or unvalidated}
    for number, (run, history) in enumerate(zip(experiment.runs, histories, strict=True), 1):
        for row in np.flatnonzero(history.looked):
            told = [None if absent.get(name) else float(getattr(history, name)[row]) for name in COLUMNS[4:]]
            yield number, run.optimizer.key, int(history.steps[row]), float(history.epochs[row]), *told
