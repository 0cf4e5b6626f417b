"""What became of a run, in the words that a reader sees.

A path is judged by its last fifth: does it stay near a known minimum, stand still elsewhere, go round and round, or
still travel? Leaving the picture and ceasing to be finite are told first, for what comes after is not seen. All
lengths are compared with the diagonal of the surface's domain, so that the judgement doesn't depend on units.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

import numpy as np

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.landscape import Landscape, landscape
from fall_line.trajectories.loss import curvature, loss_grid
from fall_line.trajectories.run import Floats, Trajectory, kept_step, last_finite
from landscapes import Minimum, Surface

NEAR = 5e-3  # of the diagonal: at a minimum
STILL = 1e-3  # of the diagonal: not moving
FLAT = 1e-3  # of the surface's typical slope: no slope


class Kind(Enum):
    """How a run can end."""

    REACHED = "reached a minimum"
    SETTLED = "settled elsewhere"
    CIRCLING = "circling"
    MOVING = "still moving"
    OUTSIDE = "left the view"
    NOT_FINITE = "not finite"


@dataclass(frozen=True)
class Outcome:
    """What became of one run.

    Attributes:
        kind: the class it falls in.
        short: a few words for a table.
        sentence: the whole story, one or two sentences without the run's name.
        step: the step at which it happened, where there is one.
    """

    kind: Kind
    short: str
    sentence: str
    step: int | None = None


@np.errstate(over="ignore", invalid="ignore")
def outcome(
    experiment: Experiment, trajectory: Trajectory, minima: tuple[Minimum, ...], end: int | None = None
) -> Outcome:
    """Return what became of the run that walked `trajectory` on a loss that has these `minima`.

    `end` is its last finite step, if that is already known.
    """
    found = _of_path(experiment, trajectory, last_finite(trajectory) if end is None else end, minima)
    kept = kept_step(experiment, trajectory)
    if kept is None:
        return found
    back = f"At the end it goes back to its best point, {_place(trajectory.points[kept])} of step {kept}."
    return replace(found, sentence=f"{found.sentence} {back}")


def chaotic(found: Outcome, step: int) -> Outcome:
    """Return `found` with what is told of a run whose path hangs on the last digits from `step` on."""
    told = f"Chaotic: rounding or a change in the 12th digit of the start changes the path from step {step}."
    return replace(found, short=f"{found.short}, chaotic", sentence=f"{found.sentence} {told}")


def unsettled(found: Outcome) -> Outcome:
    """Return what can be said of the run that ends as `found` while minima are still searched for."""
    if found.kind in (Kind.OUTSIDE, Kind.NOT_FINITE):
        return found
    sentence = "The surface's minima are still searched for; what became of the run is told once they are known."
    return Outcome(Kind.MOVING, "searching for minima…", sentence)


def _of_path(experiment: Experiment, trajectory: Trajectory, end: int, minima: tuple[Minimum, ...]) -> Outcome:
    points = trajectory.points[: end + 1]
    if end < len(trajectory.points) - 1:
        return _not_finite(points, end)
    left, back = _excursion(experiment, points)
    if left is not None and back is None:
        return _outside(points, left)
    found = _ending(experiment, points, trajectory.gradients, minima)
    if left is None:
        return found
    aside = f" On the way it left the view at step {left} and was back for good at step {back}."
    return Outcome(found.kind, f"{found.short} (left the view, came back)", found.sentence + aside, found.step)


def _not_finite(points: Floats, end: int) -> Outcome:
    where = f" The path is drawn to its last finite point, {_place(points[end])}." if end >= 0 else ""
    sentence = f"Stopped being finite at step {end + 1}: the numbers overflowed or became undefined.{where}"
    return Outcome(Kind.NOT_FINITE, f"not finite from step {end + 1}", sentence, end + 1)


def _excursion(experiment: Experiment, points: Floats) -> tuple[int | None, int | None]:
    """Return the first step outside the frame and the step from which the path stays inside again."""
    frame = experiment.frame
    x, y = points.T
    outside = (x < frame.x_low) | (x > frame.x_high) | (y < frame.y_low) | (y > frame.y_high)
    if not outside.any():
        return None, None
    last = len(outside) - 1 - int(np.argmax(outside[::-1]))
    return int(np.argmax(outside)), last + 1 if last + 1 < len(outside) else None


def _outside(points: Floats, left: int) -> Outcome:
    sentence = f"Left the view at step {left} and has not come back; after the last step it is at {_place(points[-1])}."
    return Outcome(Kind.OUTSIDE, f"left the view at step {left}", sentence, left)


def _ending(experiment: Experiment, points: Floats, gradients: Floats, minima: tuple[Minimum, ...]) -> Outcome:
    landscape = experiment.landscape
    size = landscape.diagonal
    tail = points[-max(8, len(points) // 5) :]
    centre = tail.mean(axis=0)
    radius = _distances(tail, centre).max()
    minimum = _nearest(minima, points[-1])
    if minimum is not None and _distances(tail, minimum[:2]).max() <= NEAR * size:
        return _reached(points, minimum, NEAR * size)
    if radius <= STILL * size:
        return _standing(landscape, points[-1], gradients[-1], len(tail))
    if _goes_round(tail, centre, radius):
        return _circling(tail, radius, minima)
    return _moving(tail)


def _reached(points: Floats, minimum: Minimum, near: float) -> Outcome:
    far = np.flatnonzero(_distances(points, minimum[:2]) > near)
    step = int(far[-1]) + 1 if len(far) else 0
    sentence = f"Reached the minimum at {_place(minimum)}, loss {minimum.loss:.4g}, and stayed there from step {step}."
    return Outcome(Kind.REACHED, f"minimum {_place(minimum)}", sentence, step)


def _standing(landscape: Landscape, point: Floats, gradient: Floats, steps: int) -> Outcome:
    slope = float(np.hypot(*gradient))
    steepness = typical_slope(landscape.surface, tuple(landscape.settings.items()))
    low, high = curvature(landscape, point)
    flat = 20 * FLAT * steepness / (NEAR * landscape.diagonal)
    # In a bowl the slope over the curvature is how far the bottom can be.
    at_bottom = low > flat and slope / low <= NEAR * landscape.diagonal
    if slope > FLAT * steepness and not at_bottom:
        where = f"it hardly moved in the last {_steps(steps - 1)} near {_place(point)}"
        return Outcome(Kind.MOVING, "creeping", f"Creeps: {where}, though the slope there is {slope:.2g}.")
    if max(abs(low), abs(high)) <= flat:
        name, why = "a plateau", f"the slope is only {slope:.1g}, in every direction"
    elif high < -flat:
        name, why = "a peak", "the slope vanishes there, but the surface falls on all sides"
    elif low < -flat:
        name, why = "a saddle", "the slope vanishes there, but the surface still falls to the side"
    elif low > flat:
        name, why = "an unlisted minimum", "the surface rises on all sides"
    else:
        name, why = "a flat valley", "the slope vanishes and one direction is flat"
    return Outcome(Kind.SETTLED, f"settled on {name}", f"Settled on {name} at {_place(point)}: {why}.")


def _goes_round(tail: Floats, centre: Floats, radius: float) -> bool:
    """Whether the tail keeps nine tenths of its size, and its place, while it travels further than its own width."""
    early, late = np.array_split(tail, 2)
    steady = np.hypot(*(late.mean(axis=0) - early.mean(axis=0))) <= 0.35 * radius
    kept = _distances(late, centre).mean() >= 0.9 * _distances(early, centre).mean()
    return bool(steady and kept and path_length(tail) >= 4 * radius)


def _circling(tail: Floats, radius: float, minima: tuple[Minimum, ...]) -> Outcome:
    centre = _middle(tail)
    minimum = _nearest(minima, centre)
    around = f"the point {_place(centre)}"
    if minimum is not None and np.hypot(*(centre - minimum[:2])) <= radius:
        centre, around = np.array(minimum[:2]), f"the minimum {_place(minimum)}"
    amplitude = _distances(tail, centre).max()
    sentence = f"Keeps circling around {around} without settling; it swings up to {amplitude:.2g} away from it."
    return Outcome(Kind.CIRCLING, f"circling, ±{amplitude:.2g}", sentence)


def _middle(points: Floats) -> Floats:
    """Return the middle of the smallest upright box around `points`; a path's mean leans to where it lingers."""
    return (points.min(axis=0) + points.max(axis=0)) / 2


