"""Long paths in fewer points, for figures that hold them many times over."""

import heapq
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Steps = NDArray[np.int64]
Range = tuple[float, float, float, float]


def thinned(points: Floats, wanted: Steps, most: int, view: Range) -> Steps:
    """Return which of `points` to keep: those `wanted`, and then those that shape the path most, `most` in all.

    As Douglas and Peucker (1973) do it, the next point is the one farthest from the straight line between the kept
    points before and after it.
    """
    # Far outside the view the direction is enough; the squares of greater distances could overflow.
    far = 100 * max(view[1] - view[0], view[3] - view[2])
    points = np.clip(points, (view[0] - far, view[2] - far), (view[1] + far, view[3] + far))
    pieces = [_farthest(points, *ends) for ends in pairwise(wanted)]
    heapq.heapify(pieces)
    kept = list(wanted)
    while len(kept) < most and pieces[0][0] < 0:
        _, at, first, last = heapq.heappop(pieces)
        kept.append(at)
        heapq.heappush(pieces, _farthest(points, first, at))
        heapq.heappush(pieces, _farthest(points, at, last))
    return np.sort(np.array(kept))


def _farthest(points: Floats, first: int, last: int) -> tuple[float, int, int, int]:
    """Return minus the greatest distance from the line between two points, where it is, and the two."""
    if last - first < 2:
        return 0.0, first, first, last
    chord, between = points[last] - points[first], points[first + 1 : last] - points[first]
    along = np.clip(between @ chord / max(chord @ chord, 1e-300), 0, 1)
    distances = np.hypot(*(between - along[:, None] * chord).T)
    at = int(np.argmax(distances))
    return -float(distances[at]), first + 1 + at, first, last
