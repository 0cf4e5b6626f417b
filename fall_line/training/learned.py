"""What networks have learned: what they say of any points, and which classes they take for which."""

from collections.abc import Callable
from functools import lru_cache

import jax
import numpy as np

from fall_line.training.history import Floats
from fall_line.training.perceptron import Perceptron
from networks import Data, Task

PROGRAMS = 64  # that are kept


def outputs_of(network: Perceptron, weights: Floats, inputs: Floats) -> Floats:
    """Return what networks with `weights` (n, P) say of `inputs` (features, points), as (n, outputs, points)."""
    return np.asarray(_program(network)(weights, inputs))


def picture(task: Task, network: Perceptron, weights: Floats, side: int) -> Floats:
    """Return what networks with `weights` (n, P) say all over the view of `task`.

    Of two coordinates that is (n, outputs, side, side), a row for each value of the second one, from low to high; of
    one coordinate (n, outputs, side).

    Raises:
        ValueError: the task has no view.
    """
    if task.view is None:
        raise ValueError(f"{task.key} has no view")
    axes = [np.linspace(low, high, side) for low, high in zip(*task.view, strict=True)]
    places = np.stack([axis.ravel() for axis in np.meshgrid(*axes)])
    outputs = outputs_of(network, weights, task.inputs_at(places))
    return outputs.reshape(*outputs.shape[:2], *[side] * len(axes))


def confusion(network: Perceptron, weights: Floats, data: Data) -> np.ndarray:
    """Return how often each class (rows) is taken for which (columns) by the network with `weights` (P,).

    (classes, classes) whole numbers; the targets of `data` are those of classes.
    """
    outputs = outputs_of(network, weights[None], data.inputs)[0]
    single = len(outputs) == 1
    told = (outputs[0] > 0).astype(int) if single else outputs.argmax(axis=0)
    right = data.targets[0].astype(int) if single else data.targets.argmax(axis=0)
    counts = np.zeros([2 if single else len(outputs)] * 2, np.int64)
    np.add.at(counts, (right, told), 1)
    return counts


@lru_cache(maxsize=PROGRAMS)
def _program(network: Perceptron) -> Callable[..., jax.Array]:
    return jax.jit(lambda weights, inputs: jax.lax.map(lambda one: network.outputs(one, inputs), weights))
