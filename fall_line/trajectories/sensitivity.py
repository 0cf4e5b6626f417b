"""Whether a run is chaotic: a twin that starts next to it is walked, and compared with it step by step.

Sensitive dependence on initial conditions: starts that differ by δ₀ part like δ₀ exp(λk), with a Lyapunov exponent
λ > 0, until the gap is as wide as the path (E. N. Lorenz, Deterministic nonperiodic flow, Journal of the Atmospheric
Sciences 20, 1963; S. H. Strogatz, Nonlinear dynamics and chaos, chapter 9).
"""

import numpy as np

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import Run
from fall_line.trajectories.run import Floats, Trajectory, last_finite, walk_from

APART = 1e-12  # of the domain's diagonal: how far the twin's start lies from the run's
ASIDE = APART * np.array([np.cos(1.0), np.sin(1.0)])  # in a direction along which no surface is symmetric
SEEN = 1e-3  # of the domain's diagonal: a pixel, whatever the window
ROUNDINGS = 4  # how many numbers the twin lies away at least, where the start is so far out that they are that coarse


def parting_step(experiment: Experiment, run: Run, seed: int, trajectory: Trajectory) -> int | None:
    """Return the first step k at which `run` and its twin are apart, or None if they aren't while both are finite.

    With D the diagonal of the surface's domain and Rₖ that of the box around the points 0 to k of `trajectory`, which
    `run` walked with the noise of `seed`, the twin starts at θ₀ + 10⁻¹² D (cos 1, sin 1) and they are apart where
    |θₖ − θ′ₖ| > 10⁻³ max(D, Rₖ). The twin has the same hyperparameters, schedules and noise. A run that merely explodes
    carries its twin along: the gap grows, but so does R.
    """
    start = np.asarray(experiment.start, dtype=np.float64)
    twin = walk_from(_beside(start, experiment.landscape.diagonal), experiment, run, seed)
    return _parting(trajectory, twin, experiment.landscape.diagonal)


def _beside(start: Floats, diagonal: float) -> Floats:
    return start + np.maximum(diagonal * ASIDE, ROUNDINGS * np.spacing(np.abs(start)))


@np.errstate(over="ignore", invalid="ignore")
def _parting(path: Trajectory, twin: Trajectory, diagonal: float) -> int | None:
    rows = min(last_finite(path), last_finite(twin)) + 1
    points = path.points[:rows]
    gaps = np.hypot(*(twin.points[:rows] - points).T)
    apart = gaps > SEEN * np.maximum(diagonal, _reach(points))
    return int(np.argmax(apart)) if apart.any() else None


def _reach(points: Floats) -> Floats:
    """Return the diagonals of the boxes around the first, the first two, … of `points` (n, 2) as (n,)."""
    sides = np.maximum.accumulate(points) - np.minimum.accumulate(points)
    return np.hypot(*sides.T)
