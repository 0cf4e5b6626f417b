"""Reads an experiment from a reader's input: all or nothing (`check`), or as much of it as is right (`mend`)."""

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import MAX_RUNS, Run
from fall_line.validation import InputError, one_line, quoted
from optimizers import OPTIMIZERS, Optimizer

RESULTS = "statistics"  # what a file tells of its paths besides; it says nothing of how to walk them
FALLBACK_RUN = {"optimizer": "gradient_descent"}
Kind = TypeVar("Kind", bound=BaseModel)


class ExperimentError(InputError):
    """An experiment that can't be used; the text is one sentence for the reader."""


def check(data: Any) -> Experiment:
    """Return the experiment in `data`, a mapping as in the JSON file.

    Raises:
        ExperimentError: something in it can't be used; the text names the field, the value and what is allowed.
    """
    return check_as(Experiment, data)


def check_as(kind: type[Kind], data: Any) -> Kind:
    """Return the experiment of this `kind` in `data`; like `check` for kinds with `runs` of their own.

    Raises:
        ExperimentError: something in it can't be used; the text names the field, the value and what is allowed.
    """
    experiment, problems = mend_as(kind, data)
    if problems:
        raise ExperimentError(problems[0])
    return experiment


def mend(data: Any) -> tuple[Experiment, list[str]]:
    """Return the experiment in `data` with whatever can't be used left out, and a sentence for each such thing.

    Raises:
        ExperimentError: `data` isn't a mapping.
    """
    return mend_as(Experiment, data)


def mend_as(kind: type[Kind], data: Any) -> tuple[Kind, list[str]]:
    """Return the experiment of this `kind` in `data`; like `mend` for kinds with `runs` of their own.

    Raises:
        ExperimentError: `data` isn't a mapping.
    """
    if not isinstance(data, dict):
        raise ExperimentError(f"An experiment must be an object with a list of runs, not {quoted(data)}.")
    draft = _Draft(kind, {name: value for name, value in data.items() if name != RESULTS})
    # Each round drops at least one offending value, so that the loop ends.
    while True:
        try:
            return kind.model_validate(draft.data), draft.problems
        except ValidationError as refused:
            draft.drop(refused.errors(include_url=False))


class _Draft:
    """A reader's data while it is being mended; runs keep the numbers under which the reader knows them."""

    def __init__(self, kind: type[BaseModel], data: dict[str, Any]) -> None:
        self.kind = kind
        self.data = {"runs": [FALLBACK_RUN], **_named(data)}
        if isinstance(self.data["runs"], list | tuple):
            self.data["runs"] = [_named(one) if isinstance(one, dict) else one for one in self.data["runs"]]
        self.problems: list[str] = []
        self.numbers = list(range(1, MAX_RUNS + 1))

    def drop(self, errors: list[Any]) -> None:
        """Note a sentence for each error and take out the values that caused them."""
        self.problems.extend(self._sentence(error) for error in errors)
        given = self.data["runs"] if isinstance(self.data["runs"], list | tuple) else []
        self.data["runs"] = list(given[:MAX_RUNS])
        gone = {index for error in errors if (index := self._take_out(error["loc"], error.get("ctx", {}))) is not None}
        kept = [index for index in range(len(self.data["runs"])) if index not in gone]
        self.numbers = [self.numbers[index] for index in kept] or [1]
        self.data["runs"] = [self.data["runs"][index] for index in kept] or [FALLBACK_RUN]

    def _take_out(self, place: tuple, context: dict[str, Any]) -> int | None:
        """Drop one value, or return the index of the run that must go as a whole."""
        owner, field = self.data, place[0] if place else context["field"]
        if field == "runs":
            if len(place) == 1:
                return None
            owner, field = self.data["runs"][place[1]], place[2] if len(place) > 2 else "optimizer"
            if field == "optimizer":
                return place[1]
        nested = owner.get(field)
        if isinstance(nested, dict) and (keys := set(context.get("keys", ()))):
            owner[field] = {key: value for key, value in nested.items() if key not in keys}
        else:
            owner.pop(field, None)
        return None

    def _sentence(self, error: Any) -> str:
        place = error["loc"]
        if error["type"] == "extra_forbidden":
            fields = (Run if place[0] == "runs" else self.kind).model_fields
            text = f"there is no field {quoted(place[-1])}; the fields are {', '.join(fields)}"
        elif error["type"] == "missing":
            text = f"the field {quoted(place[-1])} is missing"
        elif error["type"].startswith("model"):
            text = f"{quoted(error['input'])} isn't a run; a run is an object with the key of an optimizer"
        else:
            text = error["ctx"]["text"]
        if len(place) > 1 and place[0] == "runs":
            text = f"run {self.numbers[place[1]]}{_method(self.data['runs'][place[1]])}: {text}"
        return f"{text[0].upper()}{text[1:]}."


def _named(mapping: dict[Any, Any]) -> dict[str, Any]:
    """Return a copy of `mapping` whose keys are all names that can be shown: pydantic stumbles over others."""
    return {one_line(str(key)): value for key, value in mapping.items()}


def _method(run: Any) -> str:
    key = run.get("optimizer") if isinstance(run, dict) else None
    optimizer = OPTIMIZERS.get(key) if isinstance(key, str) else key
    return f" ({optimizer.label})" if isinstance(optimizer, Optimizer) else ""
