"""Whether a run is chaotic: a twin that starts next to it, and rounds otherwise, is compared with it step by step.

Sensitive dependence on initial conditions: starts that differ by δ₀ part like δ₀ exp(λk), with a Lyapunov exponent
λ > 0, until the gap is as wide as the path (E. N. Lorenz, Deterministic nonperiodic flow, Journal of the Atmospheric
Sciences 20, 1963; S. H. Strogatz, Nonlinear dynamics and chaos, chapter 9).

A run may also forget its start, and hang on rounding all the same: where RMSProp has settled, its memory of slopes
fades until it divides by what rounding has left of the last ones. A twin that only starts elsewhere has met it by then
in every bit. So at every other step the twin is wrong by a few last bits in the place at which it looks, about as much
as rounding is anywhere (backward error: N. J. Higham, Accuracy and stability of numerical algorithms, 2002, section
1.5). That turns a slope at a minimum, where it is nothing but rounding, and no slope on a plateau, small as it is.
"""

import numpy as np

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import Run
from fall_line.trajectories.run import Floats, Trajectory, last_finite, walk_twin

APART = 1e-12  # of the domain's diagonal: how far the twin's start lies from the run's
ASIDE = APART * np.array([np.cos(1.0), np.sin(1.0)])  # in a direction along which no surface is symmetric
SEEN = 1e-3  # of the domain's diagonal: a pixel, whatever the window
NUMBERS = 4  # how many of them the twin lies away at least, where the start is so far out that they are that coarse
BITS = 2 * float(np.finfo(np.float64).eps)  # of a coordinate: how far off the twin looks at odd steps
ROUNDINGS = np.array([[1, 1], [1 + BITS, 1 - BITS]])  # at even steps it looks where it is


def parting_step(experiment: Experiment, run: Run, seed: int, trajectory: Trajectory) -> int | None:
    """Return the first step k at which `run` and its twin are apart, or None if they aren't while both are finite.

    With D the diagonal of the surface's domain and Rₖ that of the box around the points 0 to k of `trajectory`, which
    `run` walked with the noise of `seed`, the twin starts at θ₀ + 10⁻¹² D (cos 1, sin 1) and they are apart where
    |θₖ − θ′ₖ| > 10⁻³ max(D, Rₖ). Where the rule asks the surface at (x, y), the twin's does so at (x(1 + ε), y(1 − ε)),
    with ε = 2⁻⁵¹ at odd steps and 0 at even ones. It has the same hyperparameters, schedules and noise. A run that
    merely explodes carries its twin along: the gap grows, but so does R.
    """
    return _parting(trajectory, twin_of(experiment, run, seed), experiment.landscape.diagonal)


def twin_of(experiment: Experiment, run: Run, seed: int) -> Trajectory:
    """Return the twin of `run`, walked with the noise of `seed`."""
    start = np.asarray(experiment.start, dtype=np.float64)
    return walk_twin(_beside(start, experiment.landscape.diagonal), ROUNDINGS, experiment, run, seed)


def _beside(start: Floats, diagonal: float) -> Floats:
    return start + np.maximum(diagonal * ASIDE, NUMBERS * np.spacing(np.abs(start)))


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
