"""What an optimizer must promise before it is offered: its record is complete and its step can be repeated."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from fall_line.plugins.plugin_file import PluginError, blamed, line_of_function
from fall_line.plugins.records import callable_as, faulty_latex, faulty_numbers, faulty_texts, faulty_words
from optimizers import Optimizer, Problem

TAKEN = ("hidden", "style", "label")  # words that stand beside hyperparameters in a link
START = (1.2, -0.7)


def try_optimizer(optimizer: Optimizer, path: Path, line: int) -> None:
    """See that `optimizer`, which begins on `line` of the file at `path`, can be shown and run.

    Raises:
        PluginError: it can't.
    """
    with blamed(path, line):
        for sentence in _faulty_record(optimizer):
            raise PluginError(path.name, line, sentence)
    for name, calls in (("init", _faulty_init), ("step", _faulty_step)):
        place = line_of_function(getattr(optimizer, name), path, line)
        with blamed(path, place):
            for sentence in calls(optimizer):
                raise PluginError(path.name, place, sentence)


def _faulty_record(optimizer: Optimizer) -> Iterator[str]:
    yield from faulty_texts(optimizer, "label", "family", "formula", "variant", "source")
    yield from faulty_latex(optimizer.formula)
    yield from faulty_words(optimizer)
    if not isinstance(optimizer.summary, str):
        yield "summary must be a text, one sentence on what the method does."
    yield from faulty_numbers("hypers", optimizer.hypers)
    keys = [hyper.key for hyper in optimizer.hypers]
    if keys[:1] != ["learning_rate"]:
        yield "hypers must begin with the learning rate, a Hyper whose key is 'learning_rate'."
    for key in set(keys).intersection(TAKEN):
        yield f"a hyperparameter must not be called {key}; links use that word otherwise."
    memory = optimizer.memory
    if not isinstance(memory, tuple) or not all(isinstance(one, str) and one for one in memory):
        yield "memory must be a tuple of symbols, one for each array of the state."


def _faulty_init(optimizer: Optimizer) -> Iterator[str]:
    yield from callable_as("init", optimizer.init, ("point",), optimizer.hypers)
    state = jax.eval_shape(optimizer.init, jnp.asarray(START), **_settings(optimizer))
    arrays = [f"{_path(path)} {leaf.shape}" for path, leaf in jax.tree_util.tree_leaves_with_path(state)]
    if len(arrays) != len(optimizer.memory):
        has = f"{len(arrays)}: {', '.join(arrays)}" if arrays else "none"
        named = ", ".join(optimizer.memory) or "none"
        yield f"memory names {len(optimizer.memory)} arrays ({named}), but the state has {has}; give a symbol for each."


def _path(path: tuple) -> str:
    """Return where in the state an array stands, e.g. `[0].mu`; the state itself is called so."""
    return jax.tree_util.keystr(path).removeprefix(".") or "the state"


def _faulty_step(optimizer: Optimizer) -> Iterator[str]:
    yield from callable_as("step", optimizer.step, ("problem", "point", "state"), optimizer.hypers)
    settings = _settings(optimizer)
    # On a surface, and with a signal for its gradient.
    for start in (jnp.asarray(START), *([] if optimizer.needs_loss else [jnp.asarray(START[0])])):
        before = jax.eval_shape(optimizer.init, start, **settings)
        if not start.shape and any(leaf.size != 1 for leaf in jax.tree.leaves(before)):
            yield f"the state of a scalar must be arrays of one element; it is {_told(before)}."
        after: Any = jax.eval_shape(lambda start=start: _first_step(optimizer, start, settings))
        if not isinstance(after, tuple) or len(after) != 2:
            yield "step must return the new point and the new state, a tuple of two."
        for name, kept, found in (("point", start, after[0]), ("state", before, after[1])):
            if _kinds(kept) != _kinds(found):
                yield f"step must keep the {name}'s shapes and types: {_told(kept)} becomes {_told(found)}."
    point, _ = jax.jit(lambda start: _first_step(optimizer, start, settings))(jnp.asarray(START))
    if not np.isfinite(point).all():
        yield f"the first step on the bowl (x² + y²)/2 leads to ({point[0]:g}, {point[1]:g}); it must be finite."


def _settings(optimizer: Optimizer) -> dict[str, Any]:
    return {hyper.key: jnp.asarray(hyper.default) for hyper in optimizer.hypers}


def _first_step(optimizer: Optimizer, start: jax.Array, settings: dict[str, Any]) -> Any:
    def bowl(point: jax.Array) -> jax.Array:
        return (point**2).sum() / 2

    return optimizer.step(Problem(bowl, jax.grad(bowl)), start, optimizer.init(start, **settings), **settings)


def _kinds(tree: Any) -> tuple:
    leaves = [(leaf.shape, leaf.dtype) for leaf in jax.tree.leaves(tree)]
    return jax.tree.structure(tree), leaves


def _told(tree: Any) -> str:
    return ", ".join(f"{dtype} {shape}" for shape, dtype in _kinds(tree)[1]) or "nothing"
