"""A training that is under way: how far it has come, and how it goes on by a part."""

from typing import NamedTuple

from fall_line.experiments.experiment_run import Run
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.training.history import History, cut, joined
from fall_line.training.patience import Patience
from fall_line.training.program import Standing
from fall_line.training.train import MOST_KEPT, each_part

ROOM = 16_000_000  # bytes of the weights that are kept of one training, if there are few
ALL_WEIGHTS = 256_000_000  # bytes of the weights that are kept of one experiment


class Made(NamedTuple):
    """What has been made of a training by now.

    Attributes:
        history: what is known, or None before the first part; there is a last row only once it is done.
        standing: where to go on from.
        step: how many steps have been made.
        stopped: the step at which it ended early, or None.
    """

    history: History | None = None
    standing: Standing | None = None
    step: int = 0
    stopped: int | None = None


def room_for(experiment: TrainingExperiment) -> int:
    """Return how many bytes of weights are kept of each training of `experiment`."""
    return min(ROOM, ALL_WEIGHTS // (len(experiment.runs) * experiment.seeds))


def advanced(
    made: Made, situation: TrainingExperiment, run: Run, seed: int, patience: Patience, room: int = ROOM
) -> Made:
    """Return what has been made after up to 100 steps more, with up to `room` bytes of weights.

    `situation` is the experiment without patience, and best without runs: what they share is then made once.
    """
    part = next(each_part(situation, run, seed, made.standing, made.step))
    stopped = patience.stops(part.history)
    history = _thinned(part.history if stopped is None else cut(part.history, stopped), situation.steps, room)
    history = history if made.history is None else joined([made.history, history])
    return Made(history, part.standing, part.step, stopped)


def ended(made: Made, steps: int) -> bool:
    """Return whether nothing more is to be trained if `steps` are wanted."""
    return made.stopped is not None or made.step >= steps


def _thinned(part: History, steps: int, room: int) -> History:
    """Keep the weights of fewer steps, where they would take too much room."""
    numbers = (steps + 1) * part.weights.shape[1]
    kept_every = max(1, -(-numbers // MOST_KEPT))
    fewer = -(-numbers * part.weights.itemsize // (kept_every * room))
    wanted = ((part.kept // kept_every) % fewer == 0) | (part.kept == steps)
    return part._replace(kept=part.kept[wanted], weights=part.weights[wanted])
