"""What a run meets besides the surface: noise and schedules, as tables that its program reads step by step."""

from functools import lru_cache
from typing import Any, NamedTuple

import jax
import numpy as np

from fall_line.experiments.experiment import MAX_STEPS, Experiment
from fall_line.experiments.experiment_run import Run
from fall_line.experiments.schedules import factors
from fall_line.trajectories.noise import normals, ranks

ROWS = MAX_STEPS + 1
STILL = np.zeros(2)
EXACT = np.ones((2, 2))
NO_RANKS = np.zeros((0, 0), np.uint8)


class Conditions(NamedTuple):
    """Noise and schedules of one run; arrays with a row for each step have room for all steps there can be.

    Attributes:
        amounts: (2,) σ of the additive and of the multiplicative noise.
        normals: (rows, 2) n, standard normal: the gradient becomes g(1 + σₘn) + σₐn.
        shifts: (32, 2) how the copies lie whose mean is the loss, or (0, 2) for the plain surface.
        ranks: (rows, 32) each copy's rank at each step, or (0, 0); those below `batch` are in the minibatch.
        batch: copies in a minibatch.
        rates: (rows,) the factor on learning rates.
        windows: (rows,) the factor on 1 − γ of momenta.
        roundings: (2, 2) by what θ is multiplied where the surface is asked, at even and at odd steps: 1, but for a
            twin; None is 1 where no twin is walked.
    """

    amounts: Any
    normals: jax.Array
    shifts: Any
    ranks: Any
    batch: Any
    rates: jax.Array
    windows: jax.Array
    roundings: Any = None


def conditions(experiment: Experiment, run: Run, seed: int) -> Conditions:
    """Return what `run` meets with the noise of `seed`."""
    batched = experiment.noise == "minibatch"
    amounts = [experiment.sigma * (experiment.noise == kind) for kind in ("additive", "multiplicative")]
    return Conditions(
        amounts=np.array(amounts) if any(amounts) else STILL,
        normals=normals(seed, ROWS),
        shifts=experiment.landscape.shifts,
        ranks=ranks(seed, ROWS) if batched else NO_RANKS,
        batch=np.float64(experiment.batch),
        rates=_factors(run, experiment.steps, "learning_rate"),
        windows=_factors(run, experiment.steps, "momentum"),
        roundings=EXACT,
    )


def _factors(run: Run, steps: int, scheduled: str) -> jax.Array:
    chosen = dict(run.schedules.get(scheduled, {}))
    kind = chosen.pop("kind", "constant")
    if kind == "constant":
        return _column("constant", (), 0)
    return _column(kind, tuple(chosen.items()), steps)


@lru_cache(maxsize=512)
def _column(key: str, values: tuple[tuple[str, float], ...], steps: int) -> jax.Array:
    """Return the factors of a schedule, a row for each step that there can be; those beyond `steps` are 1."""
    column = np.ones(ROWS)
    column[:steps] = factors(key, dict(values), steps)
    return jax.device_put(column)
