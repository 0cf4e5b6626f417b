"""The trainings that files are made of: trained once for a preview, its size and the file, one experiment at a time."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.training.ending import Ending, best_step, ending
from fall_line.training.history import History
from fall_line.training.train import train

KEPT = 2  # experiments that are remembered, without the weights


class Trained(NamedTuple):
    """One training, as files tell of it.

    Attributes:
        history: its steps, without the weights.
        ending: what became of it.
        best: the step to whose weights it goes back, or None.
    """

    history: History
    ending: Ending
    best: int | None


_kept: OrderedDict[TrainingExperiment, list[list[Trained]]] = OrderedDict()
_lock = Lock()


def trained(experiment: TrainingExperiment) -> list[list[Trained]]:
    """Return the training of each run with each seed."""
    with _lock:
        if experiment not in _kept:
            _keep(experiment, _all(experiment))
        _kept.move_to_end(experiment)
        return _kept[experiment]


def keep(experiment: TrainingExperiment, histories: Sequence[Sequence[History]]) -> None:
    """Remember `histories`, of each run with each seed, so that files of `experiment` needn't train again."""
    with _lock:
        _keep(experiment, [[_told(experiment, one) for one in seeds] for seeds in histories])


def first_seeds(experiment: TrainingExperiment) -> list[History]:
    """Return the training of each run with the first seed, with its weights; those of files are remembered too."""
    with _lock:
        if experiment in _kept:
            return [train(experiment, run, experiment.seed) for run in experiment.runs]
        firsts, told = [], []
        for run in experiment.runs:
            first = train(experiment, run, experiment.seed)
            others = [_told(experiment, train(experiment, run, seed)) for seed in experiment.all_seeds[1:]]
            firsts.append(first)
            told.append([_told(experiment, first), *others])
        _keep(experiment, told)
        return firsts


def _keep(experiment: TrainingExperiment, told: list[list[Trained]]) -> None:
    _kept[experiment] = told
    while len(_kept) > KEPT:
        _kept.popitem(last=False)


def _all(experiment: TrainingExperiment) -> list[list[Trained]]:
    return [
        [_told(experiment, train(experiment, run, seed)) for seed in experiment.all_seeds] for run in experiment.runs
    ]


def _told(experiment: TrainingExperiment, history: History) -> Trained:
    light = history._replace(kept=history.kept[:0], weights=history.weights[:0])
    return Trained(light, ending(experiment, history), best_step(experiment, history))
