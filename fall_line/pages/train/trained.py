"""Trainings that are kept on the server, and trained on in turns.

One thread trains at a time, for a moment: so others, who watch paths or train too, never wait long. What a reader
leaves stays where it is, and is taken up again if somebody asks for it.
"""

import threading
from collections import OrderedDict
from time import monotonic

from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.pages.train.training import Training, key_of
from fall_line.pages.train.turns import Turns
from fall_line.training.history import History
from fall_line.training.under_way import room_for

MOST_BYTES = 300_000_000  # of all trainings that are kept, but for those that were asked for last
MOMENT = 0.05  # s for which one trains before it is the next one's turn
PATIENCE = 1.0  # s for which a question waits for its turn before it is answered without
MOST_WAITING = 4  # questions that wait at a time; each of them takes a thread of the server

turns = Turns()
_kept: OrderedDict[str, Training] = OrderedDict()
_lock = threading.Lock()


def trained(experiment: TrainingExperiment) -> list[list[History]]:
    """Return the whole training of each run with each seed: what is kept, and what must be trained first."""
    while not all(one.done for one in every(experiment)):
        train_on(experiment)
    return [[one.history for one in seeds if one.history is not None] for seeds in so_far(experiment)]


def so_far(experiment: TrainingExperiment) -> list[list[Training]]:
    """Return the training of each run with each seed as far as it has come; new ones have not begun."""
    with _lock:
        found = [[_found(experiment, place, seed) for seed in experiment.all_seeds] for place in _runs(experiment)]
        _forget_oldest(sum(len(seeds) for seeds in found))
    return found


def every(experiment: TrainingExperiment) -> list[Training]:
    """Return the same as one list."""
    return [one for seeds in so_far(experiment) for one in seeds]


def train_on(experiment: TrainingExperiment) -> bool:
    """Train for a moment, the shortest training first; say whether the turn came."""
    with turns.turn(PATIENCE, MOST_WAITING) as came:
        until = monotonic() + MOMENT
        # Asked anew in its turn: another reader may have trained the same meanwhile.
        all_of_them = every(experiment) if came else []
        while unfinished := [one for one in all_of_them if not one.done]:
            min(unfinished, key=lambda one: one.step).advance()
            if monotonic() > until:
                break
    return came


def _runs(experiment: TrainingExperiment) -> range:
    return range(len(experiment.runs))


def _found(experiment: TrainingExperiment, place: int, seed: int) -> Training:
    run = experiment.runs[place]
    key = key_of(experiment, run, seed)
    if key not in _kept:
        _kept[key] = _begun(experiment, place, seed)
    _kept.move_to_end(key)
    return _kept[key]


def _begun(experiment: TrainingExperiment, place: int, seed: int) -> Training:
    """Return a new training, which goes on from the kept one that has made most of what it begins with."""
    run = experiment.runs[place]
    new = Training(experiment, run, seed, room_for(experiment))
    longest = max(_kept.values(), key=new.reached, default=new)
    if new.reached(longest):
        new.go_on_from(longest)
        _kept.move_to_end(longest.key)
    return new


def _forget_oldest(latest: int) -> None:
    """Forget the trainings that nobody has asked for for longest, but for the `latest` ones."""
    size = sum(one.size for one in _kept.values())
    for key in list(_kept)[: max(0, len(_kept) - latest)]:
        if size <= MOST_BYTES:
            return
        size -= _kept.pop(key).size
