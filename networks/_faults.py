"""What is wrong with a task that isn't one of the program's own: each fault a sentence, the first one first."""

import math
from collections.abc import Iterator
from typing import Any, get_args

import numpy as np

from fall_line.validation import quoted
from networks.task import (
    ACTIVATIONS,
    INITIALIZATIONS,
    MAX_LAYERS,
    MAX_STEPS,
    MAX_WIDTH,
    MOST_VALIDATION,
    Data,
    Loss,
    Task,
    View,
)

MOST_FEATURES = 1024
MOST_POINTS = 100_000
MOST_NUMBERS = 2_000_000  # of all inputs: 16 MB
MOST_CLASSES = 20  # whose colours can be told apart


def faulty_record(task: Task) -> Iterator[str]:
    """Yield a sentence for whatever is wrong with loss, classes and the network to begin with."""
    if task.loss not in get_args(Loss):
        yield f"loss must be one of {', '.join(get_args(Loss))}."
    classes = task.classes
    if not isinstance(classes, tuple) or not all(isinstance(one, str) and one.strip() for one in classes):
        yield 'classes must be a tuple of names, such as ("cat", "dog"), or () where values are learned.'
    if task.loss == "logistic" and len(classes) != 2:
        yield f"the loss logistic is for two classes, but classes names {len(classes)}; for more use cross_entropy."
    if task.loss == "cross_entropy" and not 2 <= len(classes) <= MOST_CLASSES:
        yield f"classes names {len(classes)}; there must be 2 to {MOST_CLASSES}."
    if task.loss == "squared" and classes:
        yield "the loss squared is for values, so classes must be ()."
    if len(set(classes)) < len(classes):
        yield "classes must have a name of its own for each class."
    yield from _faulty_network(task)


def _faulty_network(task: Task) -> Iterator[str]:
    layers = task.layers
    if (
        not isinstance(layers, tuple)
        or len(layers) > MAX_LAYERS
        or not all(_whole(one, 1, MAX_WIDTH) for one in layers)
    ):
        yield (
            f"layers must be a tuple of up to {MAX_LAYERS} whole numbers from 1 to {MAX_WIDTH}; a tuple of one has a "
            "comma: (16,)."
        )
    if task.activation not in ACTIVATIONS:
        yield f"activation must be one of {', '.join(ACTIVATIONS)}."
    if task.initialization not in INITIALIZATIONS:
        yield f"initialization must be one of {', '.join(INITIALIZATIONS)}."
    if not _whole(task.steps, 1, MAX_STEPS):
        yield f"steps must be a whole number from 1 to {MAX_STEPS}."
    share = task.validation
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= MOST_VALIDATION:
        yield f"validation must be a number from 0 to {MOST_VALIDATION:g}, the share of the points that are kept back."


def faulty_data(task: Task) -> Iterator[str]:
    """Yield a sentence for whatever is wrong with the points of `task`, whose record is right."""
    if not callable(task.data):
        yield "data must be a function without arguments that returns Data(inputs, targets)."
    data: Any = task.data()
    if not isinstance(data, Data):
        yield f"data must return Data(inputs, targets), not {type(data).__name__}."
    for name, rows, part in zip(data._fields, ("features", "outputs"), data, strict=True):
        if not isinstance(part, np.ndarray) or part.dtype != np.float64 or part.ndim != 2:
            yield f"{name} must be a float64 array, {rows} × points; it is {_told(part)}."
    (features, points), (outputs, right) = data.inputs.shape, data.targets.shape
    if points != right:
        yield f"inputs has {points} points and targets {right}; both must be features or outputs × points."
    if points < 2 or not features or not outputs:
        yield f"there are {points} points of {features} features and {outputs} outputs; it takes 2 points at least."
    yield from _too_many(features, points)
    for name, part in data._asdict().items():
        for row, point in np.argwhere(~np.isfinite(part))[:1]:
            yield f"{name}[{row}, {point}] is {part[row, point]}; all numbers must be finite, so leave such points out."
    yield from _faulty_targets(task, data)
    yield from _faulty_shares(task, points)
    if not all(map(np.array_equal, data, task.data())):
        yield "data must return the same numbers at each call; draw them with a seed, as np.random.RandomState(0) does."


