"""What one live call costs the server, beside the same methods run step by step.

    python -m benchmarks.engine [--every-pair]

First calls, which compile: every method on one surface and one method on all, or every pair. Then live calls, each
with another start; beside them, only walking, Optax's jitted update and plain NumPy, each in a Python loop.
"""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice, product

import jax
import numpy as np
import optax

from benchmarks.experiments import METHODS, nine_runs
from fall_line.experiments.mending import check
from fall_line.explanations.answer import answer
from fall_line.explanations.report import report
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import run
from landscapes import SURFACES
from optimizers import OPTIMIZERS

SURFACE, METHOD, START = "hills_and_canyon", "adam", np.array([-2.8, -2.5])
HILLS = np.array([(3, 1, -1, 1, -2), (1, 3, -2, 1.5, 0.5), (3, 1.5, 1, 3, -1.5), (1.5, 1, -1.5, 3, -0.5)]).T
GRADIENT = jax.grad(lambda point: SURFACES[SURFACE].value(*point))


def slope(point: np.ndarray) -> np.ndarray:
    """Return ∇J of hills and canyon, by hand."""
    (x, y), (height, along_x, at_x, along_y, at_y) = point, HILLS
    hills = height * np.exp(-along_x * (x - at_x) ** 2 - along_y * (y - at_y) ** 2)
    away = np.array([(along_x * (x - at_x) * hills).sum(), (along_y * (y - at_y) * hills).sum()])
    return 2 / 3 * point - 2 * away + 8 * (x + y) * np.exp(-((x + y) ** 2))


def with_velocity(point: np.ndarray, gamma: float = 0.0, ahead: float = 0.0) -> Iterator[np.ndarray]:
    """Gradient descent, momentum, or Nesterov, which looks ahead."""
    velocity = np.zeros(2)
    while True:
        velocity = gamma * velocity + 0.01 * slope(point - ahead * velocity)
        yield (point := point - velocity)


def with_squares(point: np.ndarray, rate: float, kept: float, added: float, own: bool = False) -> Iterator[np.ndarray]:
    """Adagrad, RMSProp, or Adadelta, which measures its updates by its own earlier ones."""
    square, moved = np.zeros(2), np.zeros(2)
    while True:
        gradient = slope(point)
        square = kept * square + added * gradient**2
        update = gradient / np.sqrt(square + 1e-6) * (np.sqrt(moved + 1e-6) if own else 1)
        moved = kept * moved + added * update**2
        yield (point := point - rate * update)


def with_moments(point: np.ndarray, kind: str) -> Iterator[np.ndarray]:
    """Adam with ε inside the root, Adamax, or NAdam."""
    mean, norm = np.zeros(2), np.zeros(2)
    for t in count(1):
        gradient = slope(point)
        mean = 0.9 * mean + 0.1 * gradient
        norm = np.maximum(0.999 * norm, abs(gradient)) if kind == "adamax" else 0.999 * norm + 0.001 * gradient**2
        size = norm if kind == "adamax" else np.sqrt(norm / (1 - 0.999**t) + 1e-8 * (kind == "adam"))
        ahead = 0.9 * mean / (1 - 0.9 ** (t + 1)) + 0.1 * gradient / (1 - 0.9**t)
        used = ahead if kind == "nadam" else mean / (1 - 0.9**t)
        yield (point := point - 0.25 * used / (size + 1e-8 * (kind != "adam")))


def with_optax(transformation: optax.GradientTransformation) -> Callable[[np.ndarray], Iterator[np.ndarray]]:
    """Return a loop over the jitted update, which is compiled once."""

    @jax.jit
    def update(point: jax.Array, memory: optax.OptState) -> tuple:
        changes, memory = transformation.update(GRADIENT(point), memory, point)
        return optax.apply_updates(point, changes), memory

    def path(point: np.ndarray) -> Iterator[np.ndarray]:
        memory = transformation.init(point)
        while True:
            point, memory = update(point, memory)
            yield np.asarray(point)

    return path


