"""Operations that read or write an array at a place that is known only while the program runs."""

from typing import Any

import numpy as np

from fall_line.translation.body import Body, Scalars, number
from fall_line.translation.untranslatable import UntranslatableError


def _is_literal(index: str) -> bool:
    return index.lstrip("-").isdigit()


def _held(body: Body, index: str, last: int) -> str:
    """Return `index` held within 0 … last, as JAX does."""
    if _is_literal(index):
        return str(min(max(int(index), 0), last))
    return "0" if last == 0 else body.let(f"Math.min(Math.max({index}, 0), {last})")


def _chosen(body: Body, elements: Scalars, index: str) -> str:
    if _is_literal(index):
        return elements[int(index)]
    if len(set(elements)) == 1:
        return elements[0]
    return body.let(f"[{', '.join(elements)}][{index}]")


def dynamic_slice(body: Body, array: Scalars, starts: list[Scalars], sizes: tuple[int, ...]) -> Scalars:
    """Return the part of `array` that begins at `starts`."""
    part = array
    for axis, (start, size) in enumerate(zip(starts, sizes, strict=True)):
        windows = np.lib.stride_tricks.sliding_window_view(part, size, axis)  # (..., starts, ..., size)
        index = _held(body, str(start[()]), part.shape[axis] - size)
        rows = np.moveaxis(windows, (axis, -1), (0, axis + 1))  # (starts, ..., size, ...)
        shape = rows.shape[1:]
        flat = rows.reshape(rows.shape[0], -1)
        part = np.array([_chosen(body, column, index) for column in flat.T], object).reshape(shape)
    return part


def dynamic_update_slice(body: Body, array: Scalars, update: Scalars, starts: list[Scalars]) -> Scalars:
    """Return `array` with `update` written from `starts` on."""
    held = [_held(body, str(start[()]), n - m) for start, n, m in zip(starts, array.shape, update.shape, strict=True)]
    made = array.copy()
    for place in np.ndindex(*array.shape):
        value: Any = array[place]
        for offset in np.ndindex(*update.shape):
            # The element is written if the update begins `offset` before it, along every axis.
            begin = [k - d for k, d in zip(place, offset, strict=True)]
            fits = [_same(index, k) for index, k in zip(held, begin, strict=True)]
            if "false" in fits:
                continue
            asked = [one for one in fits if one != "true"]
            value = body.let(f"{' && '.join(asked)} ? {update[offset]} : {value}") if asked else update[offset]
        made[place] = value
    return made


def _same(index: str, place: int) -> str:
    if _is_literal(index):
        return "true" if int(index) == place else "false"
    return f"{index} === {number(place)}" if place >= 0 else "false"


def scatter(body: Body, array: Scalars, indices: Scalars, update: Scalars, numbers: Any) -> Scalars:
    """Return `array` with one row written, `array.at[k].set(row)`; nothing is written beyond its ends."""
    if tuple(numbers.inserted_window_dims) != (0,) or tuple(numbers.scatter_dims_to_operand_dims) != (0,):
        raise UntranslatableError("Writing into an array but at one row can't be translated.")
    if indices.shape != (1,) or update.shape != array.shape[1:]:
        raise UntranslatableError("Writing several rows at once can't be translated.")
    made = array.copy()
    for k in range(len(array)):
        fits = _same(indices[0], k)
        for place in np.ndindex(*update.shape):
            if fits == "true":
                made[(k, *place)] = update[place]
            elif fits != "false":
                made[(k, *place)] = body.let(f"{fits} ? {update[place]} : {array[(k, *place)]}")
    return made
