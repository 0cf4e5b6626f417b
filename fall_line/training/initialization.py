"""The weights with which training begins, from NumPy's `RandomState`, whose numbers no version changes (NEP 19)."""

from collections.abc import Callable
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from fall_line.training.perceptron import Perceptron

Floats = NDArray[np.float64]
Draw = Callable[[np.random.RandomState, int, int], Floats]


def _glorot(random: np.random.RandomState, fan_in: int, fan_out: int) -> Floats:
    reach = np.sqrt(6.0 / (fan_in + fan_out))
    return random.uniform(-reach, reach, (fan_out, fan_in))


def _he(random: np.random.RandomState, fan_in: int, fan_out: int) -> Floats:
    return random.normal(0.0, np.sqrt(2.0 / fan_in), (fan_out, fan_in))


def _zero(_random: np.random.RandomState, fan_in: int, fan_out: int) -> Floats:
    return np.zeros((fan_out, fan_in))


# Glorot and Bengio (2010): uniform on ±√(6/(in + out)). He et al. (2015): normal with variance 2/in.
INITIALIZATIONS: MappingProxyType[str, Draw] = MappingProxyType({"glorot": _glorot, "he": _he, "zero": _zero})


def initial_weights(network: Perceptron, initialization: str, seed: int) -> Floats:
    """Return the weights (P,) of `network` before the first step; all biases are 0.

    Args:
        network: whose weights they are.
        initialization: a key of `INITIALIZATIONS`.
        seed: 0 or more; the same seed makes the same weights.
    """
    random, parts = np.random.RandomState(seed), []
    for fan_in, fan_out in pairwise(network.sizes):
        parts += [INITIALIZATIONS[initialization](random, fan_in, fan_out).ravel(), np.zeros(fan_out)]
    return np.concatenate(parts)
