"""What a training costs the server, beside the same training in PyTorch and scikit-learn if they are installed.

    python -m benchmarks.train

One run and nine runs of 500 steps on the spirals (2-16-16-1, all points) and the digits (64-32-10, batches of 64), then
grids of losses on a plane, a fine and a coarse one. Compiling isn't counted; each line is the median of several calls.
"""

import importlib.util
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from benchmarks.experiments import METHODS
from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.training.plane import principal_plane
from fall_line.training.plane_losses import loss_grid
from fall_line.training.train import lesson_of, train

STEPS, CALLS = 500, 9
AIMS = {"two_spirals": (30, 150)}  # milliseconds of one run and of nine
SIDES = (33, 101)


def experiment(task: str) -> TrainingExperiment:
    """Return nine methods that learn `task`, Adam among them."""
    return check({"task": task, "steps": STEPS, "runs": [{"optimizer": key} for key in METHODS]})


def timed(action: Callable[[], object], calls: int = CALLS) -> float:
    """Return the median milliseconds of `calls` calls, after one that isn't counted."""
    action()
    stamps = [time.perf_counter()]
    for _ in range(calls):
        action()
        stamps.append(time.perf_counter())
    return float(1000 * np.median(np.diff(stamps)))


def of_torch(chosen: TrainingExperiment) -> float:
    """Return the milliseconds of one run by Adam in PyTorch, in float64 and on as many threads as it likes."""
    import torch  # noqa: PLC0415

    lesson = lesson_of(chosen, 0)
    inputs, targets = (torch.from_numpy(np.ascontiguousarray(part.T)) for part in lesson.training)
    begins = lesson.batches.begins
    order = torch.from_numpy(lesson.batches.order)
    several = lesson.loss == "cross_entropy"
    loss = torch.nn.CrossEntropyLoss() if several else torch.nn.BCEWithLogitsLoss()

    def once() -> None:
        sizes, parts = lesson.network.sizes, []
        for fan_in, fan_out in pairwise(sizes):
            parts += [torch.nn.Linear(fan_in, fan_out, dtype=torch.float64), torch.nn.Tanh()]
        network = torch.nn.Sequential(*parts[:-1])
        rule = torch.optim.Adam(network.parameters(), lr=0.01)
        for k in range(STEPS):
            members = order[begins[k] : begins[k + 1]] if chosen.batch else slice(None)
            rule.zero_grad()
            loss(network(inputs[members]), targets[members]).backward()
            rule.step()

    return timed(once, 3)


def of_scikit_learn(chosen: TrainingExperiment) -> float:
    """Return the milliseconds of one run by Adam in scikit-learn, as many epochs as make 500 steps."""
    import warnings  # noqa: PLC0415

    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415

    lesson = lesson_of(chosen, 0)
    inputs, targets = lesson.training.inputs.T, lesson.training.targets
    labels = targets.argmax(axis=0) if len(targets) > 1 else targets[0]
    network = MLPClassifier(
        chosen.layers,
        activation="tanh",
        alpha=0.0,
        batch_size=chosen.batch or chosen.points,
        learning_rate_init=0.01,
        max_iter=round(lesson.batches.epochs[-1]),
        n_iter_no_change=STEPS,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return timed(lambda: network.fit(inputs, labels), 3)


def print_trainings(task: str) -> None:
    chosen = experiment(task)
    adam = chosen.runs[METHODS.index("adam")]
    one = timed(lambda: train(chosen, adam, 0))
    nine = timed(lambda: [train(chosen, run, 0) for run in chosen.runs])
    print(f"\n{task}, {STEPS} steps, weights of every step, losses of all points as the page shows them")
    print(f"{'one run, Adam':<32}{one:9.1f} ms\n{'nine runs':<32}{nine:9.1f} ms")
    for name, other in (("torch", of_torch), ("sklearn", of_scikit_learn)):
        found = importlib.util.find_spec(name) is not None
        print(f"{f'one run, Adam, {name}':<32}" + (f"{other(chosen):9.1f} ms" if found else " not installed"))
    if task in AIMS:
        most, most_of_nine = AIMS[task]
        print(f"aims: one ≤ {most} ms: {'yes' if one <= most else 'no'}", end=", ")
        print(f"nine ≤ {most_of_nine} ms: {'yes' if nine <= most_of_nine else 'no'}")


def print_grids(task: str, points: int | None) -> None:
    chosen = experiment(task)
    lesson = lesson_of(chosen, 0)
    plane = principal_plane([train(chosen, run, 0).weights for run in chosen.runs[:3]])
    for side in SIDES:
        across = np.linspace(-3.0, 3.0, side)
        cost = timed(lambda across=across: loss_grid(lesson, plane, across, across, points), 3)
        print(f"{f'{task}, grid {side}², {points or lesson.training.inputs.shape[1]} points':<40}{cost:9.1f} ms")


if __name__ == "__main__":
    for learned in ("two_spirals", "digits"):
        print_trainings(learned)
    print()
    print_grids("two_spirals", None)
    print_grids("digits", 256)
    print_grids("digits", None)
