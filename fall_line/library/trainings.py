"""Trainings as they come back: histories as arrays, and everything that is made of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.experiments.training_link import to_query
from fall_line.exports._trained import keep
from fall_line.library.frame import framed
from fall_line.library.going_on import gone_on
from fall_line.library.saving import saved
from fall_line.training.ending import best_step, ending
from fall_line.training.history import History
from fall_line.training.table import COLUMNS, rows
from fall_line.training.train import lesson_of
from fall_line.training.train import train as train_run
from fall_line.validation import InputError, quoted

Floats = NDArray[np.float64]

ADDRESS = "http://127.0.0.1:8050/train"


@dataclass(frozen=True, eq=False)
class Trainings:
    """What `train` returns: the trainings of an experiment's runs, made when they are first asked for.

    Attributes:
        experiment: every choice that led to them.
    """

    experiment: TrainingExperiment

    @cached_property
    def histories(self) -> list[list[History]]:
        """What is told of each run with each seed, step by step, with its weights."""
        one = self.experiment
        return [[train_run(one, run, seed) for seed in one.all_seeds] for run in one.runs]

    @property
    def losses(self) -> Floats:
        """J of all points trained on: (runs, steps + 1) float64, of the first seed; column k is before step k.

        NaN where not all points were looked at, which with many points is done every 25 steps, and after a run that
        stopped early.
        """
        return self._columns("loss")

    @property
    def validation_losses(self) -> Floats:
        """The mean loss of the points kept back, without the penalty, in the same places."""
        return self._columns("validation_loss")

    @property
    def accuracies(self) -> Floats:
        """The share of the points trained on whose class is right, in the same places; NaN where values are learned."""
        return self._columns("accuracy")

    @property
    def validation_accuracies(self) -> Floats:
        """The share of the points kept back whose class is right, in the same places."""
        return self._columns("validation_accuracy")

    def _columns(self, name: str) -> Floats:
        table = np.full((len(self), self.experiment.steps + 1), np.nan)
        for row, (history, *_) in zip(table, self.histories, strict=True):
            row[history.steps] = getattr(history, name)
        return table

    @property
    def weights(self) -> Floats:
        """θ with which each run ends, (runs, P) float64, of the first seed: the last, or the best if it goes back.

        Of large networks not all steps' weights are kept; then it is the last kept one before.
        """
        return np.stack([self._last_weights(history) for history, *_ in self.histories])

    def _last_weights(self, history: History) -> Floats:
        best = best_step(self.experiment, history)
        return history.weights[-1 if best is None else np.searchsorted(history.kept, best, side="right") - 1]

    def outputs(self, run: int, inputs: Any) -> Floats:
        """Return what the network says of `inputs` (features, points) with the `weights` of one run, counted from 0.

        It is (outputs, points): of two classes one number, above 0 for the second; of several one for each, the
        greatest of the right one; else the values.

        Raises:
            InputError: there is no such run, or the inputs have another number of features.
        """
        network = lesson_of(self.experiment, self.experiment.seed).network
        if not isinstance(run, int) or not 0 <= run < len(self):
            raise InputError(f"Run is {quoted(run)}; it must be a whole number from 0 to {len(self) - 1}.")
        try:
            given = np.asarray(inputs, dtype=np.float64)
        except (TypeError, ValueError):
            given = np.zeros(0)
        if given.ndim != 2 or len(given) != network.sizes[0]:
            raise InputError(f"Inputs must be an array of numbers, {network.sizes[0]} features × points.")
        return np.asarray(network.outputs(self.weights[run], given))

    @property
    def names(self) -> list[str]:
        """What each run is called."""
        return [run.name for run in self.experiment.runs]

    @property
    def outcomes(self) -> list[str]:
        """What became of each run with the first seed, a sentence or two."""
        return [ending(self.experiment, history).sentence for history, *_ in self.histories]

    @property
    def summary(self) -> str:
        """Task, length and all outcomes in words."""
        told = (f"{name}: {sentence}" for name, sentence in zip(self.names, self.outcomes, strict=True))
        return "\n".join([f"{self.experiment.task.label}, {self.experiment.length_words}.", *told])

    def go_on(
        self, steps: int, hypers: Sequence[Mapping[str, float]] = (), *, at: int = 0, **choices: Any
    ) -> "Trainings":
        """Return the trainings that go on for `steps` more, with weights and memories as they stand.

        Args:
            steps: how many more.
            hypers: for each run the values that are others from there on; none by default.
            at: the step from which they go on; the last by default.
            choices: `batch` and `batch_schedule`, if they are others from there on.

        Raises:
            InputError: something can't be used, or they have gone on with other values already.
        """
        return Trainings(check(gone_on(self.experiment, steps, hypers, at, choices)))

    def frame(self, library: str | None = None) -> Any:
        """Return a table with a row for each step at which all points were looked at, of each run and seed.

        The columns are run (counted from 1), name, seed, optimizer, step, epoch, loss, validation_loss, accuracy and
        validation_accuracy; what there is none of is NaN.

        Args:
            library: "pandas", "polars" or "dict"; by default the first of the two that is installed, else a dict.

        Raises:
            InputError: there is no such library here.
        """
        found: list[tuple[Any, ...]] = []
        for place, seed in enumerate(self.experiment.all_seeds):
            histories = [seeds[place] for seeds in self.histories]
            found += [(row[0], self.names[row[0] - 1], seed, *row[1:]) for row in rows(self.experiment, histories)]
        columns = zip(*sorted(found, key=lambda row: (row[0], row[2], row[4])), strict=True)
        names = ("run", "name", "seed", *COLUMNS[1:])
        return framed({name: _array(name, column) for name, column in zip(names, columns, strict=True)}, library)

    def save(self, path: str | Path, **choices: Any) -> Path:
        """Make or replace the file at `path`, whose suffix says what it holds, and return the path.

        The formats are csv, json, py, png, svg, gif, mp4 and webp, the choices those of the page's Export dialog; see
        `fall_line.drawing.choices.Choices`.

        Raises:
            InputError: there is no such format, or a choice or the file can't be used.
            ExportError: the file can't be made, e.g. because the video encoder is missing.
        """
        if "histories" in self.__dict__:
            keep(self.experiment, self.histories)
        return saved(self.experiment, path, choices, self._own)

    def link(self, address: str = ADDRESS) -> str:
        """Return the share link with which the page at `address` opens this experiment.

        Raises:
            InputError: the task or a method was made in Python; a link can't carry it.
        """
        if self._own:
            raise InputError(
                f"A link can't carry {quoted(self._own)}, which was made in Python; make it a plugin first."
            )
        return f"{address.partition('?')[0]}?{to_query(self.experiment)}"

    @property
    def _own(self) -> str:
        """The name of the task, or of a run whose method, was made in Python, or ""."""
        if not self.experiment.task.listed:
            return self.experiment.task.label
        return next((run.name for run in self.experiment.runs if not run.optimizer.listed), "")

    def __len__(self) -> int:
        return len(self.experiment.runs)

    def __repr__(self) -> str:
        return self.summary


def _array(name: str, column: tuple[Any, ...]) -> np.ndarray:
    if name in ("name", "optimizer"):
        return np.array(column, dtype=object)
    if name in ("run", "seed", "step"):
        return np.array(column)
    return np.array([np.nan if cell is None else cell for cell in column], dtype=np.float64)
