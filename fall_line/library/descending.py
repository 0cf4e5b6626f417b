"""Descents by one call: `descend` with `run` for each of the runs."""

from collections.abc import Sequence
from os import PathLike, fspath
from typing import Any

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import Run
from fall_line.experiments.mending import check
from fall_line.experiments.reading import read_experiment
from fall_line.library.given_run import GivenRun
from fall_line.library.runs import Runs
from fall_line.validation import InputError, quoted
from landscapes import PREFIX, SURFACES, Surface, own_surface
from optimizers import OPTIMIZERS, Optimizer, own_optimizer

FIRST = "Run 1"  # as a single run's own check calls it


def run(
    method: Any,
    *,
    label: str = "",
    schedules: dict[str, dict[str, Any]] | None = None,
    hidden: bool = False,
    **hypers: float,
) -> Run:
    """Return one run: a method with its values.

    Args:
        method: a key such as `"adam"`, an Optax transformation, or a pair of functions: `init(point)` makes the memory
            and `step(problem, point, state, *, …)` returns the next point and memory; `problem.gradient(point)` is the
            gradient and `problem.value(point)` the loss.
        label: the run's name, or "" to be called by the method's.
        schedules: for `learning_rate` and `momentum` the `kind` of schedule and its numbers.
        hidden: computed but not drawn.
        hypers: values of the method's hyperparameters; those left out take their defaults. An Optax transformation
            keeps what it was made with and has one, `learning_rate`, a factor on its updates, 1 unless given.

    Raises:
        InputError: something can't be used; the text says what is allowed.
    """
    known = isinstance(method, str | Optimizer)
    data = {"optimizer": method if known else own_optimizer(method, hypers), "hypers": hypers, "label": label}
    data |= {"schedules": schedules or {}, "hidden": hidden}
    try:
        check({"runs": [data]})
    except InputError as refused:
        text = str(refused).partition(": ")[2] if str(refused).startswith(FIRST) else str(refused)
        raise InputError(f"{text[0].upper()}{text[1:]}") from None
    return GivenRun.of(data)


def descend(
    surface: Any,
    *,
    runs: Sequence[Any] | None = None,
    start: Sequence[float] | None = None,
    steps: int | None = None,
    view: Sequence[float] | None = None,
    **choices: Any,
) -> Runs:
    """Let runs descend a surface and return their paths.

    Args:
        surface: a JAX function of (x, y) or of one vector of two; the key of a listed surface; `formula:` and a
            formula; or a whole experiment: a published name such as `cross-method/wobbly`, a share link or its query
            string, the path of a JSON file or what it holds, or an `Experiment`. What is given besides changes it.
        runs: what `run` returns, or just methods as `run` takes them; 1 to 16.
        start: x and y; by default the surface's own, or one that is proposed.
        steps: 1 to 10,000; 125 by default.
        view: x_low, x_high, y_low, y_high of what is shown and searched for minima.
        choices: any other field of `Experiment`: `parameters`, `noise`, `sigma`, `batch`, `seed`, `seeds`,
            `return_best`, `tolerance`, `levels`, `loss_axis`.

    Raises:
        InputError: something can't be used; the text names it and says what is allowed.
    """
    data = _experiment(surface, view, start) | choices
    data |= {name: value for name, value in (("start", start), ("steps", steps), ("view", view)) if value is not None}
    if runs is not None:
        data["runs"] = [_descending(one) for one in listed_runs(runs)]
    if "runs" not in data:
        raise InputError(f"Say which methods descend, e.g. runs=['adam']; there are {', '.join(OPTIMIZERS)}.")
    # An array of NumPy or JAX is as good as a list.
    data |= {name: _numbers(name, data.get(name), count) for name, count in (("start", 2), ("view", 4))}
    return Runs(check(data))


def _descending(one: Any) -> Run:
    given = one if isinstance(one, Run) else run(one)
    return given.descending() if isinstance(given, GivenRun) else given


def listed_runs(runs: Any) -> list[Any]:
    """Return `runs` as a list.

    Raises:
        InputError: it is a single run, or none at all.
    """
    pair = isinstance(runs, tuple) and len(runs) == 2 and all(map(callable, runs))
    if isinstance(runs, str | Run | Optimizer) or pair or not isinstance(runs, Sequence):
        raise InputError(f"Runs is {quoted(runs)}; it must be a list, also of a single run.")
    return list(runs)


def _experiment(surface: Any, view: Any, start: Any) -> dict[str, Any]:
    """Return the fields that `surface` stands for."""
    if isinstance(surface, Experiment):
        return _fields(surface)
    if isinstance(surface, Surface | dict):
        return dict(surface) if isinstance(surface, dict) else {"surface": surface}
    if isinstance(surface, str | PathLike):
        text = fspath(surface)
        return {"surface": text} if text in SURFACES or text.startswith(PREFIX) else _fields(read_experiment(text))
    return {"surface": own_surface(surface, _numbers("view", view, 4), _numbers("start", start, 2))}


def _fields(experiment: Experiment) -> dict[str, Any]:
    # Where the player stands may lie beyond other steps.
    return {name: value for name, value in dict(experiment).items() if name != "step"}


def _numbers(field: str, values: Any, count: int) -> Any:
    if values is None:
        return None
    try:
        numbers = tuple(float(one) for one in values)
    except (TypeError, ValueError):
        numbers = ()
    if len(numbers) != count:
        raise InputError(f"{field.capitalize()} is {quoted(values)}; it must be {count} numbers.")
    return numbers
