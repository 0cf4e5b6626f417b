"""Every choice on the Response page in one frozen value: a gradient signal and the runs that answer it."""

from typing import Any, ClassVar, Literal, get_args

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator, model_validator

from fall_line.experiments.drawn_signal import DRAWN, REACH, kept, unpacked
from fall_line.experiments.experiment_run import MAX_RUNS, Run, allowed_count, styled
from fall_line.experiments.kinds import Kind
from fall_line.experiments.mending import check_as, mend_as
from fall_line.experiments.signals import EPOCHS, SIGNALS, Floats
from fall_line.experiments.typed_signal import find_signal
from fall_line.validation import InputError, number, one_of, passed_on, refusal, whole
from landscapes import PREFIX
from optimizers import OPTIMIZERS, Optimizer

LEAST_SHOWN = 10  # epochs
ROUNDING = 1e-9  # of the difference of two epochs in hundredths: 19.72 − 9.72 is less than 10
LOOKED_AT = ("chosen", "epochs", "view")
View = Literal["curves", "methods", "signals", "run"]


def answering() -> dict[str, Optimizer]:
    """Return the methods that can answer a signal: those that neither ask for the loss nor for its curvature."""
    return {key: one for key, one in OPTIMIZERS.items() if not one.needs_loss}


class AnsweringRun(Run):
    """A run that answers a signal; schedules, which are made for the steps of a path, mean nothing to it."""

    @field_validator("optimizer", mode="before")
    @classmethod
    def _known_optimizer(cls, key: Any) -> Optimizer:
        optimizer = super()._known_optimizer(key)
        if optimizer.needs_loss:
            allowed = "one that needs the gradient alone; a signal has no loss and no curvature"
            raise refusal("optimizer", optimizer.key, allowed)
        return optimizer

    @field_validator("schedules", mode="before")
    @classmethod
    def _known_schedules(cls, given: Any, info: ValidationInfo) -> dict[str, dict[str, str | float]]:  # noqa: ARG003
        if given != {}:
            raise refusal("schedules", given, "left out, a signal is answered with constant hyperparameters")
        return {}


class ResponseExperiment(BaseModel):
    """A gradient signal and 1 to 16 runs.

    Attributes:
        signal: key of a signal, `formula:` and a formula of the epoch k, or `drawn`.
        drawn: 300 values from −2 to 2, kept in fiftieths, of a signal drawn by hand; None with any other signal.
        runs: 1 to 16, the same method as often as wanted.
        chosen: number of the run whose memory is shown; the first is 1.
        epochs: first and last epoch shown, with fractions, at least 10 apart, or None for all.
        view: the curves, or small plots: all methods, all runs on all signals, or the chosen run on all signals.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    signal: str = "spikes"
    drawn: tuple[float, ...] | None = None
    runs: tuple[AnsweringRun, ...]
    chosen: int = 1
    epochs: tuple[float, float] | None = None
    view: View = "curves"
    kind: ClassVar[Kind] = "response"

    @field_validator("signal", mode="before")
    @classmethod
    def _known_signal(cls, key: Any) -> str:
        if not (isinstance(key, str) and key.startswith(PREFIX)):
            return one_of("signal", key, (*SIGNALS, DRAWN, f"{PREFIX}…"))
        try:
            return find_signal(key).key
        except InputError as error:
            raise passed_on("signal", error) from None

    @field_validator("drawn", mode="before")
    @classmethod
    def _values_of_a_drawing(cls, drawn: Any, info: ValidationInfo) -> tuple[float, ...] | None:
        if drawn is None:
            return None
        if info.data.get("signal", DRAWN) != DRAWN:
            raise refusal("drawn", drawn, f"left out with a signal other than {DRAWN}")
        if isinstance(drawn, str):
            drawn = unpacked(drawn)
        if not isinstance(drawn, list | tuple):
            raise refusal("drawn", drawn, f"{EPOCHS} numbers from {-REACH:g} to {REACH:g}")
        if len(drawn) != EPOCHS:
            raise refusal("the number of drawn values", len(drawn), f"{EPOCHS}, each from {-REACH:g} to {REACH:g}")
        return tuple(kept(f"drawn at epoch {k}", value) for k, value in enumerate(drawn))

    @field_validator("runs", mode="before")
    @classmethod
    def _allowed_count(cls, runs: Any) -> Any:
        return allowed_count(runs)

    @field_validator("chosen", mode="before")
    @classmethod
    def _one_of_the_runs(cls, chosen: Any, info: ValidationInfo) -> int:
        return whole("chosen", chosen, 1, len(info.data.get("runs", ())) or MAX_RUNS)

    @field_validator("epochs", mode="before")
    @classmethod
    def _some_epochs(cls, epochs: Any) -> tuple[float, float] | None:
        if epochs is None:
            return None
        if not isinstance(epochs, list | tuple) or len(epochs) != 2:
            raise refusal("epochs", epochs, "two numbers: the first and the last epoch shown")
        low, high = (number("epochs", epoch, 0, EPOCHS - 1) for epoch in epochs)
        if high - low < LEAST_SHOWN - ROUNDING:
            raise refusal("epochs", epochs, f"two numbers, the second larger by at least {LEAST_SHOWN}")
        return low, high

    @field_validator("view", mode="before")
    @classmethod
    def _known_view(cls, view: Any) -> str:
        return one_of("view", view, get_args(View))

    @model_validator(mode="after")
    def _complete(self) -> "ResponseExperiment":
        if self.signal == DRAWN and self.drawn is None:
            object.__setattr__(self, "drawn", (0.0,) * EPOCHS)
        object.__setattr__(self, "runs", styled(self.runs))
        return self

    @property
    def values(self) -> Floats:
        """The gradient at each epoch, (300,)."""
        return find_signal(self.signal).values if self.drawn is None else np.array(self.drawn)

    @property
    def signal_words(self) -> str:
        """What the signal is called within a sentence: `rectangles`, the formula cut short, `a drawn signal`."""
        if self.drawn is not None:
            return "a drawn signal"
        signal = find_signal(self.signal)
        return signal.label if signal.latex else signal.label.lower()

    @property
    def steps(self) -> int:
        """The last epoch."""
        return EPOCHS - 1

    @property
    def subject(self) -> str:
        """What it is about, in the name of a file."""
        return f"response-{self.signal}"

    @property
    def length_words(self) -> str:
        """How long it is."""
        return f"{EPOCHS} epochs"

    def unseen(self) -> "ResponseExperiment":
        """Return what is answered, without what of it is looked at."""
        return self.model_copy(update={name: type(self).model_fields[name].default for name in LOOKED_AT})


def check(data: Any) -> ResponseExperiment:
    """Return the experiment in `data`, a mapping as in the JSON file.

    Raises:
        ExperimentError: something in it can't be used; the text names the field, the value and what is allowed.
    """
    return check_as(ResponseExperiment, data)


def mend(data: Any) -> tuple[ResponseExperiment, list[str]]:
    """Return the experiment in `data` with whatever can't be used left out, and a sentence for each such thing.

    Raises:
        ExperimentError: `data` isn't a mapping.
    """
    return mend_as(ResponseExperiment, data)
