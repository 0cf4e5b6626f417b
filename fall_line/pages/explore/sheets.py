"""Answers with a sheet: the paths for every stop of a slider, sent in pieces while the rest is still walked."""

import math
import time
import zlib
from collections.abc import Iterator
from threading import BoundedSemaphore, Lock
from typing import Any

import orjson
from flask import Response

from fall_line.experiments.experiment import MAX_STEPS, Experiment
from fall_line.experiments.mending import ExperimentError, check
from fall_line.trajectories.minima import minima_if_known
from fall_line.trajectories.sheet import Stop, affordable, longest, moving, read_variations, sheet
from fall_line.trajectories.sheet_encoding import blocks, box_around, header
from fall_line.validation import quoted
from landscapes import Box

AT_ONCE = 4  # sheets under way in one process; who asks for more goes on without one
PATIENCE = 1.0  # s of walking after the first piece; what isn't walked by then is left out
GZIP = 16 + zlib.MAX_WBITS
STEPS = "steps"

_rooms = BoundedSemaphore(AT_ONCE)
_turn = Lock()  # one piece is walked at a time, so that the live answers of all readers keep a processor


def sheet_answer(request: Any) -> bytes | Response:
    """Return the sheet that `request` asks for, gzipped, or `{"refused": why}` where the server is busy.

    Args:
        request: an `experiment`, the `view` (x_low, x_high, y_low, y_high) that is seen, and what is to `vary`:
            "steps", or a list of numbers as `read_variations` takes it.

    Raises:
        InputError: something in it can't be used, or the sheet would be too big.
    """
    if not isinstance(request, dict):
        raise ExperimentError("A sheet is asked for with an object.")
    experiment, box = check(request.get("experiment")), box_around(_view(request.get("view")))
    pieces = _pieces(experiment, request.get("vary"), box)
    if not _rooms.acquire(blocking=False):
        return orjson.dumps({"refused": "busy"})
    response = Response(_squeezed(pieces), mimetype="application/octet-stream", headers={"Content-Encoding": "gzip"})
    response.call_on_close(_rooms.release)
    return response


def _view(view: Any) -> Box:
    # A truth value is an int too.
    if not isinstance(view, list) or len(view) != 4 or not all(type(edge) in {int, float} for edge in view):
        raise ExperimentError(f"View is {quoted(view)}; it must be four numbers.")
    box = Box(*map(float, view))
    if not all(map(math.isfinite, view)) or not (box.x_low < box.x_high and box.y_low < box.y_high):
        raise ExperimentError(f"View is {quoted(view)}; it must be low and high of x, then of y.")
    return box


def _pieces(experiment: Experiment, vary: Any, box: Box) -> Iterator[bytes]:
    """Return header and blocks; what can't be used is refused at once, not in the middle of the answer."""
    known = minima_if_known(experiment.landscape) or ()
    floor = known[0].loss if known else None
    if vary == STEPS:
        runs, steps, walked = list(range(len(experiment.runs))), MAX_STEPS, longest(experiment)
    else:
        variations = read_variations(experiment, vary)
        affordable(experiment, variations)
        runs, steps, walked = moving(experiment, variations), experiment.steps, sheet(experiment, variations)
    return _written(experiment, header(experiment, runs, steps, box, floor), walked, box, floor or 0.0)


def _written(
    experiment: Experiment, head: bytes, walked: Iterator[list[Stop]], box: Box, floor: float
) -> Iterator[bytes]:
    yield head
    spent = None
    while spent is None or spent < PATIENCE:
        with _turn:
            begun = time.monotonic()
            piece = blocks(experiment, next(walked, []), box, floor)
            # The first piece may have had to wait for its programs.
            spent = 0.0 if spent is None else spent + time.monotonic() - begun
        if not piece:
            return
        yield piece


def _squeezed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    squeeze = zlib.compressobj(1, wbits=GZIP)
    for piece in pieces:
        yield squeeze.compress(piece) + squeeze.flush(zlib.Z_SYNC_FLUSH)
    yield squeeze.flush()
