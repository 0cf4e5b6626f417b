"""Sheets of every method and of every kind of experiment, walked together and each stop alone."""

import copy
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import check
from fall_line.hyperparameter import Hyper
from fall_line.trajectories.run import Fan, fans
from fall_line.trajectories.sheet import Stop, moving, read_variations, sheet
from landscapes import find_surface
from optimizers import OPTIMIZERS

STOPS = 201  # as a slider has
TYPED = "formula:log(x^2 + 1.5*y^2)*sqrt(x + 3)"  # not finite left of −3


def stops(hyper: Hyper, count: int = STOPS) -> list[float]:
    """`count` values along the slider of `hyper`, both ends among them."""
    share = np.linspace(0, 1, count)
    along = {
        "linear": lambda: hyper.low + share * (hyper.high - hyper.low),
        "log": lambda: hyper.low * (hyper.high / hyper.low) ** share,
        "one_minus_log": lambda: 1 - (1 - hyper.low) * ((1 - hyper.high) / (1 - hyper.low)) ** share,
    }[hyper.scale]()
    return np.clip(along, hyper.low, hyper.high).tolist()


def hyper_of(method: str, key: str) -> Hyper:
    return next(hyper for hyper in OPTIMIZERS[method].hypers if hyper.key == key)


class Case(NamedTuple):
    """An experiment as plain data and what varies in it."""

    data: dict[str, Any]
    vary: list[dict[str, Any]]

    def at(self, place: int) -> Experiment:
        """The experiment with the values of one stop, as a reader would ask for it alone."""
        data = copy.deepcopy(self.data)
        for one in self.vary:
            run = None if one["run"] is None else data["runs"][one["run"]]
            values = data.setdefault("parameters", {}) if run is None else run.setdefault("hypers", {})
            values[one["key"]] = one["values"][place]
        return check(data)


def turned(
    method: str, key: str, count: int = STOPS, surface: str = "himmelblau", steps: int = 60, **fields: Any
) -> Case:
    """One run of `method` and `count` stops of its hyperparameter `key`; `run` in `fields` is added to the run."""
    run = {"optimizer": method, **fields.pop("run", {})}
    varied = [vary(0, key, stops(hyper_of(method, key), count))]
    return Case({"surface": surface, "steps": steps, "runs": [run], **fields}, varied)


def bent(key: str, surface: str, count: int = 41, **fields: Any) -> Case:
    """Two runs and `count` stops of the surface's parameter `key`."""
    hyper = next(one for one in find_surface(surface).parameters if one.key == key)
    runs = [{"optimizer": "momentum"}, {"optimizer": "newton"}]
    return Case({"surface": surface, "steps": 60, "runs": runs, **fields}, [vary(None, key, stops(hyper, count))])


def vary(run: int | None, key: str, values: list[float]) -> dict[str, Any]:
    return {"run": run, "key": key, "values": values}


def _linked() -> Case:
    """Two of three runs move together, each with values of its own."""
    runs = [{"optimizer": "nesterov"}, {"optimizer": "gradient_descent"}, {"optimizer": "adam"}]
    rates = np.geomspace(1e-4, 1, 45)
    varied = [vary(index, "learning_rate", (factor * rates).tolist()) for index, factor in ((2, 10), (0, 1))]
    return Case({"surface": "rosenbrock", "steps": 90, "runs": runs}, varied)


METHODS = {method: turned(method, one.hypers[0].key) for method, one in OPTIMIZERS.items()}
NOISY = {"noise": "minibatch", "sigma": 0.4, "batch": 3, "seeds": 3, "seed": 7}
COSINE = {"schedules": {"learning_rate": {"kind": "cosine", "final": 0.1}}}
WINDOW = {"schedules": {"momentum": {"kind": "growing_window", "half": 6}}}
OTHERS = {
    "off to infinity": turned("gradient_descent", "learning_rate", surface="rosenbrock", steps=1000),
    "chaotic": turned("adam_kingma", "learning_rate", 67, surface="wobbly", steps=1000, return_best=True),
    "chaotic memory": turned("nesterov", "gamma", 67, surface="ackley", steps=1000),
    "a second hyperparameter": turned("rmsprop", "gamma", steps=1000),
    "a whole number": turned("lookahead", "period", surface="booth"),
    "from none": turned("adamw", "weight_decay", 33, surface="booth"),
    "typed": turned("adagrad", "learning_rate", surface=TYPED),
    "typed, not finite": turned("momentum", "learning_rate", surface=TYPED, return_best=True),
    "angle": bent("angle", "rotated_quadratic"),
    "condition": bent("condition_number", "rotated_quadratic", start=(2.5, 2.5)),
    "letter of a formula": bent("a", "formula:x^2 + a*y^2 + sin(3*x*y)", **NOISY),
    "minibatches": turned("momentum", "gamma", 45, surface="himmelblau", **NOISY, return_best=True),
    "added noise": turned("adam", "beta1", 45, noise="additive", sigma=20, seeds=5, return_best=True),
    "factor of noise": turned("rprop", "grow", 33, noise="multiplicative", sigma=0.9, seeds=4),
    "scheduled rate": turned("nadam", "learning_rate", 45, run=COSINE),
    "scheduled memory": turned("ema_momentum", "gamma", 45, run=WINDOW),
    "linked": _linked(),
    "one value": turned("momentum", "gamma", 1),
    "last row of a room": turned("momentum", "gamma", 33, steps=127, surface="rosenbrock"),
    "first row of the next": turned("momentum", "gamma", 33, steps=128, surface="rosenbrock"),
    "the largest room": turned("adam", "learning_rate", 17, steps=1024, surface="rosenbrock"),
}
CASES = METHODS | OTHERS
# Methods of each kind: without memory and with it, adaptive, made of Optax's parts, with a line search, with curvature.
TELLING = ("gradient_descent", "nesterov", "adam", "adabelief", "gradient_descent_backtracking", "newton")
NAMES = [
    pytest.param(name, marks=() if name in (*TELLING, *OTHERS) else pytest.mark.thorough, id=name) for name in CASES
]


@cache
def walked(name: str) -> list[Stop]:
    """All stops of a case."""
    one = check(CASES[name].data)
    return [stop for chunk in sheet(one, read_variations(one, CASES[name].vary)) for stop in chunk]


@cache
def alone(name: str) -> list[list[Fan]]:
    """The fans of the runs that move in a case, each experiment walked alone: one list a stop."""
    case = CASES[name]
    runs = moving(check(case.data), read_variations(check(case.data), case.vary))
    everything = [fans(case.at(place)) for place in range(len(case.vary[0]["values"]))]
    return [[every[run] for run in runs] for every in everything]