RULES = {  # in NumPy and in Optax, which has no Nesterov of this form; with the defaults of our methods
    "gradient_descent": (with_velocity, optax.sgd(0.01)),
    "momentum": (partial(with_velocity, gamma=0.9), optax.sgd(0.01, 0.9)),
    "nesterov": (partial(with_velocity, gamma=0.9, ahead=0.9), None),
    "adagrad": (partial(with_squares, rate=1.0, kept=1.0, added=1.0), optax.adagrad(1.0, 0.0, 1e-6)),
    "rmsprop": (partial(with_squares, rate=0.25, kept=0.9, added=0.1), optax.rmsprop(0.25, 0.9, 1e-6)),
    "adadelta": (partial(with_squares, rate=1.0, kept=0.95, added=0.05, own=True), optax.adadelta(1.0, 0.95, 1e-6)),
    "adam": (partial(with_moments, kind="adam"), optax.adam(0.25, eps=0.0, eps_root=1e-8)),
    "adamax": (partial(with_moments, kind="adamax"), optax.adamax(0.25)),
    "adam_nesterov": (partial(with_moments, kind="nadam"), optax.nadam(0.25)),
}
NUMPY = {key: rule for key, (rule, _) in RULES.items()}
OPTAX = {key: with_optax(theirs) for key, (_, theirs) in RULES.items() if theirs}


def walked(loops: dict[str, Callable], steps: int, start: np.ndarray) -> dict[str, np.ndarray]:
    return {key: np.array([start, *islice(path(start), steps)]) for key, path in loops.items()}


def timed(action: Callable, inputs: list) -> np.ndarray:
    """Return the median and the 90th percentile of the milliseconds for one input, the first sixth not counted."""
    stamps = [time.perf_counter()]
    for one in inputs:
        action(one)
        stamps.append(time.perf_counter())
    return 1000 * np.quantile(np.diff(stamps)[len(inputs) // 6 :], [0.5, 0.9])


def print_first_calls(every_pair: bool) -> None:
    times = []
    for surface, method in product(SURFACES, OPTIMIZERS):
        if every_pair or surface == SURFACE or method == METHOD:
            times.append(timed(run, [check({"surface": surface, "runs": [{"optimizer": method}]})])[0])
            print(f"{surface + ' × ' + method:<48}{times[-1]:6.0f} ms")
    print(f"first calls: median {np.median(times):.0f} ms, at most {max(times):.0f} ms")


def print_calls(steps: int, calls: int) -> None:
    starts = np.linspace(START, START + np.array([0.6, 0]), calls)
    sent = [nine_runs(steps) | {"start": start.tolist()} for start in starts]
    made = [check(one) for one in sent]
    rows = {"live call: check, answer": timed(lambda one: answer(check(one)), sent)}
    rows |= {"  mending.check": timed(check, sent), "  answer": timed(answer, made), "    run": timed(run, made)}
    rows["    report"] = timed(lambda one: report(*one), [(one, run(one), minima_of(one.landscape)) for one in made])
    rows[f"Optax loop, {len(OPTAX)} of the methods"] = timed(partial(walked, OPTAX, steps), starts[:12])
    rows["NumPy loop"] = timed(partial(walked, NUMPY, steps), starts[:12])
    whole = rows["live call: check, answer"][0]
    print(f"\n{f'nine methods × {steps} steps':<32}{'median':>9}{'p90':>13}{'of a live call':>19}")
    for name, (median, high) in rows.items():
        print(f"{name:<32}{median:9.2f} ms{high:10.2f} ms{median / whole:14.2f} ×")
    print(f"aim for 125 steps: ≤ 3 ms: {'yes' if whole <= 3 else 'no'}" if steps == 125 else "")


if __name__ == "__main__":
    print_first_calls("--every-pair" in sys.argv)
    for steps in (125, 1000):
        print_calls(steps, 37_500 // steps)
    ours = dict(zip(METHODS, run(check(nine_runs(20))), strict=True))
    for key, path in (*walked(OPTAX, 20, START).items(), *walked(NUMPY, 20, START).items()):
        assert np.abs(path - ours[key].points).max() < 1e-6, f"{key} walks another path"