def _moving(tail: Floats) -> Outcome:
    moved = float(np.hypot(*(tail[-1] - tail[0])))
    sentence = f"Still moving: it went {moved:.2g} in the last {_steps(len(tail) - 1)} and is at {_place(tail[-1])}."
    return Outcome(Kind.MOVING, "still moving", sentence)


def path_length(points: Floats) -> float:
    """Return the length of the polyline through `points` (n, 2)."""
    with np.errstate(over="ignore"):
        return float(np.hypot(*np.diff(points, axis=0).T).sum())


def _distances(points: Floats, place: Floats | tuple) -> Floats:
    return np.hypot(points[:, 0] - place[0], points[:, 1] - place[1])


def _nearest(minima: tuple[Minimum, ...], point: Floats) -> Minimum | None:
    distance: Callable[[Minimum], float] = lambda one: float(np.hypot(point[0] - one.x, point[1] - one.y))  # noqa: E731
    return min(minima, key=distance, default=None)


@lru_cache(maxsize=256)
def typical_slope(surface: Surface, parameters: tuple[tuple[str, float], ...]) -> float:
    """Return the slope that would lead from the median loss down to the least within one diagonal of the domain.

    Walls at the domain's edge, which dwarf everything else on some surfaces, don't count in a median.
    """
    plain, domain = landscape(surface, dict(parameters)), surface.domain
    x, y = np.linspace(domain.x_low, domain.x_high, 61), np.linspace(domain.y_low, domain.y_high, 61)
    losses = loss_grid(plain, x, y)
    finite = losses[np.isfinite(losses)]
    return float(np.median(finite) - finite.min()) / plain.diagonal if finite.size else 0.0


def _steps(count: int) -> str:
    return "step" if count == 1 else f"{count} steps"


def _place(point: Floats | Minimum) -> str:
    return f"({_coordinate(point[0])}, {_coordinate(point[1])})"


def _coordinate(value: float) -> str:
    text = f"{value:.3g}" if abs(value) >= 1e-3 else "0"
    return text.replace("-", "−")
