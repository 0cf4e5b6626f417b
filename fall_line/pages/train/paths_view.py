"""The paths of all runs before a plane, as the page is sent them.

A path has a key. While a hyperparameter is dragged only that of its run is another, and is all that is sent.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from fall_line.explanations.learned_view import packed
from fall_line.explanations.plane_answer import path_answer
from fall_line.training.history import History
from fall_line.training.paths_on_plane import MOST_LOOKS, thin_path_on
from fall_line.training.plane import Plane
from fall_line.training.train import Lesson

KEPT = 64  # paths
THIN = 4000  # points of all thin paths together
FEWEST, MOST = 20, 100  # of each


class Beside(NamedTuple):
    """What paths lie beside: a plane, the lesson that they were trained with, and what both together are called."""

    plane: Plane
    lesson: Lesson
    key: str


_paths: OrderedDict[str, dict[str, Any]] = OrderedDict()
_keeping = threading.Lock()


def paths_view(
    beside: Beside,
    histories: Sequence[History | None],
    fans: Sequence[Sequence[History]],
    known: frozenset[str] = frozenset(),
) -> list[dict[str, Any] | None]:
    """Return what is drawn of each run, ready for JSON: null if it has not begun, its `key` alone if that is `known`.

    `at` is base64 of float32 (points, 2), the other columns are base64 of float32. `thin` are its other seeds, each
    with `steps` and `at` only, and `away`, the least and the greatest distance from the plane.
    """
    points = min(MOST, max(FEWEST, THIN // max(1, sum(map(len, fans)))))
    return [
        None if one is None else _path(beside, one, fan, points, known)
        for one, fan in zip(histories, fans, strict=True)
    ]


def _path(
    beside: Beside, history: History, fan: Sequence[History], points: int, known: frozenset[str]
) -> dict[str, Any]:
    key = _key_of(beside, [history, *fan], points)
    if key in known:
        return {"key": key}
    if (found := _paths.get(key)) is None:
        thin = [_thin(beside.plane, one, points) for one in fan]
        found = {"key": key, "thin": thin, **path_answer(beside.plane, beside.lesson, history)}
    _keep(key, found)
    return found


def _thin(plane: Plane, history: History, points: int) -> dict[str, Any]:
    steps, at, away = thin_path_on(plane, history, points)
    return {"steps": packed(steps), "at": packed(at), "away": away}


def _key_of(beside: Beside, histories: Sequence[History], points: int) -> str:
    digest = hashlib.blake2b(f"{beside.key} {points}".encode(), digest_size=12)
    for history in histories:
        digest.update(history.loss.tobytes() + history.kept.tobytes())
        digest.update(np.ascontiguousarray(history.weights[:: 1 + len(history.weights) // MOST_LOOKS]).tobytes())
    return digest.hexdigest()


def _keep(key: str, value: dict[str, Any]) -> None:
    with _keeping:
        _paths[key] = value
        _paths.move_to_end(key)
        while len(_paths) > KEPT:
            _paths.popitem(last=False)
