"""Trains the networks of an experiment: all at once, or in parts that can be watched, stopped and taken up again."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import numpy as np

from fall_line.experiments.experiment_run import SCHEDULED, Run
from fall_line.experiments.schedules import factors
from fall_line.experiments.training_experiment import TrainingExperiment, TrainingRun
from fall_line.training.batches import Batches, batches, first_ones, places, table
from fall_line.training.history import Floats, History, cut, joined
from fall_line.training.initialization import initial_weights
from fall_line.training.patience import Patience
from fall_line.training.perceptron import Perceptron
from fall_line.training.program import ROWS, Given, Record, Standing, program
from fall_line.training.split import split
from networks import Data
from optimizers import Optimizer

SMALL = 600  # points up to which all are looked at before each step
RARELY = 25  # steps from one look to the next where there are more
MOST_KEPT = 2_000_000  # numbers of the weights that are kept of one run: 16 MB


class Lesson(NamedTuple):
    """What one training needs besides its method: the same for all runs of an experiment with one seed.

    Attributes:
        network: the network.
        loss: a key of `objective.LOSSES`.
        training, validation: the points; validation may have none.
        batches: which points are in the batch of each step.
        weights: those to begin with, (P,).
        l2: λ.
        every: steps from one look at all points to the next; the last weights are always looked at.
    """

    network: Perceptron
    loss: str
    training: Data
    validation: Data
    batches: Batches
    weights: Floats
    l2: float = 0.0
    every: int = 1

    @property
    def steps(self) -> int:
        """How many steps there are batches for."""
        return len(self.batches.sizes)


class Part(NamedTuple):
    """Some steps of a training, and where it stands after them.

    Attributes:
        history: what is told of them; the last part ends with the last weights.
        standing: where to go on from, after `step` steps.
        step: how many steps have been made since the beginning; more than `history` tells where it stopped early.
    """

    history: History
    standing: Standing
    step: int


def network_of(experiment: TrainingExperiment) -> Perceptron:
    """Return the network of `experiment`, without weights."""
    data = split(experiment.task, experiment.validation).training
    return Perceptron((len(data.inputs), *experiment.layers, len(data.targets)), experiment.activation)


@lru_cache(maxsize=16)
def lesson_of(experiment: TrainingExperiment, seed: int) -> Lesson:
    """Return what all runs of `experiment` are trained with if the seed is `seed`."""
    parted, network = split(experiment.task, experiment.validation), network_of(experiment)
    return Lesson(
        network=network,
        loss=experiment.task.loss,
        training=parted.training,
        validation=parted.validation,
        batches=batches(experiment.points, experiment.batch_sizes, experiment.steps, seed),
        weights=initial_weights(network, experiment.initialization, seed),
        l2=experiment.l2,
        every=1 if experiment.task.points <= SMALL else RARELY,
    )


def train(experiment: TrainingExperiment, run: Run, seed: int) -> History:
    """Return the whole training of one run with one seed."""
    return joined([part.history for part in each_part(experiment, run, seed)])


def each_part(
    experiment: TrainingExperiment, run: Run, seed: int, standing: Standing | None = None, step: int = 0
) -> Iterator[Part]:
    """Yield the training of one run in parts of up to 100 steps.

    With `standing` and `step` of an earlier part it goes on from there, perhaps with other values or more steps.
    Batches and schedules are those of `experiment` at each step; with more steps the first batches stay the same.
    A part ends at the step from which a training goes on with other values.
    """
    patience = Patience(experiment.patience)
    for part in _parts(experiment, run, seed, standing, step):
        stop = patience.stops(part.history)
        yield part if stop is None else part._replace(history=cut(part.history, stop))
        if stop is not None:
            return


def _parts(experiment: TrainingExperiment, run: Run, seed: int, standing: Standing | None, step: int) -> Iterator[Part]:
    """Yield the parts with the values that hold before the training goes on with others, and those after."""
    if experiment.earlier is not None and isinstance(run, TrainingRun):
        turn: int | None = experiment.continued["step"]
        earlier, hypers = lesson_of(experiment.earlier, seed), hyper_values(run.earlier, experiment.continued["steps"])
        if experiment.steps <= experiment.continued["step"]:
            # It ends before it goes on with anything else.
            earlier, turn = earlier._replace(batches=first_ones(earlier.batches, experiment.steps)), None
        for part in parts_of(earlier, run.optimizer, hypers, standing, step, turn):
            standing, step = part.standing, part.step
            yield part
    yield from parts_of(lesson_of(experiment, seed), run.optimizer, hyper_values(run, experiment.steps), standing, step)


def hyper_values(run: Run, steps: int) -> Floats:
    """Return the hyperparameters of `run` at each step after its schedules, (steps, hypers): ηf, or 1 − (1 − γ)f."""
    columns = []
    for hyper in run.optimizer.hypers:
        value = np.full(steps, run.hypers[hyper.key])
        for name in (name for name in run.schedules if SCHEDULED[name] == hyper.schedulable):
            chosen: dict[str, Any] = dict(run.schedules[name])
            f = factors(chosen.pop("kind"), chosen, steps)
            # Where the factor is 1 the value itself, not 1 − (1 − γ), which is not always the same number.
            window = np.where(f == 1, value, np.maximum(0.0, 1 - (1 - value) * f))
            value = value * f if hyper.schedulable == "rate" else window
        columns.append(value)
    return np.stack(columns, axis=1)


def values_by_step(experiment: TrainingExperiment, run: TrainingRun) -> Floats:
    """Return the hyperparameters of `run` at each step, (steps, hypers), before and after it goes on with others."""
    table = hyper_values(run, experiment.steps)
    if experiment.continued:
        before = hyper_values(run.earlier, experiment.continued["steps"])[: experiment.continued["step"]]
        table[: len(before)] = before[: len(table)]
    return table


def begin(lesson: Lesson, optimizer: Optimizer, hypers: Floats) -> Standing:
    """Return where training begins: the first weights, and the method's memory of nothing."""
    settings = {hyper.key: hypers[0, place] for place, hyper in enumerate(optimizer.hypers)}
    return Standing(jax.device_put(lesson.weights), optimizer.init(jax.device_put(lesson.weights), **settings))


