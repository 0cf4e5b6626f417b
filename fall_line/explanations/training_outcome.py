"""What became of one training, in few words and in a sentence."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.training.train import RARELY, SMALL, History

LEARNED = 0.05  # of the first loss
FALLING = 0.95  # of the loss a fifth of the steps before the end
TAIL = 0.2  # of the steps
WORSE = 1.1  # times the least validation loss


class TrainingOutcome(NamedTuple):
    """What became of a training.

    Attributes:
        kind: a class for the colour of the words.
        short: a few words for a table.
        sentence: the whole story, one or two sentences without the run's name.
    """

    kind: str
    short: str
    sentence: str


def looks_every(experiment: TrainingExperiment) -> int:
    """Return how many steps there are from one look at all points to the next."""
    return 1 if experiment.task.points <= SMALL else RARELY


def looked_at(experiment: TrainingExperiment, history: History) -> NDArray[np.int64]:
    """Return the rows of `history` before whose step all points were looked at; the last weights always were."""
    every = looks_every(experiment)
    return np.flatnonzero((history.steps % every == 0) | (history.steps == experiment.steps))


def first_not_finite(experiment: TrainingExperiment, history: History) -> int | None:
    """Return the first step before which a loss or the gradient isn't finite, or None."""
    told = np.isfinite(history.batch_loss) & np.isfinite(history.slope)
    if history.steps[-1] == experiment.steps:
        told[-1] = True  # no batch follows the last weights
    looked = looked_at(experiment, history)
    told[looked] &= np.isfinite(history.loss[looked])
    return None if told.all() else int(history.steps[np.argmin(told)])


def best_row(experiment: TrainingExperiment, history: History) -> int | None:
    """Return the row with the least validation loss, or None if there is none that is finite."""
    looked = looked_at(experiment, history)
    losses = np.where(np.isfinite(history.validation_loss[looked]), history.validation_loss[looked], np.inf)
    return None if not len(looked) or np.isinf(losses.min()) else int(looked[np.argmin(losses)])


def training_outcome(
    experiment: TrainingExperiment, history: History, stopped: int | None, done: bool
) -> TrainingOutcome:
    """Return what became of the training that `history` tells of.

    `stopped` is the step at which it ended early, and `done` whether it has ended.
    """
    gone = first_not_finite(experiment, history)
    if gone is not None:
        return _not_finite(experiment, history, gone)
    step = int(history.steps[-1]) + (0 if done else 1)
    if not done:
        sentence = f"Still training: {step} of {experiment.length_words} are made."
        return TrainingOutcome("moving", f"training, {step} of {experiment.steps}", sentence)
    found = _ending(experiment, history) if stopped is None else _stopped(experiment, stopped)
    return found._replace(sentence=" ".join([found.sentence, *_asides(experiment, history)]))


def _not_finite(experiment: TrainingExperiment, history: History, gone: int) -> TrainingOutcome:
    looked = looked_at(experiment, history)
    before = looked[history.steps[looked] < gone]
    last = (
        f" The last finite loss is {history.loss[before[-1]]:.4g}, at step {history.steps[before[-1]]}."
        if len(before)
        else ""
    )
    sentence = f"Stopped being finite at step {gone}: the loss is no number any more.{last}"
    return TrainingOutcome("not_finite", f"NaN from step {gone}", sentence)


def _stopped(experiment: TrainingExperiment, stopped: int) -> TrainingOutcome:
    sentence = (
        f"Stopped early at step {stopped}: for {experiment.patience} steps no validation loss was lower than the "
        "least before."
    )
    return TrainingOutcome("settled", f"stopped early at {stopped}", sentence)


def _ending(experiment: TrainingExperiment, history: History) -> TrainingOutcome:
    looked = looked_at(experiment, history)
    steps, losses = history.steps[looked], history.loss[looked]
    first, last = losses[0], losses[-1]
    before = losses[np.argmax(steps >= (1 - TAIL) * steps[-1])]
    told = f"the loss went from {first:.4g} to {last:.4g} in {experiment.length_words}"
    if last > first:
        return TrainingOutcome("outside", "worse than at first", f"Worse than at first: {told}.")
    if last <= LEARNED * first:
        return TrainingOutcome("reached", "learned", f"Learned: {told}.")
    if last <= FALLING * before:
        return TrainingOutcome(
            "moving", "still falling", f"Still falling: {told}, and was {before:.4g} a fifth of them ago."
        )
    return TrainingOutcome("settled", "hardly falls any more", f"Hardly falls any more: {told}.")


def _asides(experiment: TrainingExperiment, history: History) -> list[str]:
    """Return what else is to be said of a training that has ended."""
    best = best_row(experiment, history)
    if best is None:
        return []
    least, last = history.validation_loss[best], history.validation_loss[looked_at(experiment, history)[-1]]
    said = []
    if last > WORSE * least:
        said.append(f"The validation loss was least at step {history.steps[best]}, {least:.4g}, and is {last:.4g} now.")
    if experiment.return_best:
        said.append(f"At its end it goes back to the weights of step {history.steps[best]}.")
    return said
