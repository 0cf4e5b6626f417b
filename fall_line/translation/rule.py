"""An update rule as a JavaScript module, for whatever surface it is called with."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from fall_line.trajectories.conditions import Conditions
from fall_line.trajectories.run import Walker, walker
from fall_line.translation.asking import SCRATCH
from fall_line.translation.body import Body, Scalars
from fall_line.translation.derivative import UNKNOWN
from fall_line.translation.equations import written
from fall_line.translation.module import function, module
from optimizers import Optimizer

CONDITIONS = 6  # η's factor, 1 − γ's factor, σ of the additive and the multiplicative noise, n₁, n₂

NUMBER = jax.ShapeDtypeStruct((), jnp.float64)
POINT = jax.ShapeDtypeStruct((2,), jnp.float64)


def rule_module(optimizer: Optimizer) -> str:
    """Return the module of `optimizer`'s rule, the same recursion that is compiled for the server.

    It exports `memory`, how many numbers the rule remembers; `begin(q, h, c, s)`, which writes the memory for the start
    `q` into `s`; and `step(surface, q, h, c, s)`, which moves `q` and `s` by one step. `h` has the hyperparameters in
    the rule's order, `c` what the step meets: the factors of its schedules on the learning rate and on 1 − γ, σ of
    the additive and of the multiplicative noise, and the two standard normal numbers of the step. `surface` has the
    functions `loss(x, y)`, `slope(x, y, out)` and `curvature(x, y, out)`.

    Raises:
        UntranslatableError: the rule uses an operation that has no JavaScript.
    """
    pair = walker(UNKNOWN, optimizer)
    hypers = jax.ShapeDtypeStruct((len(optimizer.hypers),), jnp.float64)
    met = jax.ShapeDtypeStruct((CONDITIONS,), jnp.float64)
    begin = jax.make_jaxpr(lambda q, h, c: jax.tree.leaves(pair.begin(q, h, _conditions(c))))(POINT, hypers, met)
    tree = jax.tree.structure(jax.eval_shape(lambda q, h, c: pair.begin(q, h, _conditions(c)), POINT, hypers, met))
    step = jax.make_jaxpr(_step(pair, tree))(POINT, list(begin.out_avals), hypers, met)
    first, each = _begin_body(begin), _step_body(step, begin.out_avals)
    size = sum(aval.size for aval in begin.out_avals)
    functions = [function("begin", "q, h, c, s", first), function("step", "surface, q, h, c, s", each)]
    pieces = [f"export const memory = {size};\n", SCRATCH, *functions]
    return module(pieces, [first, each])


def _conditions(met: jax.Array) -> Conditions:
    return Conditions(
        amounts=met[2:4],
        normals=met[4:6].reshape(1, 2),
        shifts=np.zeros((0, 2)),
        ranks=np.zeros((0, 0), np.uint8),
        batch=np.float64(1),
        rates=met[0:1],
        windows=met[1:2],
    )


def _step(pair: Walker, tree: Any) -> Any:
    def step(point: jax.Array, leaves: list[jax.Array], hypers: jax.Array, met: jax.Array) -> list[jax.Array]:
        state = jax.tree.unflatten(tree, leaves)
        moved, after = pair.advance(0, point, state, hypers, jnp.zeros(0), _conditions(met))
        return [moved, *(leaf.astype(old.dtype) for leaf, old in zip(jax.tree.leaves(after), leaves, strict=True))]

    return step


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
