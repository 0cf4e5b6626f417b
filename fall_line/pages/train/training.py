"""One training that is under way: it goes on part by part, and may be left and taken up again."""

import hashlib
import json

from fall_line.experiments.training_experiment import TrainingExperiment, TrainingRun
from fall_line.training.history import History, cut
from fall_line.training.patience import Patience
from fall_line.training.program import Standing
from fall_line.training.under_way import ROOM, Made, advanced, ended


class Training:
    """One run with one seed.

    Attributes:
        key: what it is called.
        base: what it has in common with those that may go on to be it.
        earlier: the base of what it was until the step from which it goes on with other values, or "".
        experiment: what it is a training of, without runs: the same for all runs, so that what they share is made once.
    """

    def __init__(self, experiment: TrainingExperiment, run: TrainingRun, seed: int, room: int = ROOM) -> None:
        self.key, self.base = key_of(experiment, run, seed), key_of(experiment, run, seed, steps=False)
        before = experiment.earlier
        self.earlier = "" if before is None else key_of(before, run.earlier, seed, steps=False)
        self.experiment, self.run, self.seed = situation_of(experiment), run, seed
        self._room = room
        self._patience = Patience(experiment.patience)
        self._made = Made()  # replaced as a whole, for others read it meanwhile
        self._turned: Standing | None = None  # where it stood at the step from which other values hold

    @property
    def step(self) -> int:
        """How many steps have been made."""
        return self._made.step

    @property
    def stopped(self) -> int | None:
        """The step at which it ended early, or None."""
        return self._made.stopped

    @property
    def done(self) -> bool:
        """Whether nothing more is to be trained."""
        return ended(self._made, self.experiment.steps)

    @property
    def history(self) -> History | None:
        """What is known so far, or None before the first part; there is a last row only once it is done."""
        return self._made.history

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return sum(column.nbytes for column in self._made.history or ())

    def advance(self) -> None:
        """Train up to 100 steps more."""
        self._made = advanced(self._made, self.experiment, self.run, self.seed, self._patience, self._room)
        self._note_turn()

    def take(self, made: Made) -> None:
        """Take over what has been made of it elsewhere."""
        self._made = made

    def reached(self, other: "Training") -> int:
        """Return up to which step `other` has made what this one begins with, or 0."""
        return self._begun_by(other).step

    def go_on_from(self, other: "Training") -> None:
        """Take over what `other` has made, as far as this one begins with it."""
        made = self._begun_by(other)
        if made.history is not None:
            history = cut(made.history, made.step - 1)
            self._made = made._replace(history=history)
            self._patience.stops(history)
            self._turned = other._turned if other.base == self.base else None
            self._note_turn()

    def _begun_by(self, other: "Training") -> Made:
        """Return what `other` has made that this one begins with: all of it, or what precedes the other values."""
        turned, made, turn = other._turned, other._made, self.experiment.continued.get("step", 0)
        if made.stopped is not None:
            return Made()
        shorter = other.base == self.base and other.experiment.steps < self.experiment.steps
        if shorter or (other.base == self.earlier and made.step <= min(turn, self.experiment.steps - 1)):
            return made
        alike = other.earlier == self.earlier and other.experiment.continued.get("step") == turn
        if turn and alike and turned is not None and self.experiment.steps > turn:
            return Made(made.history, turned, turn)
        return Made()

    def _note_turn(self) -> None:
        if self._made.step == self.experiment.continued.get("step"):
            self._turned = self._made.standing


def situation_of(experiment: TrainingExperiment) -> TrainingExperiment:
    """Return `experiment` without its runs and whatever doesn't change how one of them trains."""
    return experiment.model_copy(update={"runs": (), "seed": 0, "seeds": 1, "return_best": False, "patience": 0})


def key_of(experiment: TrainingExperiment, run: TrainingRun, seed: int, steps: bool = True) -> str:
    """Return what two trainings have in common if they are the same; without `steps`, if one may go on to be the other.

    Schedules are stretched over all steps, so that with one no training goes on to be a longer one.
    """
    scheduled = bool(run.schedules or experiment.batch_schedule)
    left_out = {"runs", "seed", "seeds", "return_best"} | (set() if steps or scheduled else {"steps"})
    situation = experiment.model_dump(mode="json", exclude=left_out)
    method = run.model_dump(mode="json", include={"optimizer", "hypers", "schedules", "before"})
    text = json.dumps([situation, method, seed], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
