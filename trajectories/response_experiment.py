"""Every choice on the Response page in one frozen value: a gradient signal and the runs that answer it."""

import base64
import binascii
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator, model_validator

from trajectories.experiment import Run, allowed_count, styled
from trajectories.link import fields_of, query_of, read_run, write_run
from trajectories.mending import ExperimentError, check_as, mend_as
from trajectories.signals import EPOCHS, SIGNALS, Floats
from validation import number, one_of, refusal

DRAWN = "drawn"
REACH = 2.0
PER_UNIT = 50  # a drawn value is kept in fiftieths, so that a link holds it in one byte


class ResponseExperiment(BaseModel):
    """A gradient signal and 1 to 16 runs.

    Attributes:
        signal: key of a signal, or `drawn`.
        drawn: 300 values from −2 to 2, kept in fiftieths, of a signal drawn by hand; None with any other signal.
        runs: 1 to 16, the same method as often as wanted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    signal: str = "spikes"
    drawn: tuple[float, ...] | None = None
    runs: tuple[Run, ...]

    @field_validator("signal", mode="before")
    @classmethod
    def _known_signal(cls, key: Any) -> str:
        return one_of("signal", key, (*SIGNALS, DRAWN))

    @field_validator("drawn", mode="before")
    @classmethod
    def _values_of_a_drawing(cls, drawn: Any, info: ValidationInfo) -> tuple[float, ...] | None:
        if drawn is None:
            return None
        if info.data.get("signal", DRAWN) != DRAWN:
            raise refusal("drawn", drawn, f"left out with a signal other than {DRAWN}")
        if isinstance(drawn, str):
            drawn = _unpacked(drawn)
        if not isinstance(drawn, list | tuple):
            raise refusal("drawn", drawn, f"{EPOCHS} numbers from {-REACH:g} to {REACH:g}")
        if len(drawn) != EPOCHS:
            raise refusal("the number of drawn values", len(drawn), f"{EPOCHS}, each from {-REACH:g} to {REACH:g}")
        return tuple(_rounded(f"drawn at epoch {k}", value) for k, value in enumerate(drawn))

    @field_validator("runs", mode="before")
    @classmethod
    def _allowed_count(cls, runs: Any) -> Any:
        return allowed_count(runs)

    @model_validator(mode="after")
    def _complete(self) -> "ResponseExperiment":
        if self.signal == DRAWN and self.drawn is None:
            object.__setattr__(self, "drawn", (0.0,) * EPOCHS)
        object.__setattr__(self, "runs", styled(self.runs))
        return self

    @property
    def values(self) -> Floats:
        """The gradient at each epoch, (300,)."""
        return SIGNALS[self.signal].values if self.drawn is None else np.array(self.drawn)


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


def to_query(experiment: ResponseExperiment) -> str:
    """Return `experiment` as a query string: `signal=rectangles&run=adam,beta1=0.9`.

    A drawn signal follows as `drawn=` and 400 characters: each value in fiftieths, plus 100, as a byte, in base64.
    """
    fields = [("signal", experiment.signal)]
    if experiment.drawn is not None:
        fields.append(("drawn", _packed(experiment.drawn)))
    runs = [("run", write_run(run, index)) for index, run in enumerate(experiment.runs)]
    return query_of([*fields, *runs])


def from_query(query: str) -> tuple[ResponseExperiment, list[str]]:
    """Return the experiment in `query` with what can't be used left out, and a sentence for each such thing.

    `experiment=response/adam/spikes` stands for a published one; further fields change it.
    """
    try:
        fields = fields_of(query)
    except ExperimentError as error:
        return mend({})[0], [str(error)]
    published, problems = _published([value for name, value in fields if name == "experiment"])
    given: dict[str, Any] = {name: value for name, value in fields if name not in ("experiment", "run")}
    if runs := [read_run(value) for name, value in fields if name == "run"]:
        given["runs"] = runs
    experiment, more = mend(published | given)
    return experiment, problems + more


def _published(names: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Return what the last of `names` stands for, and a sentence for each that is unknown."""
    from trajectories.published_responses import find  # noqa: PLC0415, which is made of experiments itself

    data: dict[str, Any] = {}
    problems: list[str] = []
    for name in names:
        try:
            data = find(name).experiment.model_dump(exclude_none=True)
        except ExperimentError as error:
            problems.append(str(error))
    return data, problems


def _rounded(field: str, value: Any) -> float:
    return round(number(field, value, -REACH, REACH) * PER_UNIT) / PER_UNIT


def _packed(drawn: tuple[float, ...]) -> str:
    return base64.urlsafe_b64encode(bytes(round((value + REACH) * PER_UNIT) for value in drawn)).decode("ascii")


def _unpacked(text: str) -> list[float]:
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise refusal("drawn", text, f"{EPOCHS} numbers, packed as the page's own links have them") from None
    return [(byte - REACH * PER_UNIT) / PER_UNIT for byte in raw]
