"""What becomes of a run over the seeds of its noise: median, quartiles, and how many come within the tolerance."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.experiment import Experiment
from fall_line.trajectories.run import Fan, Trajectory, final_loss, last_finite
from landscapes import Minimum

Floats = NDArray[np.float64]

QUARTILES = ("lower_quartile", "median", "upper_quartile")


class Quartiles(NamedTuple):
    """Three losses that seeds have: of n in increasing order those at (n − 1)/4, (n − 1)/2 and 3(n − 1)/4.

    The first two places are rounded down and the third up, so that at least half of the seeds lie between the outer
    two. Losses that are not finite count as the greatest.
    """

    lower: Floats
    median: Floats
    upper: Floats

    def told(self) -> dict[str, float]:
        """Return the three, if they are single losses, by their names in files."""
        return dict(zip(QUARTILES, map(float, self), strict=True))


class SeedStatistics(NamedTuple):
    """The seeds of one run.

    Attributes:
        seeds: how many there are.
        losses: of J after each step, each (steps + 1,); without noise, as in a trajectory.
        final: of the final losses, those of the points that are kept; its median is the loss of the path shown.
        reached: how many seeds came within the tolerance of the lowest known minimum's loss, or None without one.
        share: (steps + 1,) the share of the seeds that had by each step, or None.
    """

    seeds: int
    losses: Quartiles
    final: Quartiles
    reached: int | None
    share: Floats | None


def quartiles(losses: Floats) -> Quartiles:
    """Return the quartiles of `losses` (seeds, …) over the seeds, each (…)."""
    order = np.argsort(np.where(np.isfinite(losses), losses, np.inf), axis=0, kind="stable")
    last = len(losses) - 1
    places = (last // 4, last // 2, -(-3 * last // 4))
    return Quartiles(*(np.take_along_axis(losses, order[place][None], axis=0)[0] for place in places))


def seed_statistics(experiment: Experiment, fan: Fan, minima: tuple[Minimum, ...]) -> SeedStatistics:
    """Return the statistics of one run's `fan`; `minima` are those of the loss, the lowest first."""
    losses = np.stack([path.losses for path in fan.paths])
    there = np.array([_there(experiment, path, minima[0].loss) for path in fan.paths]) if minima else None
    return SeedStatistics(
        seeds=len(fan.paths),
        losses=quartiles(losses),
        final=quartiles(np.array([final_loss(experiment, path) for path in fan.paths])),
        reached=None if there is None else int(there[:, -1].sum()),
        share=None if there is None else there.mean(axis=0),
    )


def _there(experiment: Experiment, path: Trajectory, least: float) -> NDArray[np.bool_]:
    """Return (steps + 1,) whether the path has been within the tolerance by each step."""
    near = path.losses <= least + experiment.tolerance
    near[last_finite(path) + 1 :] = False
    return np.logical_or.accumulate(near)
