"""How a learning rate or a momentum changes in the course of a run.

A schedule is a factor f(k) for each step k. A learning rate becomes η·f(k). Of a momentum the share that is forgotten,
1 − γ, is scaled: γ(k) = 1 − (1−γ)·f(k), for a momentum remembers about 1/(1−γ) steps; a factor that falls lets this
window grow. Where that would be below 0 it is 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from fall_line.hyperparameter import Hyper

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Schedule:
    """One kind of schedule.

    Attributes:
        key: the name used in links and files.
        label: the name a reader sees.
        factor: `factor(k, steps, **values) -> f`, for steps k (n,) of a run of `steps` steps, as (n,); never negative.
        hypers: its numbers.
        formula: f(k) as LaTeX, N being the number of steps.
        note: one sentence, what it is good for.
    """

    key: str
    label: str
    factor: Callable[..., Floats]
    hypers: tuple[Hyper, ...]
    formula: str
    note: str


def _exponential(k: Floats, steps: int, *, final: float) -> Floats:
    return final ** (k / steps)


def _step(k: Floats, steps: int, *, drop: float, every: float) -> Floats:  # noqa: ARG001
    return drop ** np.floor(k / every)


def _cosine(k: Floats, steps: int, *, final: float) -> Floats:
    return final + (1 - final) * (1 + np.cos(np.pi * k / steps)) / 2


def _warm_up(k: Floats, steps: int, *, start: float, over: float) -> Floats:  # noqa: ARG001
    return start + (1 - start) * np.minimum(1.0, k / over)


def _one_cycle(k: Floats, steps: int, *, start: float, peak: float, final: float) -> Floats:
    top = peak * steps
    up = start + (1 - start) * (1 - np.cos(np.pi * np.minimum(1.0, k / top))) / 2
    down = final + (1 - final) * (1 + np.cos(np.pi * np.clip((k - top) / (steps - top), 0.0, 1.0))) / 2
    return np.where(k < top, up, down)


def _growing_window(k: Floats, steps: int, *, half: float) -> Floats:  # noqa: ARG001
    return 1 / (1 + k / half)


def _start(default: float) -> Hyper:
    return Hyper("start", "f₀", "first factor", default, 1e-4, 100.0, "log", "The factor at the first step.")


def _final(default: float, low: float = 1e-6) -> Hyper:
    return Hyper("final", "f₁", "last factor", default, low, 1.0, "log", "The factor that the end of the run reaches.")


def _count(key: str, symbol: str, label: str, default: float, note: str) -> Hyper:
    return Hyper(key, symbol, label, default, 1.0, 10_000.0, "log", note)


_KINDS = (
    Schedule(
        "exponential",
        "Exponential decay",
        _exponential,
        (_final(0.01),),
        r"f_1^{\,k/N}",
        "Falls by the same share at every step.",
    ),
    Schedule(
        "step",
        "Step decay",
        _step,
        (
            Hyper("drop", "d", "drop", 0.5, 0.01, 1.0, "log", "What is left after each drop."),
            _count("every", "T", "steps between drops", 30, "How many steps pass between two drops."),
        ),
        r"d^{\lfloor k/T \rfloor}",
        "Stays, then drops, as training recipes with milestones do.",
    ),
    Schedule(
        "cosine",
        "Cosine",
        _cosine,
        (Hyper("final", "f₁", "last factor", 0.0, 0.0, 1.0, "linear", "The factor that the end of the run reaches."),),
        r"f_1 + (1-f_1)\,\tfrac12\left(1+\cos\tfrac{\pi k}{N}\right)",
        "Falls slowly, then fast, then slowly again. Loshchilov and Hutter, SGDR, 2016, without restarts.",
    ),
    Schedule(
        "warm_up",
        "Warm-up",
        _warm_up,
        (_start(0.01), _count("over", "T", "steps of warm-up", 20, "How many steps it takes to the full value.")),
        r"f_0 + (1-f_0)\,\min\left(1, \tfrac kT\right)",
        "Starts small, while averages fill, and then stays.",
    ),
    Schedule(
        "one_cycle",
        "1-cycle",
        _one_cycle,
        (
            _start(0.04),
            Hyper("peak", "p", "place of the peak", 0.3, 0.01, 0.99, "linear", "Share of the run before the peak."),
            _final(1e-4),
        ),
        r"f_0 \nearrow 1 \text{ until } k = pN,\; \text{then } 1 \searrow f_1, \text{ both along a cosine}",
        "Up, then down; momentum goes the other way round. Smith and Topin, Super-Convergence, 2017.",
    ),
    Schedule(
        "growing_window",
        "Growing window",
        _growing_window,
        (_count("half", "T", "steps to a half", 30, "After how many steps the factor is a half."),),
        r"\frac{1}{1 + k/T}",
        "Of a momentum: the window of remembered steps grows steadily.",
    ),
)
SCHEDULES: MappingProxyType[str, Schedule] = MappingProxyType({one.key: one for one in _KINDS})


def factors(key: str, values: dict[str, float], steps: int) -> Floats:
    """Return f(0) … f(steps − 1) of the schedule `key` as (steps,); 1 for "constant"."""
    if key == "constant":
        return np.ones(steps)
    return SCHEDULES[key].factor(np.arange(float(steps)), steps, **values)
