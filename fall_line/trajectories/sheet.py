"""Sheets: the paths for every stop of a slider, walked before the hand moves it.

A stop's path is the very path, digit for digit, that the run alone takes with that value: the same walk, in a loop over
the stops. Walking all stops at once as vectors would take a third of the time, but its other rounding grows in every
chaotic run until the picture is another one.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import jax
import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.experiment import MAX_STEPS, Experiment
from fall_line.hyperparameter import Hyper
from fall_line.trajectories.conditions import ROWS, Conditions, conditions
from fall_line.trajectories.cost import plain_steps
from fall_line.trajectories.run import Fan, Trajectory, fan_of, fans, hyper_values, program_of_pair, walk_of
from fall_line.validation import InputError, quoted
from landscapes import Surface
from optimizers import Optimizer

Floats = NDArray[np.float64]

CHUNK = 32  # stops that are walked in one call
ROOMS = (128, 1024, ROWS)  # rows that a program may have; a sheet takes the least that is enough
MOST_STOPS = 512
MOST_WALKED = 1_100_000  # plain steps of all stops, runs and seeds: about a second at most, and 2 MB to send
FEWEST = 16  # stops; a sheet that may not have so many is refused


class Variation(NamedTuple):
    """One number that takes a value at each stop.

    Attributes:
        run: the index of the run whose hyperparameter it is, or None for a parameter of the surface.
        key: of the hyperparameter or parameter.
        values: one a stop.
    """

    run: int | None
    key: str
    values: tuple[float, ...]


class Stop(NamedTuple):
    """The paths at one stop.

    Attributes:
        place: which of the values.
        fans: one for each run that moves, in the order of `moving`.
    """

    place: int
    fans: list[Fan]


def read_variations(experiment: Experiment, data: Any) -> list[Variation]:
    """Return the variations in `data`: a list of objects with `run`, `key` and `values`, all of one length.

    Raises:
        InputError: there is no such run or number, or a value can't be used.
    """
    if not isinstance(data, list) or not data or not all(isinstance(one, dict) for one in data):
        raise InputError("A sheet is asked for with a list of numbers that vary.")
    variations = [_read(experiment, one) for one in data]
    if len({len(one.values) for one in variations}) > 1:
        raise InputError("All numbers that vary must have the same number of values.")
    return variations


def _read(experiment: Experiment, data: dict[str, Any]) -> Variation:
    run, key, values = data.get("run"), data.get("key"), data.get("values")
    hyper = next((one for one in _numbers(experiment, run) if one.key == key), None)
    if hyper is None:
        raise InputError(f"There is no number {quoted(key)} to vary.")
    if not isinstance(values, list) or not 1 <= len(values) <= MOST_STOPS:
        raise InputError(f"A number that varies must have 1 to {MOST_STOPS} values.")
    for value in values:
        if isinstance(value, bool) or not isinstance(value, int | float) or not hyper.low <= value <= hyper.high:
            name = f"{hyper.label[0].upper()}{hyper.label[1:]}"
            raise InputError(f"{name} is {quoted(value)}; it must be from {hyper.low:g} to {hyper.high:g}.")
    return Variation(run, hyper.key, tuple(map(float, values)))


def _numbers(experiment: Experiment, run: Any) -> tuple[Hyper, ...]:
    if run is None:
        return experiment.surface.parameters
    if isinstance(run, bool) or not isinstance(run, int) or not 0 <= run < len(experiment.runs):
        raise InputError(f"There is no run {quoted(run)}.")
    return experiment.runs[run].optimizer.hypers


def moving(experiment: Experiment, variations: list[Variation]) -> list[int]:
    """Return the indices of the runs that have other paths at other stops."""
    runs = [one.run for one in variations if one.run is not None]
    everything = len(runs) < len(variations)
    return list(range(len(experiment.runs))) if everything else sorted(set(runs))


def affordable(experiment: Experiment, variations: list[Variation]) -> int:
    """Return how many stops a sheet may have: as many as its values, or fewer where paths are many, long or costly.

    Raises:
        InputError: fewer than 16 could be had, or the plot doesn't draw all seeds.
    """
    wanted = len(variations[0].values)
    most = min(wanted, MOST_WALKED // plain_steps(experiment, moving(experiment, variations), experiment.steps))
    if most < min(FEWEST, wanted) or experiment.drawn_seeds < len(experiment.all_seeds):
        raise InputError("These paths are too many and too long to be made ready for a whole slider.")
    return most


def sheet(experiment: Experiment, variations: list[Variation]) -> Iterator[list[Stop]]:
    """Yield the stops in the order of the values, up to 32 at a time, each as soon as it is walked."""
    runs, count = moving(experiment, variations), affordable(experiment, variations)
    for first in range(0, count, CHUNK):
        chunk = slice(first, min(first + CHUNK, count))
        columns = [_walked(experiment, run, variations, chunk) for run in runs]
        yield [Stop(first + place, [column[place] for column in columns]) for place in range(chunk.stop - chunk.start)]


def _walked(experiment: Experiment, run: int, variations: list[Variation], chunk: slice) -> list[Fan]:
    one = experiment.runs[run]
    walk = sheet_program(experiment.surface, one.optimizer, room_for(experiment.steps))
    start = np.asarray(experiment.start, dtype=np.float64)
    keys = [hyper.key for hyper in one.optimizer.hypers]
    hypers = _rows(hyper_values(one), keys, [each for each in variations if each.run == run], chunk)
    names = [hyper.key for hyper in experiment.surface.parameters]
    parameters = _rows(experiment.landscape.parameters, names, [each for each in variations if each.run is None], chunk)
    # Rows that only fill the program up take no steps.
    steps = np.where(np.arange(CHUNK) < chunk.stop - chunk.start, experiment.steps, 0)
    count, end = chunk.stop - chunk.start, experiment.steps + 1
    # Copies: a view would keep the room for all rows that there may be.
    seeds = [
        [np.array(array[:count, :end]) for array in map(np.asarray, walk(start, hypers, parameters, steps, given))]
        for given in (conditions(experiment, one, seed) for seed in experiment.all_seeds)
    ]
    return [
        fan_of(experiment, [Trajectory(*(array[place] for array in arrays)) for arrays in seeds])
        for place in range(count)
    ]


def _rows(values: Floats, keys: list[str], variations: list[Variation], chunk: slice) -> Floats:
    """Return (32, …) `values`, one row a stop; those that vary put in, the last row once more where stops are fewer."""
    rows = np.tile(values, (CHUNK, 1))
    for one in variations:
        column = np.array(one.values[chunk])
        rows[:, keys.index(one.key)] = np.pad(column, (0, CHUNK - len(column)), mode="edge")
    return rows


def room_for(steps: int) -> int:
    """Return how many rows the program for so many `steps` has."""
    return next(room for room in ROOMS if room > steps)


@program_of_pair
def sheet_program(surface: Surface, optimizer: Optimizer, room: int) -> Callable[..., tuple[jax.Array, ...]]:
    """Return the jitted `(start, hypers, parameters, steps, given) -> points, losses, gradients` for 32 stops.

    `hypers` is (32, h), `parameters` (32, p) and `steps` (32,); each row is walked from `start`. Which of them vary is
    data.
    """
    walk = walk_of(surface, optimizer, room)

    def walks(
        start: jax.Array, hypers: jax.Array, parameters: jax.Array, steps: jax.Array, given: Conditions
    ) -> tuple[jax.Array, ...]:
        return jax.lax.map(lambda row: walk(start, *row, given), (hypers, parameters, steps))

    return jax.jit(walks)


def longest(experiment: Experiment) -> Iterator[list[Stop]]:
    """Return one stop: all runs with as many steps as there may be, of which every path with fewer steps is a part.

    Raises:
        InputError: with several seeds or a schedule a path with fewer steps is another path; or it would take long.
    """
    scheduled = any(one["kind"] != "constant" for run in experiment.runs for one in run.schedules.values())
    if scheduled or len(experiment.all_seeds) > 1:
        raise InputError("With a schedule or several seeds the number of steps changes the paths themselves.")
    if plain_steps(experiment, list(range(len(experiment.runs))), MAX_STEPS) > MOST_WALKED:
        raise InputError("These runs would take long with as many steps as there may be.")
    far = experiment.model_copy(update={"steps": MAX_STEPS})
    return iter([Stop(0, fans(far))] for _ in range(1))
