"""One question asked of every row of a table, as a single operation of the jaxpr.

Compiled, all rows are asked at once; a jaxpr that is translated keeps the question itself, and can ask row by row.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
from jax import Array
from jax.core import ShapedArray
from jax.extend.core import ClosedJaxpr, Primitive, jaxpr_as_fun
from jax.interpreters import batching, mlir

for_all_p = Primitive("for_all")


def for_all(question: Callable[..., Array], rows: Array, *given: Array) -> Array:
    """Return whether `question(*row, *given)`, of scalars, holds for all `rows` (n, width); nothing has a slope."""
    program = jax.make_jaxpr(question)(*rows[0], *given)
    jaxpr = program.jaxpr
    # What the question brings along may itself be traced: it is given as well.
    given_all = [*jaxpr.invars, *jaxpr.constvars]
    whole = jaxpr.replace(constvars=[], invars=given_all, debug_info=jaxpr.debug_info)
    return for_all_p.bind(rows, *given, *program.consts, question=ClosedJaxpr(whole, ()))


def _at_once(rows: Array, *given: Array, question: ClosedJaxpr) -> Array:
    ask = jaxpr_as_fun(question)
    return jax.vmap(lambda row: ask(*row, *given)[0])(rows).all()


def _of_each(arrays: tuple, axes: tuple, **settings: Any) -> tuple[Array, int]:
    return jax.vmap(partial(_at_once, **settings), axes)(*arrays), 0


for_all_p.def_impl(_at_once)
for_all_p.def_abstract_eval(lambda *_, **__: ShapedArray((), bool))
batching.primitive_batchers[for_all_p] = _of_each
mlir.register_lowering(for_all_p, mlir.lower_fun(_at_once, multiple_results=False))
