"""Runs optimizers on a surface.

One program is compiled per (surface, method). The start, every hyperparameter, the surface's parameters, noise,
schedules and even the number of steps are traced data, so that moving a slider never compiles anything.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, wraps
from typing import Any, NamedTuple, TypeVar

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import Run
from fall_line.trajectories.conditions import ROWS, Conditions, conditions
from fall_line.trajectories.loss import loss_of
from fall_line.trajectories.noise import shares
from landscapes import Surface
from optimizers import Optimizer, Problem

Floats = NDArray[np.float64]
Program = TypeVar("Program", bound=Callable[..., Any])

MOST_REMEMBERED = 4096
UNLISTED_PROGRAMS = 128  # of typed surfaces and the like that are kept: some megabytes each


class Trajectory(NamedTuple):
    """The path of one run. Row 0 is the start, row k the state after k steps; not finite values are kept as they are.

    Attributes:
        points: (steps + 1, 2) float64, θ.
        losses: (steps + 1,) float64, J(θ).
        gradients: (steps + 1, 2) float64, ∇J(θ), at θ itself also for methods that look elsewhere.
    """

    points: Floats
    losses: Floats
    gradients: Floats


def last_finite(trajectory: Trajectory) -> int:
    """Return the last step up to which point and loss are finite, or -1 if the start's loss isn't."""
    bad = ~(np.isfinite(trajectory.points).all(axis=1) & np.isfinite(trajectory.losses))
    return int(np.argmax(bad)) - 1 if bad.any() else len(bad) - 1


def kept_step(experiment: Experiment, trajectory: Trajectory) -> int | None:
    """Return the step to whose point the run goes back at its end, or None if it stays where it ends.

    It is the first with the least loss among those up to the last finite one.
    """
    end = last_finite(trajectory)
    return int(np.argmin(trajectory.losses[: end + 1])) if experiment.return_best and end >= 0 else None


def final_loss(experiment: Experiment, trajectory: Trajectory) -> float:
    """Return the loss after the last step, or that of the point to which the run goes back."""
    kept = kept_step(experiment, trajectory)
    return float(trajectory.losses[-1 if kept is None else kept])


def run(experiment: Experiment) -> list[Trajectory]:
    """Return one trajectory a run, in the experiment's order; with several seeds that of the median seed."""
    return [one.median for one in each_fan(experiment)]


class Fan(NamedTuple):
    """The paths of one run, one for each seed of the noise.

    Attributes:
        paths: one a seed, in the order of the seeds; a single one without noise.
        middle: which of them has the median of the final losses, those of the points that are kept; not finite ones
            count as the greatest, and of an even number of seeds the lower of the two in the middle is taken.
    """

    paths: list[Trajectory]
    middle: int

    @property
    def median(self) -> Trajectory:
        """The path whose final loss is the median."""
        return self.paths[self.middle]


def fans(experiment: Experiment) -> list[Fan]:
    """Return the paths of all seeds, one fan a run, in the experiment's order."""
    return list(each_fan(experiment))


def each_fan(experiment: Experiment) -> Iterator[Fan]:
    """Yield what `fans` returns, each fan walked when it is asked for: those of all runs may take 200 MB."""
    first, *others = experiment.all_seeds
    walked = _each(experiment, lambda one: _plain(experiment, one, first))
    for one, beginning in zip(experiment.runs, walked, strict=True):
        arrays = [beginning, *(_plain(experiment, one, seed) for seed in others)]
        yield fan_of(experiment, [_cut(each, experiment.steps) for each in arrays])


def median_seeds(experiment: Experiment) -> list[int]:
    """Return the seed of each path that `run` returns; to know it of several seeds, all are walked."""
    if len(experiment.all_seeds) == 1:
        return [*experiment.all_seeds] * len(experiment.runs)
    return [experiment.all_seeds[fan.middle] for fan in each_fan(experiment)]


def walk_from(start: Floats, experiment: Experiment, run: Run, seed: int) -> Trajectory:
    """Return the path of `run` from another `start` (2,), with the noise of `seed`; no program is compiled for it."""
    return _cut(_walk(experiment, run, start, conditions(experiment, run, seed)), experiment.steps)


