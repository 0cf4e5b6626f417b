"""The compiled loop of training.

One program is compiled per network, loss, method and room for a batch; it makes up to `ROWS` steps. Weights,
hyperparameters step by step, data, batches, the penalty and how many steps are wanted are data in it, so that no slider
compiles anything. A longer training is one call after another, each from where the last one ended, and so can be
watched, stopped and taken up again.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from fall_line.training.objective import accuracy, mean_loss, penalized
from fall_line.training.perceptron import Perceptron
from networks import Data
from optimizers import Optimizer, Problem

ROWS = 100  # steps of one call
PROGRAMS = 256  # that are kept


class Standing(NamedTuple):
    """Where a training stands between two steps.

    Attributes:
        weights: θ, (P,).
        memory: of the method, a pytree of arrays.
    """

    weights: Any
    memory: Any


class Given(NamedTuple):
    """What a call is given besides its standing; arrays with a row for each step have `ROWS` of them.

    Attributes:
        training, validation: the points; validation may have none.
        hypers: (rows, hypers) after the schedules, in the order in which the method declares them.
        index: (rows, room) the points of each batch, or (rows, 0) where a batch is all points.
        shares: (rows, room) their shares of the loss.
        l2: λ.
        looks: (rows,) whether all points are looked at before this step.
    """

    training: Data
    validation: Data
    hypers: Any
    index: Any
    shares: Any
    l2: Any
    looks: Any


class Record(NamedTuple):
    """What is told of the weights before each step, (rows,) each but for `weights`; rows not looked at are NaN.

    Attributes:
        weights: (rows, P).
        batch_loss: J of the batch.
        slope: ‖∇J‖ of the batch.
        loss: J of all points that are trained on, the penalty included.
        accuracy: share of them whose class is right; NaN for values.
        validation_loss: mean ℓ of those kept back, without the penalty.
        validation_accuracy: share of them whose class is right.
    """

    weights: Any
    batch_loss: Any
    slope: Any
    loss: Any
    accuracy: Any
    validation_loss: Any
    validation_accuracy: Any


@lru_cache(maxsize=PROGRAMS)
def program(network: Perceptron, loss: str, optimizer: Optimizer) -> Callable[..., tuple[Standing, Record]]:
    """Return the jitted `(standing, given, steps) -> standing, record`; rows from `steps` on are zero."""

    def call(standing: Standing, given: Given, steps: jax.Array) -> tuple[Standing, Record]:
        step = _step(network, loss, optimizer, given)

        def advance(k: jax.Array, carry: tuple[Standing, Record]) -> tuple[Standing, Record]:
            standing, record = carry
            standing, row = step(k, standing)
            return standing, jax.tree.map(lambda all_rows, one: all_rows.at[k].set(one), record, row)

        columns = [jnp.zeros(ROWS)] * (len(Record._fields) - 1)
        empty = Record(jnp.zeros((ROWS, network.count)), *columns)
        return jax.lax.fori_loop(0, steps, advance, (standing, empty))

    return jax.jit(call)


def _step(network: Perceptron, loss: str, optimizer: Optimizer, given: Given) -> Callable[..., tuple[Standing, Record]]:
    """Return `(k, standing) -> standing, row`, one step and what is told of the weights before it."""
    whole = given.index.shape[1] == 0
    # Gathered for all steps at once, (rows, features, room): far quicker than one by one.
    gathered = None if whole else [jnp.moveaxis(part[:, given.index], 1, 0) for part in given.training]

    def step(k: jax.Array, standing: Standing) -> tuple[Standing, Record]:
        inputs, targets = given.training if gathered is None else (part[k] for part in gathered)
        shares = None if whole else given.shares[k]

        def outputs_too(weights: jax.Array) -> tuple[jax.Array, jax.Array]:
            outputs = network.outputs(weights, inputs)
            reached = mean_loss(loss, outputs, targets, shares)
            return penalized(network, weights, reached, given.l2), outputs

        def value(weights: jax.Array) -> jax.Array:
            return outputs_too(weights)[0]

        here, memory = standing
        (batch_loss, outputs), gradient = jax.value_and_grad(outputs_too, has_aux=True)(here)
        problem = _known(Problem(value, jax.grad(value)), here, batch_loss, gradient)
        settings = {hyper.key: given.hypers[k, place] for place, hyper in enumerate(optimizer.hypers)}
        reached, memory = optimizer.step(problem, here, memory, **settings)
        # Where the batch is all points, they have just been looked at.
        known = (batch_loss, accuracy(loss, outputs, targets)) if whole else None
        seen = _looked(network, loss, here, given, given.looks[k], known)
        return Standing(reached, memory), Record(here, batch_loss, jnp.linalg.norm(gradient), *seen)

    return step


def _known(problem: Problem, here: jax.Array, value: jax.Array, gradient: jax.Array) -> Problem:
    """Return `problem` so that it doesn't compute again what is known of `here`."""
    return Problem(
        lambda weights: value if weights is here else problem.value(weights),
        lambda weights: gradient if weights is here else problem.gradient(weights),
    )


def _looked(
    network: Perceptron, loss: str, weights: jax.Array, given: Given, looks: jax.Array, known: tuple | None
) -> tuple:
    """Return loss and accuracy of the points trained on, unless `known`, and of those kept back; NaN unless `looks`."""

    def look(weights: jax.Array) -> tuple:
        trained = known or _of(network, loss, weights, given.training, given.l2)
        return *trained, *_of(network, loss, weights, given.validation, 0.0)

    return jax.lax.cond(looks, look, lambda _: (jnp.nan,) * 4, weights)


def _of(network: Perceptron, loss: str, weights: jax.Array, data: Data, l2: Any) -> tuple:
    if not data.inputs.shape[1]:
        return jnp.full((), jnp.nan), jnp.full((), jnp.nan)
    outputs = network.outputs(weights, data.inputs)
    return penalized(network, weights, mean_loss(loss, outputs, data.targets), l2), accuracy(
        loss, outputs, data.targets
    )
