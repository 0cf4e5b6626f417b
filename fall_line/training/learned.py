"""What a network has learned, from its weights to the numbers that are shown of it.

What can be seen depends on the task: a map over two coordinates, a curve over one, a confusion matrix of classes
without coordinates, values beside those that are right; and, where the inputs are pictures, the first layer's weights
as pictures.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from fall_line.training.objective import accuracy, mean_loss
from fall_line.training.perceptron import Perceptron
from networks import Data, Task

PROGRAMS = 64  # that are kept
PLACES = 64  # of a map along each coordinate
CURVE_PLACES = 241
MOST_NEURONS = 64  # of the first layer that are shown as pictures

Floats = NDArray[np.float64]
Shown = NDArray[np.float32]
Kind = Literal["map", "curve", "confusion", "values"]


class Measured(NamedTuple):
    """How well a network does on some points.

    Attributes:
        loss: mean ℓ, without the penalty; NaN where there are no points.
        accuracy: share of the points whose class is right; NaN where values are learned.
    """

    loss: float
    accuracy: float


def kind_of(task: Task) -> Kind:
    """Return what can be seen of what is learned of `task`."""
    if task.view is not None:
        return "map" if len(task.view.low) == 2 else "curve"
    return "values" if task.loss == "squared" else "confusion"


def outputs_at(network: Perceptron, weights: Floats, inputs: Floats) -> Floats:
    """Return z (outputs, points) at `inputs` (features, points) for `weights` (P,)."""
    return np.asarray(_program(network)(weights, inputs))


@lru_cache(maxsize=PROGRAMS)
def _program(network: Perceptron) -> Callable[[Any, Any], jax.Array]:
    return jax.jit(network.outputs)


def axes_of(task: Task, places: int) -> list[Floats]:
    """Return the `places` values of each coordinate of the task's view, from its low to its high end.

    Raises:
        ValueError: the task has no view.
    """
    if task.view is None:
        raise ValueError(f"{task.key} has no view")
    return [np.linspace(low, high, places) for low, high in zip(task.view.low, task.view.high, strict=True)]


def decision_map(network: Perceptron, task: Task, weights: Floats, places: int = PLACES) -> Shown:
    """Return z over a view of two coordinates, (outputs, places, places): rows of y from low to high, columns of x.

    Raises:
        ValueError: the task has no view.
    """
    x, y = np.meshgrid(*axes_of(task, places))
    inputs = task.inputs_at(np.stack([x.ravel(), y.ravel()]))
    return _shown(outputs_at(network, weights, inputs).reshape(-1, places, places))


def fitted_curve(network: Perceptron, task: Task, weights: Floats, places: int = CURVE_PLACES) -> Shown:
    """Return z over a view of one coordinate, (outputs, places).

    Raises:
        ValueError: the task has no view.
    """
    return _shown(outputs_at(network, weights, task.inputs_at(np.stack(axes_of(task, places)))))


def told_classes(loss: str, outputs: Floats) -> NDArray[np.int64]:
    """Return the class that `outputs` (outputs, points) tell of each point, (points,); −1 where one of them is NaN."""
    told = (outputs[0] > 0).astype(np.int64) if loss == "logistic" else outputs.argmax(axis=0)
    return np.where(np.isnan(outputs).any(axis=0), -1, told)


def true_classes(loss: str, targets: Floats) -> NDArray[np.int64]:
    """Return the class of each point, (points,), by its targets (outputs, points)."""
    return (targets[0] > 0.5).astype(np.int64) if loss == "logistic" else targets.argmax(axis=0)


def confusion_matrix(loss: str, outputs: Floats, targets: Floats) -> NDArray[np.int64]:
    """Return how many points of each class (rows) are told to be of each class (columns).

    Points of which an output is NaN are in none of the columns.
    """
    classes = 2 if loss == "logistic" else len(targets)
    told, true = told_classes(loss, outputs), true_classes(loss, targets)
    counts = np.zeros((classes, classes), np.int64)
    np.add.at(counts, (true[told >= 0], told[told >= 0]), 1)
    return counts


def first_layer_pictures(network: Perceptron, task: Task, weights: Floats) -> Shown:
    """Return the weights into each neuron of the first layer, as pictures like the inputs, (neurons, rows, columns).

    Raises:
        ValueError: the inputs of the task are no pictures.
    """
    if task.image is None:
        raise ValueError(f"the inputs of {task.key} are no pictures")
    return _shown(network.layers(weights)[0].weights[:MOST_NEURONS].reshape(-1, *task.image))


def measured(loss: str, outputs: Floats, targets: Floats) -> Measured:
    """Return how well a network does on the points of which it tells `outputs` (outputs, points)."""
    if outputs.shape[1] == 0:
        return Measured(float("nan"), float("nan"))
    z, y = jnp.asarray(outputs), jnp.asarray(targets)
    return Measured(float(mean_loss(loss, z, y)), float(accuracy(loss, z, y)))


def places_of(task: Task, data: Data) -> Shown | None:
    """Return where the points of `data` lie in the view, (coordinates, points), or None if nobody can tell."""
    if task.view is None:
        return None
    places = task.coordinates_of(data.inputs)
    return None if places is None else _shown(places)


def _shown(values: Floats) -> Shown:
    with np.errstate(over="ignore"):
        return values.astype(np.float32)
