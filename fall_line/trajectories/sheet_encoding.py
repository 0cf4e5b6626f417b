"""Writes a sheet for the wire: coordinates in 16 bits and losses in 20, as differences, ready to be squeezed.

Of the encodings that were tried this one is a quarter of squeezed float32 numbers and needs no more time than they do.
The reader is client/wire/sheet.ts.

A sheet is a header and one block a stop, all numbers little-endian:

    header      u32 length in bytes, then JSON: see `header`
    block       u32 length of what follows, u32 place of the stop, then for each run that moves
        run     i32 step that is kept or -1, u32 median seed, then for each seed
        path    i32 last finite step or -1, u32 n points that are written out, planes, n pairs of float32

A path of `rows` points has seven planes of `rows` bytes: high and low byte of x, of y, and three bytes of the loss.
They hold zigzag differences (0, −1, 1, −2 → 0, 1, 2, 3) from one step to the next, the first from 0, of

    coordinates     c = round(65534 (x − low)/(high − low)), of the box; both are 65535 where the point is written out,
                    because it lies outside the box or isn't finite
    loss            the upper 20 bits of the float32 J − floor: sign, exponent and 11 digits, rounded

so that a point is off by at most half a step of the box and a loss by 2⁻¹² of itself. What is told in numbers never
comes from here.
"""

import struct

import numpy as np
import orjson
from numpy.typing import NDArray

from fall_line.experiments.experiment import Experiment
from fall_line.trajectories.run import Fan, kept_step, last_finite
from fall_line.trajectories.sheet import Stop
from landscapes import Box

OUTSIDE = 65535  # the code of a point that is written out
LEVELS = 65534  # the code of the box's upper edge
LOSS_BITS = 20


def box_around(view: Box) -> Box:
    """Return the box in which a path stays 16 bits: three views wide and high.

    On a screen of 3840 pixels a step of it is 0.18 pixels, and a point is off by 0.09 at most.
    """
    width, height = view.x_high - view.x_low, view.y_high - view.y_low
    return Box(view.x_low - width, view.x_high + width, view.y_low - height, view.y_high + height)


def header(experiment: Experiment, runs: list[int], steps: int, box: Box, floor: float | None) -> bytes:
    """Return the header of a sheet in which these `runs` move.

    Args:
        experiment: whose paths they are.
        runs: the indices of the runs in each block.
        steps: of each path.
        box: in which coordinates are 16 bits.
        floor: what is taken from each loss, or None if nothing is.
    """
    told = {"runs": runs, "seeds": len(experiment.all_seeds), "steps": steps, "box": list(box), "floor": floor}
    text = orjson.dumps(told)
    return struct.pack("<I", len(text)) + text


def blocks(experiment: Experiment, stops: list[Stop], box: Box, floor: float) -> bytes:
    """Return one block for each of `stops`."""
    if not stops:
        return b""
    paths = [path for stop in stops for fan in stop.fans for path in fan.paths]
    points, losses = np.stack([path.points for path in paths]), np.stack([path.losses for path in paths])
    planes, outside = _planes(points, losses - floor, box)
    with np.errstate(over="ignore"):
        narrow = points.astype("<f4")
    told = iter(
        struct.pack("<iI", last_finite(path), np.count_nonzero(out)) + plane.tobytes() + one[out].tobytes()
        for path, plane, out, one in zip(paths, planes, outside, narrow, strict=True)
    )
    return b"".join(_block(experiment, stop, [[next(told) for _ in fan.paths] for fan in stop.fans]) for stop in stops)


def _block(experiment: Experiment, stop: Stop, told: list[list[bytes]]) -> bytes:
    runs = [
        struct.pack("<iI", _kept(experiment, fan), fan.middle) + b"".join(paths)
        for fan, paths in zip(stop.fans, told, strict=True)
    ]
    body = struct.pack("<I", stop.place) + b"".join(runs)
    return struct.pack("<I", len(body)) + body


def _kept(experiment: Experiment, fan: Fan) -> int:
    kept = kept_step(experiment, fan.median)
    return -1 if kept is None else kept


def _planes(points: NDArray, heights: NDArray, box: Box) -> tuple[NDArray, NDArray]:
    """Return (paths, 7 rows) bytes, and (paths, rows) which points are written out."""
    codes, outside = _codes(points, box)
    bits = _loss_bits(heights)
    x, y = (_zigzag(_differences(codes[..., axis]), 16) for axis in (0, 1))
    loss = _zigzag(_differences(bits), LOSS_BITS)
    planes = [x >> 8, x, y >> 8, y, loss >> 16, loss >> 8, loss]
    return np.concatenate([(plane & 255).astype(np.uint8) for plane in planes], axis=1), outside


def _codes(points: NDArray, box: Box) -> tuple[NDArray, NDArray]:
    low, high = np.array([box.x_low, box.y_low]), np.array([box.x_high, box.y_high])
    with np.errstate(over="ignore", invalid="ignore"):
        codes = np.rint((points - low) * (LEVELS / (high - low)))
        outside = ~((codes >= 0) & (codes <= LEVELS)).all(axis=-1)
    return np.where(outside[..., None], OUTSIDE, codes).astype(np.int32), outside


def _loss_bits(heights: NDArray) -> NDArray:
    with np.errstate(over="ignore"):
        bits = heights.astype(np.float32).view(np.uint32)
    half = 1 << (31 - LOSS_BITS)
    # NaN has all digits of its exponent; rounding must not carry it over.
    rounded = np.where(np.isnan(heights), bits, bits + half)
    return (rounded >> (32 - LOSS_BITS)).astype(np.int32)


def _differences(values: NDArray) -> NDArray:
    return np.diff(values, axis=1, prepend=0)


def _zigzag(differences: NDArray, bits: int) -> NDArray:
    """Return differences modulo 2^bits as 0, 1, 2, … for 0, −1, 1, …"""
    span = 1 << bits
    signed = (differences + span // 2) % span - span // 2
    return np.where(signed < 0, -2 * signed - 1, 2 * signed)
