"""Fair tuning: the same number of values tried for each run, on this surface, from this start, by one criterion.

A comparison of methods says little if one of them was tuned and the others were not. A sweep walks a run with 64
values one after the other, by the program that walks the run itself: what it says of a value is what the run with that
value says, to the last bit, and nothing more is compiled.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import CRITERIA, Run
from fall_line.hyperparameter import Hyper
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import walk_from
from fall_line.validation import InputError

Floats = NDArray[np.float64]

VALUES = 64  # tried of a learning rate
COMBINATIONS = 256  # tried of all hyperparameters together
DIGITS = 3  # significant, as a slider stops
MAX_WALKED = VALUES * 320_000  # steps of all runs, values and seeds: one run with most of both, some seconds


class Sweep(NamedTuple):
    """What a sweep found for one run.

    Attributes:
        settings: one dictionary of hyperparameters for each value or combination tried.
        scores: (n,) what the criterion says of each, the less the better; infinite where it is not fulfilled and
            where a run is not finite.
        best: which is the least, the first of equals; None if none is finite.
    """

    settings: list[dict[str, float]]
    scores: Floats
    best: int | None


class Tuning(NamedTuple):
    """The sweeps of several runs of an experiment, by one criterion.

    Attributes:
        criterion: by which values were judged.
        sweeps: one a run, by the run's index.
    """

    criterion: str
    sweeps: dict[int, Sweep]

    def mark(self, index: int) -> str:
        """Return what is noted of the run at `index`, as `Run.tuned` has it; "" if nothing was found for it."""
        sweep = self.sweeps[index]
        return "" if sweep.best is None else f"{len(sweep.settings)}:{self.criterion}"

    def taken(self, experiment: Experiment) -> Experiment:
        """Return `experiment` with the best values that were found."""
        runs = list(experiment.runs)
        for index, sweep in self.sweeps.items():
            if sweep.best is not None:
                update = {"hypers": sweep.settings[sweep.best], "tuned": self.mark(index)}
                runs[index] = runs[index].model_copy(update=update)
        return experiment.model_copy(update={"runs": tuple(runs)})


def tune(experiment: Experiment, index: int, criterion: str = "final", everything: bool = False) -> Sweep:
    """Try 64 learning rates, or 256 combinations of all hyperparameters, of the run at `index`.

    Learning rates are spread evenly over the slider, the current one is tried too. Combinations are a scrambled
    Sobol sequence over all sliders, always the same; the current values are the first. With several seeds of
    noise a value is judged by the median over the seeds.

    Args:
        experiment: surface, start, steps, noise and tolerance.
        index: which of its runs.
        criterion: `final` loss, `best` loss on the way, or `steps` until the loss is within the tolerance of the
            lowest known minimum's.
        everything: all hyperparameters, or the learning rate alone.

    Raises:
        InputError: there is no such criterion, or no known minimum for counting steps.
    """
    if criterion not in CRITERIA:
        raise InputError(f"The criterion must be one of {', '.join(CRITERIA)}.")
    run = experiment.runs[index]
    settings = _combinations(run) if everything else _learning_rates(run)
    scores = _scores(experiment, run, settings, criterion)
    best = int(np.argmin(scores)) if np.isfinite(scores).any() else None
    return Sweep(settings, scores, best)


def tune_runs(experiment: Experiment, runs: list[int], criterion: str = "final", everything: bool = False) -> Tuning:
    """Tune each of `runs`, indices, as `tune` does.

    Raises:
        InputError: there is no such criterion, or no known minimum for counting steps.
    """
    return Tuning(criterion, {index: tune(experiment, index, criterion, everything) for index in runs})


def shown_runs(experiment: Experiment) -> list[int]:
    """Return the indices of the runs that are not hidden."""
    return [index for index, one in enumerate(experiment.runs) if not one.hidden]


def check_budget(experiment: Experiment, runs: int, everything: bool) -> None:
    """Refuse to tune so many `runs` if that would keep the server busy for long.

    Raises:
        InputError: all walks together would have more than 20 million steps.
    """
    tried = COMBINATIONS if everything else VALUES
    walked = runs * tried * len(experiment.all_seeds) * experiment.steps
    if walked > MAX_WALKED:
        raise InputError(
            f"Tuning {runs} {'run' if runs == 1 else 'runs'} would take {walked / 1e6:.0f} million steps, "
            f"at most {MAX_WALKED // 1_000_000} million are allowed; choose fewer steps, seeds or runs."
        )


def _learning_rates(run: Run) -> list[dict[str, float]]:
    rate = run.optimizer.hypers[0]
    spread = [_value(rate, place) for place in np.linspace(0.0, 1.0, VALUES - 1)]
    return [{**run.hypers, rate.key: value} for value in sorted([*spread, run.hypers[rate.key]])]


def _combinations(run: Run) -> list[dict[str, float]]:
    hypers = run.optimizer.hypers
    places = qmc.Sobol(len(hypers), seed=0).random(COMBINATIONS)[1:]
    tried = [{hyper.key: _value(hyper, place) for hyper, place in zip(hypers, row, strict=True)} for row in places]
    return [dict(run.hypers), *tried]


def _value(hyper: Hyper, place: float) -> float:
    """Return the number at `place`, 0 to 1, of the slider of `hyper`, rounded as the slider's own stops are."""
    if hyper.scale == "log":
        exact = hyper.low * (hyper.high / hyper.low) ** place
    elif hyper.scale == "one_minus_log":
        exact = 1 - (1 - hyper.low) * ((1 - hyper.high) / (1 - hyper.low)) ** place
        return min(hyper.high, max(hyper.low, round(1 - float(f"{1 - exact:.{DIGITS}g}"), 12)))
    else:
        exact = hyper.low + (hyper.high - hyper.low) * place
    return min(hyper.high, max(hyper.low, float(f"{exact:.{DIGITS}g}")))


def _scores(experiment: Experiment, run: Run, settings: list[dict[str, float]], criterion: str) -> Floats:
    target = _target(experiment, criterion)
    # A run that returns to its best point ends with that point's loss.
    judged = "best" if criterion == "final" and experiment.return_best else criterion
    runs = [run.model_copy(update={"hypers": one}) for one in settings]
    start = np.asarray(experiment.start, dtype=np.float64)
    found = [
        [_score(walk_from(start, experiment, one, seed).losses, judged, target) for one in runs]
        for seed in experiment.all_seeds
    ]
    finite = np.where(np.isfinite(found), found, np.inf)
    return np.sort(finite, axis=0)[(len(finite) - 1) // 2]


def _score(losses: Floats, criterion: str, target: float) -> float:
    """Return the loss after the last step, the least loss, or the first step whose loss is at most `target`."""
    if criterion == "final":
        return float(losses[-1])
    finite = np.where(np.isfinite(losses), losses, np.inf)
    if criterion == "best":
        return float(finite.min())
    there = finite <= target
    return float(np.argmax(there)) if there.any() else math.inf


def _target(experiment: Experiment, criterion: str) -> float:
    minima = minima_of(experiment.landscape)
    if criterion == "steps" and not minima:
        raise InputError("This surface has no known minimum; tune for the final or the best loss.")
    return minima[0].loss + experiment.tolerance if minima else -math.inf
