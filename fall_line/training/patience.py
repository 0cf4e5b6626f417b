"""Early stopping: a training ends once its validation loss hasn't reached a new least for some steps."""

import numpy as np

from fall_line.training.history import History


class Patience:
    """Watches the validation losses of one training, part after part."""

    def __init__(self, steps: int) -> None:
        self.steps = steps  # without a new least; 0 waits for ever
        self.least = np.inf
        self.at: int | None = None

    def stops(self, history: History) -> int | None:
        """Return the step of `history`, the part that follows, at which the training ends, or None."""
        if not self.steps:
            return None
        for step, loss in zip(history.steps.tolist(), history.validation_loss.tolist(), strict=True):
            if loss < self.least:
                self.least, self.at = loss, step
            elif np.isfinite(loss) and self.at is not None and step - self.at >= self.steps:
                return step
        return None
