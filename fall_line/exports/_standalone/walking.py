"""What a page in a file of its own walks by itself: the translated programs, and all that they are handed."""

import base64
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from fall_line.exports._standalone.document import inlined
from fall_line.hyperparameter import Hyper

if TYPE_CHECKING:
    from fall_line.experiments.experiment import Experiment
    from fall_line.experiments.experiment_run import Run

STEPS = Hyper("steps", "", "steps", 125, 1, 1e4, "log", "How many updates each run makes.")
SIGMA = Hyper("sigma", "σ", "noise", 0.3, 1e-3, 100.0, "log", "How strong the noise is.")
LONG = 1000  # steps that can be turned to, if four times as many as there are don't reach that far
MOST_NOISE = 120_000  # bytes of noise that a file takes along: as much again as its programs and paths


class Walking(NamedTuple):
    """The way to paths that the engine has not walked.

    Attributes:
        script: makes the object `fallLinePrograms` of a `surface` and of `rules`; empty if nothing can be moved.
        data: what client/standalone/walking.ts reads.
        why: a sentence on what can't be moved, or "".
    """

    script: str
    data: dict[str, Any] | None
    why: str


def walking(experiment: "Experiment") -> Walking:
    """Return the programs of the surface and of the methods of `experiment`, and what they need."""
    if _noise_bytes(experiment) > MOST_NOISE:
        return Walking(
            "",
            None,
            f"This file only plays: the noise of {experiment.length_words} {_seeds(experiment)}is too long for it.",
        )
    from fall_line.translation.rule import rule_module  # noqa: PLC0415, the engine is needed only here
    from fall_line.translation.surface import surface_module  # noqa: PLC0415

    surface, reason = _translated(partial(surface_module, experiment.surface))
    if reason:
        return Walking("", None, f"This file only plays: a browser can't compute its surface. {reason}")
    methods = {one.optimizer.key: one.optimizer for one in experiment.runs}
    made = {key: _translated(partial(rule_module, one)) for key, one in methods.items()}
    rules = ", ".join(f"{inlined(key)}: {text}" for key, (text, reason) in made.items() if not reason)
    script = f"globalThis.fallLinePrograms = {{ surface: {surface}, rules: {{ {rules} }} }};"
    reasons = {methods[key].label: reason for key, (_, reason) in made.items() if reason}
    known = {key for key, (_, reason) in made.items() if not reason}
    return Walking(script, _data(experiment, known), _why(reasons))


def _translated(make: Callable[[], str]) -> tuple[str, str]:
    """Return a program as an expression and "", or "" and a sentence on why there is none."""
    from fall_line.translation.module import expression  # noqa: PLC0415, the engine is needed only here
    from fall_line.translation.untranslatable import UntranslatableError  # noqa: PLC0415

    try:
        return expression(make()), ""
    except UntranslatableError as error:
        return "", str(error)
    except (TypeError, ValueError, NotImplementedError):  # what JAX says of a plugin that can't be traced as a rule is
        return "", "It is written in a way that can't be translated."


def _why(reasons: dict[str, str]) -> str:
    if not reasons:
        return ""
    labels, whose = " and ".join(reasons), "its" if len(reasons) == 1 else "their"
    return f"A browser can't compute {labels}, so {whose} numbers and the start stay. {next(iter(reasons.values()))}"


def _seeds(experiment: "Experiment") -> str:
    count = len(experiment.all_seeds)
    return f"and {count} seeds " if count > 1 else ""


def _noise_bytes(experiment: "Experiment") -> int:
    if experiment.noise == "none" or (experiment.sigma == 0 and experiment.noise != "minibatch"):
        return 0
    from fall_line.experiments.noise_kinds import COPIES  # noqa: PLC0415

    a_step = COPIES if experiment.noise == "minibatch" else 2 * 8
    return len(experiment.all_seeds) * experiment.steps * a_step


def _data(experiment: "Experiment", known: set[str]) -> dict[str, Any]:
    """Return ranges, noise and schedules, and by what a browser judges what became of a run."""
    from fall_line.trajectories.conditions import conditions  # noqa: PLC0415, the engine is needed only here
    from fall_line.trajectories.minima import minima_of  # noqa: PLC0415

    landscape = experiment.landscape
    met = [conditions(experiment, one, experiment.seed) for one in experiment.runs]
    return {
        "hypers": [
            [asdict(hyper) for hyper in one.optimizer.hypers] if one.optimizer.key in known else None
            for one in experiment.runs
        ],
        "scheduled": [_scheduled(one) for one in experiment.runs],
        "shared": _shared(experiment),
        "parameters": [hyper.key for hyper in experiment.surface.parameters],
        "domain": list(landscape.domain),
        "rates": [_factors(one.rates, experiment.steps) for one in met],
        "windows": [_factors(one.windows, experiment.steps) for one in met],
        "noise": _noise(experiment),
        "minima": [list(one) for one in minima_of(landscape)],
        "frame": list(experiment.frame),
        "diagonal": landscape.diagonal,
    }


def _scheduled(one: "Run") -> list[dict[str, Any]]:
    """Return the numbers of the run's schedules, each with the key of what follows the schedule before its own."""
    from fall_line.experiments.schedules import SCHEDULES  # noqa: PLC0415

    return [
        asdict(hyper) | {"key": f"{name}.{hyper.key}", "label": f"{hyper.label} of the {name.replace('_', ' ')}"}
        for name, schedule in one.schedules.items()
        for hyper in SCHEDULES[str(schedule["kind"])].hypers
    ]


def _shared(experiment: "Experiment") -> list[dict[str, Any]]:
    """Return what all runs have in common and a browser can turn.

    Not parameters that move the minima, which only the engine finds, and with noise no more steps than it is there for.
    """
    steps = experiment.steps
    noisy = _noise_bytes(experiment) > 0
    most = steps if noisy else min(int(STEPS.high), max(LONG, 4 * steps))
    shared = [] if most == 1 else [asdict(replace(STEPS, default=steps, high=most)) | {"whole": True}]
    if noisy and experiment.noise != "minibatch":
        shared.append(asdict(SIGMA))
    if experiment.landscape.minima is not None:
        shared += [asdict(hyper) | {"key": f"parameters.{hyper.key}"} for hyper in experiment.surface.parameters]
    return shared


def _factors(factors: Any, steps: int) -> str:
    """Return the schedule's factors of all steps; nothing where all are 1."""
    column = np.asarray(factors)[:steps]
    return "" if (column == 1).all() else _packed(column, "<f8")


def _noise(experiment: "Experiment") -> dict[str, Any]:
    """Return the noise of each seed: normals (steps, 2) as float64 or ranks (steps, copies) as bytes, in base64."""
    from fall_line.trajectories.conditions import conditions  # noqa: PLC0415, the engine is needed only here

    met = [conditions(experiment, experiment.runs[0], seed) for seed in experiment.all_seeds]
    blurred = any(met[0].amounts)
    return {
        "amounts": [float(amount) for amount in met[0].amounts],
        "normals": [_packed(np.asarray(one.normals)[: experiment.steps], "<f8") if blurred else "" for one in met],
        "shifts": np.asarray(met[0].shifts).ravel().tolist(),
        "ranks": [_packed(np.asarray(one.ranks)[: experiment.steps], "u1") if len(one.ranks) else "" for one in met],
        "batch": experiment.batch,
    }


def _packed(array: np.ndarray, kind: str) -> str:
    return base64.b64encode(array.astype(kind).tobytes()).decode("ascii")