def _too_many(features: int, points: int) -> Iterator[str]:
    if features > MOST_FEATURES or points > MOST_POINTS or features * points > MOST_NUMBERS:
        yield (
            f"there are {points} points of {features} features; at most {MOST_POINTS} points, {MOST_FEATURES} features "
            f"and {MOST_NUMBERS} numbers in all can be trained on here."
        )


def _faulty_targets(task: Task, data: Data) -> Iterator[str]:
    targets, classes = data.targets, len(task.classes)
    if task.loss == "squared":
        if len(targets) > 1 and task.view is not None:
            yield f"targets has {len(targets)} rows; a task with a view has one, the value at each place."
        return
    if task.loss == "logistic":
        if len(targets) != 1 or not np.isin(targets, (0, 1)).all():
            yield "targets must be one row of 0 for the first class and 1 for the second."
        counts = [float((targets == 0).sum()), float(targets.sum())]
    else:
        if len(targets) != classes or not np.isin(targets, (0, 1)).all() or not (targets.sum(axis=0) == 1).all():
            yield (
                f"targets must be {classes} rows with a single 1 in each column, in the row of its class; labels from "
                f"0 to {classes - 1} become that by np.eye({classes})[labels].T."
            )
        counts = targets.sum(axis=1).tolist()
    for name, count in zip(task.classes, counts, strict=True):
        if not count:
            yield f"no point is of the class {quoted(name)}; there must be points of each, to tell them apart."


def _faulty_shares(task: Task, points: int) -> Iterator[str]:
    kept = round(task.validation * points)
    if task.validation and not kept:
        yield f"validation is {task.validation:g}, which keeps back none of {points} points; let it be 0, or more."
    if not _whole(task.batch, 0, points - kept):
        yield f"batch must be a whole number from 1 to {points - kept}, the points to train on, or 0 for all of them."


def faulty_view(task: Task) -> Iterator[str]:
    """Yield a sentence for whatever is wrong with what is seen of `task`, whose points are right."""
    features, image = len(task.data().inputs), task.image
    if image is not None and not (
        isinstance(image, tuple) and len(image) == 2 and all(_whole(side, 1, MOST_FEATURES) for side in image)
    ):
        yield "image must be a tuple of two whole numbers, rows and columns of the pictures, or None."
    if image is not None and image[0] * image[1] != features:
        yield f"image says {image[0]} × {image[1]} pictures, but inputs has {features} features."
    if task.view is None:
        return
    low, high = tuple(task.view) if isinstance(task.view, View) else ((), ())
    if len(low) not in (1, 2) or len(low) != len(high) or not all(map(_below, low, high)):
        yield "view must be a View of one or two coordinates, each low below its high."
    if len(low) == 1 and task.classes:
        yield "a view of one coordinate is for values; where classes are learned it has two, or is None."
    if task.encode is None and len(low) != features:
        yield f"view has coordinates: {len(low)}, and inputs features: {features}; encode must make these of those."
    yield from _faulty_ways(task, np.linspace(low, high, 5).T)


def _faulty_ways(task: Task, places: np.ndarray) -> Iterator[str]:
    """Yield a sentence if what is given of `places` isn't what the network takes, or the way back isn't one."""
    data = task.data()
    ways = (("encode", task.encode, places, len(data.inputs)), ("decode", task.decode, data.inputs, len(places)))
    for name, way, given, rows in ways:
        if way is None:
            continue
        if not callable(way):
            yield f"{name} must be a function, or None."
        found: Any = way(given.copy())
        shape = (rows, given.shape[1])
        if not isinstance(found, np.ndarray) or found.dtype != np.float64 or found.shape != shape:
            yield f"{name} must return a float64 array {shape} for {given.shape}; it returns {_told(found)}."
        if not np.isfinite(found).all():
            yield f"{name} must return finite numbers."


def _whole(number: Any, low: int, high: int) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and low <= number <= high


def _below(low: Any, high: Any) -> bool:
    numbers = [isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one) for one in (low, high)]
    return all(numbers) and low < high


def _told(found: Any) -> str:
    return f"{found.dtype} {found.shape}" if isinstance(found, np.ndarray) else f"a {type(found).__name__}"