def walk_twin(start: Floats, roundings: Floats, experiment: Experiment, run: Run, seed: int) -> Trajectory:
    """Return the path of `run` with the noise of `seed`, but from this `start` (2,) and with these `roundings` (2, 2).

    No program is compiled for it.
    """
    given = conditions(experiment, run, seed)._replace(roundings=roundings)
    return _cut(_walk(experiment, run, start, given), experiment.steps)


def _each(experiment: Experiment, walk: Callable[[Run], tuple]) -> list[tuple]:
    """Return what `walk` makes of each run; where programs must be compiled, two at a time."""
    surface, copies = experiment.surface.key, experiment.noise == "minibatch"
    needed = {(surface, one.optimizer.key, copies) for one in experiment.runs}
    if len(needed) == 1 or needed <= _compiled:
        return [walk(one) for one in experiment.runs]
    with ThreadPoolExecutor(max_workers=2) as pool:
        walked = list(pool.map(walk, experiment.runs))
    if len(_compiled) > MOST_REMEMBERED:
        _compiled.clear()
    _compiled.update(needed)
    return walked


# Pairs that have been walked, with or without copies. Told apart from what is kept only for speed: nothing rests on it.
_compiled: set[tuple[str, str, bool]] = set()


def _plain(experiment: Experiment, run: Run, seed: int) -> tuple:
    start = np.asarray(experiment.start, dtype=np.float64)
    return _walk(experiment, run, start, conditions(experiment, run, seed))


def _walk(experiment: Experiment, run: Run, start: Floats, given: Conditions) -> tuple:
    walk = program(experiment.surface, run.optimizer)
    return walk(start, hyper_values(run), experiment.landscape.parameters, experiment.steps, given)


def hyper_values(run: Run) -> Floats:
    """Return the values of the hyperparameters of `run` in the order in which its method declares them."""
    return np.array([run.hypers[hyper.key] for hyper in run.optimizer.hypers], dtype=np.float64)


def _cut(arrays: tuple, steps: int) -> Trajectory:
    # Copies: a view would keep the room for all rows that there may be.
    return Trajectory(*(np.array(np.asarray(array)[: steps + 1]) for array in arrays))


