"""Operations that only say where numbers lie in arrays: nothing of them is left in JavaScript."""

from collections.abc import Callable
from typing import Any

import numpy as np

from fall_line.translation.body import Scalars, scalars
from fall_line.translation.untranslatable import UntranslatableError


def _broadcast_in_dim(array: Scalars, *_: Scalars, shape: tuple, broadcast_dimensions: tuple, **__: Any) -> Scalars:
    wide = [1] * len(shape)
    for axis, place in enumerate(broadcast_dimensions):
        wide[place] = array.shape[axis]
    return np.broadcast_to(array.reshape(wide), shape)


def _slice(array: Scalars, *, start_indices: tuple, limit_indices: tuple, strides: tuple | None) -> Scalars:
    steps = strides or (1,) * array.ndim
    return array[tuple(map(slice, start_indices, limit_indices, steps))]


def _pad(array: Scalars, filling: Scalars, *, padding_config: tuple) -> Scalars:
    if any(low < 0 or high < 0 for low, high, _ in padding_config):
        raise UntranslatableError("Padding by less than nothing can't be translated.")
    sides = list(zip(array.shape, padding_config, strict=True))
    made = np.full([low + high + max(0, n + (n - 1) * gap) for n, (low, high, gap) in sides], filling[()], object)
    made[tuple(slice(low, low + (n - 1) * (gap + 1) + 1, gap + 1) for n, (low, _, gap) in sides)] = array
    return made


def _iota(*, dtype: Any, shape: tuple, dimension: int, **_: Any) -> Scalars:
    along = np.arange(shape[dimension], dtype=dtype)
    return scalars(np.broadcast_to(along.reshape([-1 if k == dimension else 1 for k in range(len(shape))]), shape))


SHAPES: dict[str, Callable[..., Scalars]] = {
    "broadcast_in_dim": _broadcast_in_dim,
    "concatenate": lambda *arrays, dimension: np.concatenate(arrays, dimension),
    "expand_dims": lambda array, *, dimensions: np.expand_dims(array, dimensions),
    "iota": _iota,
    "pad": _pad,
    "reshape": lambda array, *, new_sizes, **_: array.reshape(new_sizes),
    "rev": lambda array, *, dimensions: np.flip(array, dimensions),
    "slice": _slice,
    "stack": lambda *arrays, axis: np.stack(arrays, axis),
    "squeeze": lambda array, *, dimensions: np.squeeze(array, tuple(dimensions)),
    "transpose": lambda array, *, permutation: np.transpose(array, permutation),
}


def split(array: Scalars, *, sizes: tuple, axis: int) -> list[Scalars]:
    """Return the pieces of `array`."""
    return np.split(array, np.cumsum(sizes)[:-1], axis)
