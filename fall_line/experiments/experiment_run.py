"""One run of an experiment: a method with its values, schedules and looks."""

from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    InstanceOf,
    PlainSerializer,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from fall_line.experiments.schedules import SCHEDULES
from fall_line.hyperparameter import Hyper
from fall_line.validation import one_line, one_of, refusal, settings, truth, whole
from optimizers import OPTIMIZERS, Optimizer

MAX_RUNS = 16
MAX_LABEL = 60
SCHEDULED = {"learning_rate": "rate", "momentum": "window"}  # and which hyperparameters follow
CRITERIA = {"final": "final loss", "best": "best loss", "steps": "steps to tolerance"}


class Run(BaseModel):
    """One optimizer with its values.

    Attributes:
        optimizer: the method; as data it is its key.
        hypers: a value for each of its hyperparameters; those left out take their defaults.
        label: the reader's own name for the run, or "" to be called by the method's.
        hidden: computed but not drawn.
        style: which of the 16 line styles (colour, dash, marker) draws it; by default its place in the list.
        schedules: for `learning_rate` and `momentum`, whichever is scheduled, the `kind` of schedule and its numbers.
        tuned: how its values were tuned, `VALUES:CRITERION` as in `64:final`, or "" if they were not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    optimizer: Annotated[InstanceOf[Optimizer], PlainSerializer(lambda one: one.key)]
    hypers: dict[str, float] = {}
    label: str = ""
    hidden: bool = False
    style: int | None = None
    schedules: dict[str, dict[str, str | float]] = {}
    tuned: str = ""

    @field_validator("optimizer", mode="before")
    @classmethod
    def _known_optimizer(cls, key: Any) -> Optimizer:
        return key if isinstance(key, Optimizer) else OPTIMIZERS[one_of("optimizer", key, OPTIMIZERS)]

    @field_validator("hypers", mode="before")
    @classmethod
    def _allowed_hypers(cls, given: Any, info: ValidationInfo) -> dict[str, float]:
        optimizer = info.data.get("optimizer")
        return {} if optimizer is None else settings("hypers", given, optimizer.hypers, optimizer.label)

    @field_validator("label", mode="before")
    @classmethod
    def _short_label(cls, label: Any) -> str:
        if not isinstance(label, str):
            raise refusal("label", label, f"text of at most {MAX_LABEL} characters")
        text = one_line(label)
        if len(text) > MAX_LABEL:
            raise refusal("label", f"{text[:20]}…", f"at most {MAX_LABEL} characters long, not {len(text)}")
        return text

    @field_validator("hidden", mode="before")
    @classmethod
    def _yes_or_no(cls, hidden: Any) -> bool:
        return truth("hidden", hidden)

    @field_validator("style", mode="before")
    @classmethod
    def _known_style(cls, style: Any) -> int | None:
        return None if style is None else whole("style", style, 0, MAX_RUNS - 1)

    @field_validator("schedules", mode="before")
    @classmethod
    def _known_schedules(cls, given: Any, info: ValidationInfo) -> dict[str, dict[str, str | float]]:
        optimizer = info.data.get("optimizer")
        if optimizer is None:
            return {}
        known = schedulable(optimizer)
        if not isinstance(given, dict):
            raise refusal("schedules", given, f"an object with {' or '.join(SCHEDULED)}")
        if unknown := [name for name in given if name not in known]:
            allowed = f"one of {', '.join(known)}" if known else "left out, nothing of it follows a schedule"
            raise refusal(f"a name in the schedules of {optimizer.label}", unknown[0], allowed, *unknown)
        chosen = {name: _schedule(name, given[name]) for name in SCHEDULED if name in given}
        return {name: one for name, one in chosen.items() if one["kind"] != "constant"}

    @field_validator("tuned", mode="before")
    @classmethod
    def _known_tuning(cls, tuned: Any) -> str:
        values, _, criterion = tuned.partition(":") if isinstance(tuned, str) else ("", "", "")
        known = criterion in CRITERIA and values.isascii() and values.isdigit() and len(values) <= 5
        if tuned != "" and not known:
            raise refusal("tuned", tuned, f"a number of values, a colon and one of {', '.join(CRITERIA)}, or empty")
        return tuned

    @model_validator(mode="after")
    def _defaults_filled(self) -> "Run":
        if not self.hypers:
            # Pydantic skips the field's validator when the field is left out.
            defaults = {hyper.key: hyper.default for hyper in self.optimizer.hypers}
            object.__setattr__(self, "hypers", defaults)
        return self

    @property
    def name(self) -> str:
        """What the reader calls this run."""
        return self.label or self.optimizer.label

    def schedule_words(self, hyper: Hyper, numbers: bool = False) -> str:
        """What stands behind the value of `hyper`, one of the method's, if it follows a schedule: " cosine", or "".

        With `numbers` those of the schedule follow, as in " cosine (f₁ 0.01)".
        """
        names = [name for name, follows in SCHEDULED.items() if follows == hyper.schedulable and name in self.schedules]
        if not names:
            return ""
        chosen = self.schedules[names[0]]
        kind = SCHEDULES[str(chosen["kind"])]
        values = ", ".join(f"{one.symbol} {chosen[one.key]:g}" for one in kind.hypers)
        return f" {kind.label.lower()} ({values})" if numbers else f" {kind.label.lower()}"

    @property
    def tuned_words(self) -> str:
        """How the values were tuned, e.g. "tuned: 64 values, final loss", or ""."""
        values, _, criterion = self.tuned.partition(":")
        return f"tuned: {values} values, {CRITERIA[criterion]}" if self.tuned else ""


def schedulable(optimizer: Optimizer) -> list[str]:
    """Return which of `SCHEDULED` the method has."""
    follow = {hyper.schedulable for hyper in optimizer.hypers}
    return [name for name, kind in SCHEDULED.items() if kind in follow]


def _schedule(name: str, given: Any) -> dict[str, str | float]:
    field = f"the schedule of the {name.replace('_', ' ')}"
    if not isinstance(given, dict):
        raise refusal(field, given, "an object with a kind and its numbers", name)
    kind = given.get("kind")
    if not isinstance(kind, str) or kind not in ("constant", *SCHEDULES):
        raise refusal(f"the kind of {field}", kind, f"one of constant, {', '.join(SCHEDULES)}", name)
    if kind == "constant":
        return {"kind": kind}
    known = SCHEDULES[kind]
    values = {key: value for key, value in given.items() if key != "kind"}
    try:
        return {"kind": kind, **settings("numbers", values, known.hypers, known.label)}
    except PydanticCustomError as error:
        context = {**(error.context or {}), "keys": (name,)}
        raise PydanticCustomError("refusal", "{text}", context) from None


def allowed_count(runs: Any) -> Any:
    """Return `runs` if it is a list of 1 to 16.

    Raises:
        PydanticCustomError: it isn't.
    """
    if not isinstance(runs, list | tuple):
        raise refusal("runs", runs, "a list of runs, each with the key of an optimizer")
    if not 1 <= len(runs) <= MAX_RUNS:
        raise PydanticCustomError(
            "runs", "{text}", {"text": f"there are {len(runs)} runs; there must be 1 to {MAX_RUNS}"}
        )
    return runs


def styled(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return `runs` with the style of its place in the list for each that has none."""
    return tuple(
        one if one.style is not None else one.model_copy(update={"style": index}) for index, one in enumerate(runs)
    )
