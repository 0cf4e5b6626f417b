"""Operations that make few numbers of many: sums, products of arrays, the least and the greatest."""

from collections.abc import Callable
from itertools import accumulate
from typing import Any

import numpy as np

from fall_line.translation.body import Body, Scalars
from fall_line.translation.elementwise import computed
from fall_line.translation.untranslatable import UntranslatableError

REDUCED = {
    "reduce_and": "and",
    "reduce_max": "max",
    "reduce_min": "min",
    "reduce_or": "or",
    "reduce_prod": "mul",
    "reduce_sum": "add",
}
CUMULATED = {"cumsum": "add", "cumprod": "mul", "cummax": "max", "cummin": "min"}

SMALLEST = "2.2250738585072014e-308"  # what lies nearer to 0 is 0 for XLA, and so are products that underflow

Pair = Callable[[str, str], str]


def pairwise(body: Body, operation: str, dtype: str) -> Pair:
    """Return the function of two numbers that writes `operation`."""
    return lambda a, b: computed(body, operation, {}, (dtype, dtype, dtype), [a, b])


def reduced(body: Body, operation: str, dtype: str, array: Scalars, axes: tuple[int, ...]) -> Scalars:
    """Return the sum, or what else joins two numbers, of `array` over `axes`, from the first element to the last."""
    kept = [n for axis, n in enumerate(array.shape) if axis not in axes]
    rows = np.moveaxis(array, axes, range(len(axes))).reshape(-1, *kept)
    joined = np.vectorize(pairwise(body, operation, dtype), otypes=[object])
    total = rows[0]
    for row in rows[1:]:
        total = np.asarray(joined(total, row), object)
    return total


def cumulated(body: Body, operation: str, dtype: str, array: Scalars, axis: int, reverse: bool) -> Scalars:
    """Return the running sums, or what else joins two numbers, of `array` along `axis`."""
    pair = pairwise(body, operation, dtype)

    def running(line: Scalars) -> Scalars:
        made = list(accumulate(line[::-1] if reverse else line, pair))
        return np.array(made[::-1] if reverse else made, object)

    return np.apply_along_axis(running, axis, array)


def product(body: Body, dtype: str, left: Scalars, right: Scalars, dimension_numbers: tuple) -> Scalars:
    """Return the product of two arrays over the contracted axes, each sum from the first element to the last.

    A sum that underflows is 0, so that rules which divide by it find it as they do on the server.
    """
    (along_left, along_right), batches = dimension_numbers
    if any(batches):
        return _batched_product(body, dtype, left, right, dimension_numbers)
    times, plus = pairwise(body, "mul", dtype), pairwise(body, "add", dtype)
    outer_left = [n for axis, n in enumerate(left.shape) if axis not in along_left]
    outer_right = [n for axis, n in enumerate(right.shape) if axis not in along_right]
    width = int(np.prod([left.shape[axis] for axis in along_left]))
    rows = np.moveaxis(left, along_left, range(-len(along_left), 0)).reshape(-1, width)
    columns = np.moveaxis(right, along_right, range(len(along_right))).reshape(width, -1)
    made = np.empty((len(rows), columns.shape[1]), object)
    for i, j in np.ndindex(made.shape):
        terms = [times(a, b) for a, b in zip(rows[i], columns[:, j], strict=True)]
        total = terms[0]
        for term in terms[1:]:
            total = plus(total, term)
        made[i, j] = body.let(f"Math.abs({total}) < {SMALLEST} ? 0 : {total}")
    return made.reshape(outer_left + outer_right)


def _batched_product(body: Body, dtype: str, left: Scalars, right: Scalars, dimension_numbers: tuple) -> Scalars:
    (along_left, along_right), (batch_left, batch_right) = dimension_numbers
    if len(batch_left) != 1:
        raise UntranslatableError("A product over several batch axes can't be translated.")
    moved = [np.moveaxis(array, axis, 0) for array, axis in ((left, batch_left[0]), (right, batch_right[0]))]
    inner = (_shifted(along_left, batch_left[0]), _shifted(along_right, batch_right[0]))
    return np.stack([product(body, dtype, a, b, (inner, ((), ()))) for a, b in zip(*moved, strict=True)])


def _shifted(axes: tuple[int, ...], removed: int) -> tuple[int, ...]:
    return tuple(axis - (axis > removed) for axis in axes)


def place_of(body: Body, array: Scalars, axis: int, *, greatest: bool) -> Scalars:
    """Return where along `axis` the greatest (or least) element lies, the first of several; NaN comes before all."""
    sign = ">" if greatest else "<"

    def found(line: Scalars) -> Any:
        best, place = line[0], "0"
        for k, value in enumerate(line[1:], 1):
            better = body.let(f"{best} === {best} && ({value} {sign} {best} || {value} !== {value})")
            best, place = body.let(f"{better} ? {value} : {best}"), body.let(f"{better} ? {k} : {place}")
        return place

    return np.asarray(np.apply_along_axis(found, axis, array), object)