def parts_of(
    lesson: Lesson,
    optimizer: Optimizer,
    hypers: Floats,
    standing: Standing | None = None,
    step: int = 0,
    until: int | None = None,
) -> Iterator[Part]:
    """Yield the parts of the training of `lesson` by `optimizer` with `hypers` (steps, hypers), up to step `until`.

    Parts end at the hundreds, wherever one begins, so that a training that goes on is the same to the last bit.
    """
    call = program(lesson.network, lesson.loss, optimizer)
    standing = begin(lesson, optimizer, hypers) if standing is None else standing
    kept_every = max(1, -(-lesson.network.count * (lesson.steps + 1) // MOST_KEPT))
    last = lesson.steps if until is None else min(until, lesson.steps)
    while step < last:
        steps = min(ROWS - step % ROWS, last - step)
        standing, record = call(standing, _given(lesson, hypers, step), steps)
        history = _history(lesson, record, step, steps, kept_every)
        step += steps
        if step == lesson.steps and until is None:
            history = joined([history, _end(lesson, optimizer, hypers, standing)])
        yield Part(history, standing, step)


def _end(lesson: Lesson, optimizer: Optimizer, hypers: Floats, standing: Standing) -> History:
    """Return the row of the weights after the last step: one step more is made, and not used."""
    _, record = program(lesson.network, lesson.loss, optimizer)(standing, _given(lesson, hypers, lesson.steps), 1)
    history = _history(lesson, record, lesson.steps, 1, 1)
    # There is no batch after the last step.
    return history._replace(batch_loss=np.full(1, np.nan), slope=np.full(1, np.nan))


def _given(lesson: Lesson, hypers: Floats, first: int) -> Given:
    """Return what the call for the steps from `first` on is given."""
    sizes, points = lesson.batches.sizes, lesson.batches.points
    # Those of the whole hundred, wherever in it a part begins, and the one before, for the last may be a rest.
    begin = min(first, len(sizes) - 1) // ROWS * ROWS
    near = sizes[max(0, begin - 1) : begin + ROWS]
    room = places(int(near.max()), points)
    whole = room == points and bool((near == points).all())
    here = ROWS - first % ROWS
    beyond = ((0, ROWS - here), (0, 0))
    index, shares = (np.pad(part, beyond) for part in table(lesson.batches, first, here, 0 if whole else room))
    rows = np.arange(first, first + ROWS)
    return Given(
        lesson.training,
        lesson.validation,
        hypers[np.minimum(rows, len(hypers) - 1)],
        index,
        shares,
        np.float64(lesson.l2),
        (rows % lesson.every == 0) | (rows == lesson.steps),
    )


def _history(lesson: Lesson, record: Record, first: int, steps: int, kept_every: int) -> History:
    weights, *columns = (np.asarray(column)[:steps] for column in record)
    taken = np.arange(first, first + steps)
    kept = taken % kept_every == 0
    batch_loss, slope, *seen = (column.copy() for column in columns)
    loss, accuracy, validation_loss, validation_accuracy = seen
    epochs = lesson.batches.epochs[taken]
    looks = (taken % lesson.every == 0) | (taken == lesson.steps)
    told = (batch_loss, slope, looks, loss, accuracy, validation_loss, validation_accuracy)
    return History(taken, epochs, *told, taken[kept], weights[kept])
