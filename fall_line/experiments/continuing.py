"""A training that goes on from a step with other values: what held until then, as data.

`continued` of an experiment has the `step` from which its own values hold, and until then how many `steps` it had, its
`batch` and `batch_schedule`. `before` of a run has the `hypers` and `schedules` that it had until then. What is learned
is the same all along: task, network, penalty, seeds; and so is patience.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from fall_line.validation import refusal, settings, whole
from optimizers import Optimizer

Checks = dict[str, Callable[[Any], Any]]
Run = TypeVar("Run")

OF_TRAINING = ("batch", "batch_schedule")
OF_RUN = ("hypers", "schedules")


def continuation(given: Any, checks: Checks, now: dict[str, Any], longest: int) -> dict[str, Any]:
    """Return `given` with what it leaves out as it is `now`, or {} for a training with the same values all along.

    Args:
        given: a reader's `continued`.
        checks: of each of `OF_TRAINING`.
        now: the experiment's own values.
        longest: how many steps a training may have.

    Raises:
        PydanticCustomError: something in it can't be used.
    """
    if given in ({}, None):
        return {}
    names = ("step", "steps", *OF_TRAINING)
    if not isinstance(given, dict) or "step" not in given:
        raise refusal("continued", given, "an object with the step from which other values hold")
    if unknown := [name for name in given if name not in names]:
        raise refusal("a name in continued", unknown[0], f"one of {', '.join(names)}", *unknown)
    step = whole("the step from which it goes on", given["step"], 1, longest)
    before = {"steps": step} | {name: now[name] for name in checks if name in now}
    checks = {"steps": lambda steps: whole("steps", steps, step, longest), **checks}
    return {"step": step, **before, **_checked(given, checks, f"before step {step} the ")}


def earlier_values(
    given: Any, optimizer: Optimizer, check_schedules: Callable[[Any], Any]
) -> dict[str, dict[str, Any]]:
    """Return a reader's `before` of a run of `optimizer`; what it leaves out isn't there.

    Raises:
        PydanticCustomError: something in it can't be used.
    """
    if not isinstance(given, dict):
        raise refusal("before", given, f"an object with {' and '.join(OF_RUN)}")
    if unknown := [name for name in given if name not in OF_RUN]:
        raise refusal("a name in before", unknown[0], f"one of {', '.join(OF_RUN)}", *unknown)

    def check_hypers(values: Any) -> dict[str, float]:
        filled = settings("hypers", values, optimizer.hypers, optimizer.label)
        return {key: filled[key] for key in values}

    return _checked(given, {"hypers": check_hypers, "schedules": check_schedules}, "before it goes on, ")


def _checked(given: dict[str, Any], checks: Checks, when: str) -> dict[str, Any]:
    made = {}
    for name, check in checks.items():
        if name not in given:
            continue
        try:
            made[name] = check(given[name])
        except PydanticCustomError as error:
            told = dict(error.context or {})
            raise PydanticCustomError(
                "refusal", "{text}", {**told, "text": f"{when}{told['text']}", "keys": (name,)}
            ) from None
    return made


def complete(runs: Sequence[Any], continued: bool) -> tuple[Any, ...]:
    """Return `runs` of a training each with all that it had before it goes on, or of any other with nothing."""
    return tuple(
        run
        if run.before == (before := _all_before(run) if continued else {})
        else run.model_copy(update={"before": before})
        for run in runs
    )


def _all_before(run: Any) -> dict[str, Any]:
    given = run.before
    return {
        "hypers": {**run.hypers, **given.get("hypers", {})},
        "schedules": given.get("schedules", run.schedules),
    }