def fan_of(experiment: Experiment, paths: list[Trajectory]) -> Fan:
    """Return the fan of one run's `paths`, one for each seed of the experiment."""
    if len(paths) == 1:
        return Fan(paths, 0)
    final = np.array([final_loss(experiment, path) for path in paths])
    order = np.argsort(np.where(np.isfinite(final), final, np.inf), kind="stable")
    return Fan(paths, int(order[(len(order) - 1) // 2]))


class Walker(NamedTuple):
    """One surface and method as pure functions of traced data, which every program of the pair is made of.

    Attributes:
        begin: `(start, hypers, given) -> state`, the method's memory before the first step.
        settings: `(k, hypers, given) -> {key: value}`, the hyperparameters at step k after the schedules.
        problem: `(k, parameters, given) -> Problem`, with the noise of step k.
        advance: `(k, point, state, hypers, parameters, given) -> point, state`, the step from k to k + 1.
        look: `(k, point, parameters, given) -> J, ∇J`, without noise.

    `hypers` and `parameters` are vectors in the order in which the optimizer and the surface declare them.
    """

    begin: Callable[..., Any]
    settings: Callable[..., dict[str, jax.Array]]
    problem: Callable[..., Problem]
    advance: Callable[..., tuple[jax.Array, Any]]
    look: Callable[..., tuple[jax.Array, jax.Array]]


def walker(surface: Surface, optimizer: Optimizer) -> Walker:
    """Return the pure functions of the surface and the method."""

    def settings(k: jax.Array | int, hypers: jax.Array, given: Conditions) -> dict[str, jax.Array]:
        factors = {"rate": given.rates[k], "window": given.windows[k]}
        return {
            hyper.key: _scheduled(hyper.schedulable, hypers[index], factors)
            for index, hyper in enumerate(optimizer.hypers)
        }

    def begin(start: jax.Array, hypers: jax.Array, given: Conditions) -> Any:
        return optimizer.init(start, **settings(0, hypers, given))

    def problem(k: jax.Array, parameters: jax.Array, given: Conditions) -> Problem:
        weights = shares(given.ranks[k], given.batch) if len(given.ranks) else None
        loss, at = loss_of(surface, parameters, given.shifts, weights), _looking(k, given)
        slope, noise = jax.grad(loss), given.normals[k]
        additive, multiplicative = given.amounts
        return Problem(
            lambda point: loss(at(point)),
            lambda point: slope(at(point)) * (1 + multiplicative * noise) + additive * noise,
        )

    def advance(
        k: jax.Array, point: jax.Array, state: Any, hypers: jax.Array, parameters: jax.Array, given: Conditions
    ) -> tuple[jax.Array, Any]:
        return optimizer.step(problem(k, parameters, given), point, state, **settings(k, hypers, given))

    def look(
        k: jax.Array | int, point: jax.Array, parameters: jax.Array, given: Conditions
    ) -> tuple[jax.Array, jax.Array]:
        return jax.value_and_grad(loss_of(surface, parameters, given.shifts))(_looking(k, given)(point))

    return Walker(begin, settings, problem, advance, look)


def _looking(k: jax.Array | int, given: Conditions) -> Callable[[jax.Array], jax.Array]:
    if given.roundings is None:
        return lambda point: point
    factors = given.roundings[k % 2]
    return lambda point: point * factors


def _scheduled(kind: str, value: jax.Array, factors: dict[str, jax.Array]) -> jax.Array:
    if kind == "rate":
        return value * factors["rate"]
    if kind == "window":
        # Without a schedule the value itself, not 1 − (1 − γ), which is not always the same number.
        factor = factors["window"]
        return jnp.where(factor == 1, value, jnp.maximum(0.0, 1 - (1 - value) * factor))
    return value


def program_of_pair(make: Callable[..., Program]) -> Callable[..., Program]:
    """Return `make(surface, optimizer, …)` so that it makes a program once; of unlisted pairs the last are kept."""
    listed, unlisted = lru_cache(maxsize=None)(make), lru_cache(maxsize=UNLISTED_PROGRAMS)(make)

    @wraps(make)
    def kept(surface: Surface, optimizer: Optimizer, *more: int) -> Program:
        return (listed if surface.listed and optimizer.listed else unlisted)(surface, optimizer, *more)

    return kept


def walk_of(surface: Surface, optimizer: Optimizer, room: int) -> Callable[..., tuple[jax.Array, ...]]:
    """Return the pure `(start, hypers, parameters, steps, given) -> points, losses, gradients` of one pair.

    The arrays have `room` rows; those beyond `steps` are zero.
    """
    pair = walker(surface, optimizer)

    def walk(
        start: jax.Array, hypers: jax.Array, parameters: jax.Array, steps: jax.Array, given: Conditions
    ) -> tuple[jax.Array, ...]:
        # One step more than is asked for, whose end is dropped: a loss compiled once more after the loop takes longer.
        def advance(k: jax.Array, carry: tuple) -> tuple:
            point, state, record = carry
            record = _write(record, k, point, *pair.look(k, point, parameters, given))
            return (*pair.advance(k, point, state, hypers, parameters, given), record)

        empty = (jnp.zeros((room, 2)), jnp.zeros(room), jnp.zeros((room, 2)))
        carry = (start, pair.begin(start, hypers, given), empty)
        return jax.lax.fori_loop(0, steps + 1, advance, carry)[2]

    return walk


@program_of_pair
def program(surface: Surface, optimizer: Optimizer) -> Callable[..., tuple[jax.Array, ...]]:
    """Return the walk of one pair, jitted, with room for `MAX_STEPS` + 1 rows."""
    return jax.jit(walk_of(surface, optimizer, ROWS))


def _write(record: tuple, k: jax.Array, *row: jax.Array) -> tuple:
    return tuple(
        jax.lax.dynamic_update_index_in_dim(column, entry, k, axis=0) for column, entry in zip(record, row, strict=True)
    )
