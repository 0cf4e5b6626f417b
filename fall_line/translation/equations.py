"""From the equations of a jaxpr to statements: arrays fall apart into numbers, whose names alone are left."""

from collections.abc import Callable
from typing import Any

import numpy as np
from jax.extend.core import ClosedJaxpr, Literal

from fall_line.translation import indexing, loops, sums
from fall_line.translation.asking import asked, spectrum
from fall_line.translation.body import Body, Scalars, scalars
from fall_line.translation.elementwise import KNOWN, computed
from fall_line.translation.shapes import SHAPES, split
from fall_line.translation.untranslatable import UntranslatableError

Dtypes = tuple[str, ...]  # of the operands, then of the results

CALLS = {
    "checkpoint": "jaxpr",
    "closed_call": "call_jaxpr",
    "custom_jvp_call": "call_jaxpr",
    "custom_vjp_call": "call_jaxpr",
    "jit": "jaxpr",
}
LOOPS = {
    "cond": loops.branched,
    "for_all": loops.asked_of_all,
    "scan": loops.scanned,
    "while": loops.repeated,
}


def written(body: Body, closed: ClosedJaxpr, arguments: list[Scalars]) -> list[Scalars]:
    """Write the equations of `closed` and return its results.

    Raises:
        UntranslatableError: an equation has no JavaScript.
    """
    known = dict(zip(closed.jaxpr.constvars, map(scalars, closed.consts), strict=True))
    known |= dict(zip(closed.jaxpr.invars, arguments, strict=True))

    def read(atom: Any) -> Scalars:
        return scalars(atom.val) if isinstance(atom, Literal) else known[atom]

    for equation in closed.jaxpr.eqns:
        results = _results(body, equation, [read(atom) for atom in equation.invars])
        for variable, result in zip(equation.outvars, results, strict=True):
            known[variable] = np.asarray(result, object).reshape(variable.aval.shape)
    return [read(atom) for atom in closed.jaxpr.outvars]


def _results(body: Body, equation: Any, taken: list[Scalars]) -> list[Scalars]:
    name, settings = equation.primitive.name, equation.params
    if name in CALLS:
        return written(body, settings[CALLS[name]], taken)
    if name in LOOPS:
        return LOOPS[name](body, settings, taken, written)
    if name in SEVERAL:
        return SEVERAL[name](body, settings, taken)
    if name in SHAPES:
        return [SHAPES[name](*taken, **settings)]
    dtypes = tuple(str(atom.aval.dtype) for atom in (*equation.invars, *equation.outvars))
    if name in KNOWN:
        return [_elementwise(body, name, settings, dtypes, taken)]
    if name in SINGLE:
        return [SINGLE[name](body, settings, dtypes, taken)]
    raise UntranslatableError(f"The operation {name} can't be translated.")


def _elementwise(body: Body, name: str, settings: dict[str, Any], dtypes: Dtypes, taken: list[Scalars]) -> Scalars:
    arrays = np.broadcast_arrays(*taken)
    made = np.empty(arrays[0].shape, object)
    for place in np.ndindex(made.shape):
        made[place] = computed(body, name, settings, dtypes, [str(array[place]) for array in arrays])
    return made


Several = Callable[[Body, dict[str, Any], list[Scalars]], list[Scalars]]
Single = Callable[[Body, dict[str, Any], Dtypes, list[Scalars]], Scalars]

SEVERAL: dict[str, Several] = {
    "eigh": lambda body, _, taken: spectrum(body, taken[0]),
    "optimization_barrier": lambda _body, _settings, taken: taken,
    "split": lambda _, settings, taken: split(taken[0], **settings),
}


def _joining(operation: str) -> Single:
    return lambda body, to, dtypes, taken: sums.reduced(body, operation, dtypes[0], taken[0], to["axes"])


def _running(operation: str) -> Single:
    return lambda body, to, dtypes, taken: sums.cumulated(
        body, operation, dtypes[0], taken[0], to["axis"], to["reverse"]
    )


SINGLE: dict[str, Single] = {
    "argmax": lambda body, to, _, taken: sums.place_of(body, taken[0], to["axes"][0], greatest=True),
    "argmin": lambda body, to, _, taken: sums.place_of(body, taken[0], to["axes"][0], greatest=False),
    "dot_general": lambda body, to, dtypes, taken: sums.product(
        body, dtypes[-1], taken[0], taken[1], to["dimension_numbers"]
    ),
    "dynamic_slice": lambda body, to, _, taken: indexing.dynamic_slice(body, taken[0], taken[1:], to["slice_sizes"]),
    "dynamic_update_slice": lambda body, _, __, taken: indexing.dynamic_update_slice(
        body, taken[0], taken[1], taken[2:]
    ),
    "scatter": lambda body, to, _, taken: indexing.scatter(body, taken[0], taken[1], taken[2], to["dimension_numbers"]),
    "surface_derivative": lambda body, to, _, taken: asked(body, (to["along"], to["across"]), taken[0], taken[1]),
    **{name: _joining(operation) for name, operation in sums.REDUCED.items()},
    **{name: _running(operation) for name, operation in sums.CUMULATED.items()},
}
