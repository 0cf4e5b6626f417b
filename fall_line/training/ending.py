"""What became of a training, in the words that a reader sees, and which of its weights are kept."""

from dataclasses import dataclass
from enum import Enum

import numpy as np

from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.training.history import History

FALLING = 0.01  # share by which the loss falls in the last tenth of a training that isn't over
PAST = 0.05  # share by which the validation loss ends above its least


class Kind(Enum):
    """How a training can end."""

    NOT_FINITE = "not finite"
    STOPPED = "stopped early"
    ROSE = "ended above its start"
    PAST_BEST = "past its best"
    FALLING = "still falling"
    SETTLED = "settled"


@dataclass(frozen=True)
class Ending:
    """What became of one training.

    Attributes:
        kind: the class it falls in.
        short: a few words for a table.
        sentence: the whole story, one or two sentences without the run's name.
        step: the step at which it happened, where there is one.
    """

    kind: Kind
    short: str
    sentence: str
    step: int | None = None


def first_not_finite(history: History) -> int | None:
    """Return the first step before which a weight or a loss is not finite, or None."""
    # After the last step there is no batch, but all points are looked at.
    bad = ~np.isfinite(np.where(history.looked, history.loss, history.batch_loss))
    weights = history.kept[~np.isfinite(history.weights).all(axis=1)]
    steps = [int(history.steps[np.argmax(bad)])] * bool(bad.any()) + weights[:1].tolist()
    return min(steps, default=None)


def best_step(experiment: TrainingExperiment, history: History) -> int | None:
    """Return the step to whose weights a run goes back at its end, or None if it stays where it ends.

    It is the first with the least validation loss.
    """
    if not experiment.return_best or not np.isfinite(history.validation_loss).any():
        return None
    return _least(history)


def _least(history: History) -> int:
    losses = np.where(np.isfinite(history.validation_loss), history.validation_loss, np.inf)
    return int(history.steps[np.argmin(losses)])


def ending(experiment: TrainingExperiment, history: History) -> Ending:
    """Return what became of the run that has this `history`, a whole training."""
    found = _of_losses(experiment, history)
    kept = best_step(experiment, history)
    if kept is None:
        return found
    back = f"At the end it goes back to its best weights, those of step {kept}."
    return Ending(found.kind, found.short, f"{found.sentence} {back}", found.step)


def _of_losses(experiment: TrainingExperiment, history: History) -> Ending:
    if (bad := first_not_finite(history)) is not None:
        told = f"Stopped being finite at step {bad}: the numbers overflowed or became undefined. A lower rate may hold."
        return Ending(Kind.NOT_FINITE, f"not finite from step {bad}", told, bad)
    last, losses = int(history.steps[-1]), history.loss[history.looked]
    first, final = history.loss[0], history.loss[-1]
    if last < experiment.steps:
        least = _least(history)
        told = f"Stopped early at step {last}: the validation loss had been least {last - least} steps before."
        return Ending(Kind.STOPPED, f"stopped at step {last}", told, last)
    if final > first:
        told = f"The loss ended at {final:.3g}, above the {first:.3g} that it began with. A lower rate may help."
        return Ending(Kind.ROSE, "ended above its start", told)
    if experiment.validation and _is_past_best(history):
        least = _least(history)
        told = (
            f"The validation loss was least at step {least} and rose after that, while the loss ended at {final:.3g}."
        )
        return Ending(Kind.PAST_BEST, f"validated best at step {least}", told, least)
    before = losses[-1 - max(1, len(losses) // 10)]
    if final < (1 - FALLING) * before:
        return Ending(Kind.FALLING, "still falling", f"The loss ended at {final:.3g} and was still falling.")
    return Ending(Kind.SETTLED, "settled", f"The loss settled at {final:.3g}.")


def _is_past_best(history: History) -> bool:
    """Return whether the validation loss was clearly less, and not only in the last tenth."""
    last, final = int(history.steps[-1]), history.validation_loss[-1]
    return bool(_least(history) < 0.9 * last and final > (1 + PAST) * np.nanmin(history.validation_loss))
