"""Runs as they come back: their paths as arrays, and everything that the page makes of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.link import to_query, unlinkable
from fall_line.explanations.report import Report, report, summary
from fall_line.library.figure import descent_figure
from fall_line.library.frame import columns, framed
from fall_line.library.saving import saved
from fall_line.library.tuning import Tuned
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import Fan, Trajectory, each_fan, fans
from fall_line.trajectories.seed_statistics import SeedStatistics, seed_statistics
from fall_line.trajectories.tuning import shown_runs, tune_runs
from fall_line.validation import InputError, quoted
from landscapes import Minimum

if TYPE_CHECKING:
    import plotly.graph_objects as go

Floats = NDArray[np.float64]

ADDRESS = "http://127.0.0.1:8050/"


@dataclass(frozen=True, eq=False)
class Runs:
    """What `descend` returns: the paths of an experiment's runs, computed when they are first asked for.

    With several seeds of noise the paths are those of the median seeds; `fans` has all.

    Attributes:
        experiment: every choice that led to them.
    """

    experiment: Experiment

    @cached_property
    def fans(self) -> list[Fan]:
        """The paths of all seeds, one fan a run; with many long ones they take some hundred megabytes."""
        return fans(self.experiment)

    def _each_fan(self) -> Iterable[Fan]:
        """Return the fans that are there already, or walk them one after the other."""
        return self.__dict__.get("fans") or each_fan(self.experiment)

    @cached_property
    def _walked(self) -> list[tuple[int, Trajectory]]:
        """The seed and the path of each run that are shown."""
        return [(self.experiment.all_seeds[fan.middle], fan.median) for fan in self._each_fan()]

    @property
    def _medians(self) -> list[Trajectory]:
        return [path for _, path in self._walked]

    @cached_property
    def statistics(self) -> list[SeedStatistics]:
        """Over the seeds, one a run: quartiles of the losses after each step and at the end, how many get there."""
        return [seed_statistics(self.experiment, fan, self.minima) for fan in self._each_fan()]

    @cached_property
    def points(self) -> Floats:
        """θ: (runs, steps + 1, 2) float64; row 0 is the start, row k where the run is after k steps."""
        return np.stack([median.points for median in self._medians])

    @cached_property
    def losses(self) -> Floats:
        """J(θ): (runs, steps + 1) float64, without noise; not finite values are kept as they are."""
        return np.stack([median.losses for median in self._medians])

    @cached_property
    def gradients(self) -> Floats:
        """∇J(θ): (runs, steps + 1, 2) float64, without noise."""
        return np.stack([median.gradients for median in self._medians])

    @cached_property
    def minima(self) -> tuple[Minimum, ...]:
        """The local minima of the loss, the lowest first: those known of a listed surface, else those found."""
        return minima_of(self.experiment.landscape)

    @cached_property
    def reports(self) -> list[Report]:
        """The numbers of each run that one compares: final and best loss, steps to the tolerance, path length.

        What became of it is in words; `chaotic_from_step` is the step from which a change in the 12th digit of the
        start changes the path, or None.
        """
        seeds = [seed for seed, _ in self._walked]
        return report(self.experiment, self._medians, self.minima, seeds)

    @property
    def names(self) -> list[str]:
        """What each run is called."""
        return [run.name for run in self.experiment.runs]

    @property
    def outcomes(self) -> list[str]:
        """What became of each run, a sentence or two."""
        return [one.outcome.sentence for one in self.reports]

    @property
    def summary(self) -> str:
        """Surface, start and all outcomes in words."""
        return summary(self.experiment, self.reports)

    def tune(self, criterion: str = "final", everything: bool = False) -> Tuned:
        """Try 64 learning rates, or with `everything` 256 combinations of all values, of each run that is not hidden.

        Args:
            criterion: what is best: the `final` loss, the `best` loss on the way, or the `steps` until the loss is
                within the tolerance of the lowest known minimum's.
            everything: all hyperparameters, or the learning rate alone.

        Raises:
            InputError: there is no such criterion, or no known minimum for counting steps.
        """
        tuning = tune_runs(self.experiment, shown_runs(self.experiment), criterion, everything)
        return Tuned(self.experiment, tuning, Runs(tuning.taken(self.experiment)))

    def figure(self, **choices: Any) -> "go.Figure":
        """Return the paths over the contour lines as a Plotly figure; see `descent_figure` for the choices.

        Raises:
            InputError: a choice can't be used.
        """
        return descent_figure(self.experiment, **choices)

    def save(self, path: str | Path, **choices: Any) -> Path:
        """Make or replace the file at `path`, whose suffix says what it holds, and return the path.

        The formats and the choices, such as `width`, `height`, `fps`, `duration` and `theme`, are those of the page's
        Export dialog; see `fall_line.drawing.choices.Choices`.

        Raises:
            InputError: there is no such format, or a choice or the file can't be used.
            ExportError: the file can't be made, e.g. because the video encoder is missing.
        """
        return saved(self.experiment, path, choices, unlinkable(self.experiment))

    def link(self, address: str = ADDRESS) -> str:
        """Return the share link with which the page at `address` opens this experiment.

        Raises:
            InputError: a surface or a method was made in Python; a link can't carry it.
        """
        if own := unlinkable(self.experiment):
            raise InputError(f"A link can't carry {quoted(own)}, which was made in Python; make it a plugin first.")
        return f"{address.partition('?')[0]}?{to_query(self.experiment)}"

    def frame(self, library: str | None = None) -> Any:
        """Return a table with a row for each step of each run, as a `pandas` or `polars` frame or a dict of arrays.

        The columns are run (counted from 1), name, optimizer, step, x, y, loss, gradient_x and gradient_y, and with
        several seeds seed and median.

        Args:
            library: "pandas", "polars" or "dict"; by default the first of the two that is installed, else a dict.

        Raises:
            InputError: there is no such library here.
        """
        return framed(columns(self.experiment, self.fans), library)

    def __len__(self) -> int:
        return len(self.experiment.runs)

    def __repr__(self) -> str:
        return self.summary
