"""A recursion as a JavaScript module: what it remembers, how that begins, and one step."""

from collections.abc import Callable
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from fall_line.translation.asking import SCRATCH
from fall_line.translation.body import Body, Scalars
from fall_line.translation.equations import written
from fall_line.translation.module import function, module


class Recursion(NamedTuple):
    """A rule's recursion as pure functions of traced data.

    Attributes:
        begin: `(point, hypers, met) -> state`, the memory before the first step.
        step: `(point, state, hypers, met) -> point, state`.
        point: the shape of a point.
        hypers: the number of hyperparameters.
        met: how many numbers a step meets besides.
    """

    begin: Callable[..., Any]
    step: Callable[..., tuple[Any, Any]]
    point: tuple[int, ...]
    hypers: int
    met: int


def recursion_module(recursion: Recursion) -> str:
    """Return the module that exports `memory`, `begin(q, h, c, s)` and `step(surface, q, h, c, s)`.

    Raises:
        UntranslatableError: the recursion uses an operation that has no JavaScript.
    """
    given = [_numbers(recursion.point), _numbers((recursion.hypers,)), _numbers((recursion.met,))]
    tree = jax.tree.structure(jax.eval_shape(recursion.begin, *given))
    begin = jax.make_jaxpr(lambda *all: jax.tree.leaves(recursion.begin(*all)))(*given)
    step = jax.make_jaxpr(_flat(recursion.step, tree))(given[0], list(begin.out_avals), *given[1:])
    first, each = _begin_body(begin), _step_body(step, begin.out_avals)
    size = sum(aval.size for aval in begin.out_avals)
    functions = [function("begin", "q, h, c, s", first), function("step", "surface, q, h, c, s", each)]
    return module([f"export const memory = {size};\n", SCRATCH, *functions], [first, each])


def _numbers(shape: tuple[int, ...]) -> jax.ShapeDtypeStruct:
    return jax.ShapeDtypeStruct(shape, jnp.float64)


def _flat(step: Callable[..., tuple[Any, Any]], tree: Any) -> Callable[..., list[jax.Array]]:
    def flat(point: jax.Array, leaves: list[jax.Array], hypers: jax.Array, met: jax.Array) -> list[jax.Array]:
        moved, after = step(point, jax.tree.unflatten(tree, leaves), hypers, met)
        return [moved, *(leaf.astype(old.dtype) for leaf, old in zip(jax.tree.leaves(after), leaves, strict=True))]

    return flat


def _begin_body(closed: Any) -> Body:
    body = Body()
    results = written(
        body, closed, [_read(body, name, aval) for name, aval in zip("qhc", closed.in_avals, strict=True)]
    )
    _write(body, "s", results, closed.out_avals)
    return body


def _step_body(closed: Any, memory: list[Any]) -> Body:
    body = Body()
    point, hypers, met = (closed.in_avals[k] for k in (0, -2, -1))
    state, begin = [], 0
    for aval in memory:
        state.append(_read(body, "s", aval, begin))
        begin += aval.size
    taken = [_read(body, "q", point), *state, _read(body, "h", hypers), _read(body, "c", met)]
    moved, *after = written(body, closed, taken)
    _write(body, "q", [moved], [point])
    _write(body, "s", after, memory)
    return body


def _read(body: Body, array: str, aval: Any, begin: int = 0) -> Scalars:
    """Read everything before anything is written; numbers are kept as they are, truth values as 0 and 1."""
    truth = " !== 0" if str(aval.dtype) == "bool" else ""
    names = [body.let(f"{array}[{begin + k}]{truth}") for k in range(aval.size)]
    return np.array(names, object).reshape(aval.shape)


def _write(body: Body, array: str, results: list[Scalars], avals: list[Any]) -> None:
    place = 0
    for result, aval in zip(results, avals, strict=True):
        for element in np.asarray(result, object).ravel():
            value = f"{element} ? 1 : 0" if str(aval.dtype) == "bool" else element
            body.add(f"{array}[{place}] = {value};")
            place += 1
