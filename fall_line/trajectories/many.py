"""Where many walks of one pair end: each from a start and with hyperparameters of its own, paths not kept.

A cell's result depends on its own start and values alone, to the last bit: neither on how many cells there are nor on
which lie beside it. From the path of the same run (`run`) it differs by roundings, since several abreast are compiled
otherwise than one alone; they grow to something visible where the run is chaotic (`sensitivity`), and nowhere else.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import Run
from fall_line.trajectories.conditions import Conditions, conditions
from fall_line.trajectories.run import Floats, program_of_pair, walker
from landscapes import Minimum, Surface
from optimizers import Optimizer

ABREAST = 64  # walks: a step's numbers stay in the nearest cache, and the loop is compiled whole
CALL = 64 * ABREAST  # walks in one call, whatever the map's size, so that no size compiles anything
ELSEWHERE, NOT_FINITE = -1, -2


class Ends(NamedTuple):
    """What became of n walks.

    Attributes:
        points: (n, 2) the last points.
        places: (n,) which minimum the last point is near: the nearest's index, `ELSEWHERE` or `NOT_FINITE`.
        steps: (n,) after how many steps the walk came to that place, to stay there to the end.
    """

    points: Floats
    places: NDArray[np.int64]
    steps: NDArray[np.int64]


def ends(
    experiment: Experiment, run: Run, starts: Floats, hypers: Floats, minima: tuple[Minimum, ...], near: float
) -> Ends:
    """Return where walks from `starts` (n, 2) with `hypers` (n, h), in the order of the method's, come to.

    Args:
        experiment: surface, steps, and the noise of the first seed.
        run: the method and its schedules.
        starts: the starts.
        hypers: the hyperparameters.
        minima: what the places are; their number is a power of two in the program, filled up.
        near: how far from a minimum still counts as there; may be infinite.
    """
    walk = ends_program(experiment.surface, run.optimizer)
    given = conditions(experiment, run, experiment.all_seeds[0])
    parameters, steps, places = experiment.landscape.parameters, experiment.steps, _filled(minima)

    def call(begin: int) -> list[NDArray]:
        rows = np.minimum(np.arange(begin, begin + CALL), len(starts) - 1)
        found = walk(starts[rows], hypers[rows], parameters, steps, places, near, given)
        return [np.asarray(column)[: len(starts) - begin] for column in found]

    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        calls = list(pool.map(call, range(0, len(starts), CALL)))
    return Ends(*(np.concatenate(columns) for columns in zip(*calls, strict=True)))


def _filled(minima: tuple[Minimum, ...]) -> Floats:
    places = np.full((1 << max(0, len(minima) - 1).bit_length(), 2), np.nan)
    places[: len(minima)] = np.reshape([(one.x, one.y) for one in minima], (-1, 2))
    return places


@program_of_pair
def ends_program(surface: Surface, optimizer: Optimizer) -> Callable[..., tuple[jax.Array, ...]]:
    """Return the jitted `(starts, hypers, parameters, steps, minima, near, given) -> points, places, steps`.

    `starts` is (4096, 2), `hypers` (4096, h).
    """
    pair = walker(surface, optimizer)

    def walk(
        start: jax.Array,
        hypers: jax.Array,
        parameters: jax.Array,
        steps: jax.Array,
        minima: jax.Array,
        near: jax.Array,
        given: Conditions,
    ) -> tuple[jax.Array, ...]:
        def advance(k: jax.Array, carry: tuple) -> tuple:
            point, state, place, since = carry
            point, state = pair.advance(k, point, state, hypers, parameters, given)
            now = place_of(point, minima, near)
            return point, state, now, jnp.where(now == place, since, k + 1)

        begun = (start, pair.begin(start, hypers, given), place_of(start, minima, near), jnp.zeros((), int))
        point, _, place, since = jax.lax.fori_loop(0, steps, advance, begun)
        return point, place, since

    def walks(starts: jax.Array, hypers: jax.Array, *same: Any) -> tuple[jax.Array, ...]:
        def some(rows: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, ...]:
            return jax.vmap(walk, in_axes=(0, 0, *(None for _ in same)))(*rows, *same)

        groups = [rows.reshape(-1, ABREAST, rows.shape[-1]) for rows in (starts, hypers)]
        found = jax.lax.map(some, tuple(groups))
        return tuple(column.reshape(len(starts), *column.shape[2:]) for column in found)

    return jax.jit(walks)


def place_of(point: jax.Array, minima: jax.Array, near: jax.Array) -> jax.Array:
    """Return the index of the minimum that is nearest to `point` (2,) if within `near`, or the code for none."""
    squares = (minima[:, 0] - point[0]) ** 2 + (minima[:, 1] - point[1]) ** 2
    place, least = jnp.full((), ELSEWHERE), near**2
    for index in range(len(minima)):
        closer = squares[index] <= least
        place, least = jnp.where(closer, index, place), jnp.where(closer, squares[index], least)
    return jnp.where(jnp.isfinite(point).all(), place, NOT_FINITE)
