"""From the equations of a jaxpr to statements: arrays fall apart into numbers, whose names alone are left."""

from typing import Any

import numpy as np
from jax.extend.core import ClosedJaxpr, Literal

from fall_line.translation import indexing, loops, sums
from fall_line.translation.body import Body, Scalars, scalars
from fall_line.translation.elementwise import KNOWN, computed
from fall_line.translation.shapes import SHAPES, split
from fall_line.translation.untranslatable import UntranslatableError

CALLS = {"jit": "jaxpr", "pjit": "jaxpr", "closed_call": "call_jaxpr", "custom_jvp_call": "call_jaxpr",
         "custom_vjp_call": "call_jaxpr", "core_call": "call_jaxpr", "remat": "jaxpr", "checkpoint": "jaxpr"}  # fmt: skip
# How a surface is asked, by the order of its derivative along x and y.
ASKED = {
    (0, 0): ("", "surface.loss({0}, {1})"),
    (1, 0): ("surface.slope({0}, {1}, slope)", "slope[0]"),
    (0, 1): ("surface.slope({0}, {1}, slope)", "slope[1]"),
    (2, 0): ("surface.curvature({0}, {1}, curvature)", "curvature[0]"),
    (1, 1): ("surface.curvature({0}, {1}, curvature)", "curvature[1]"),
    (0, 2): ("surface.curvature({0}, {1}, curvature)", "curvature[2]"),
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
    if name == "split":
        return split(*taken, **settings)
    if name == "eigh":
        return _spectrum(body, *taken)
    if name == "optimization_barrier":
        return taken
    return [_result(body, name, settings, equation, taken)]


LOOPS = {"while": loops.repeated, "cond": loops.branched, "scan": loops.scanned}


def _result(body: Body, name: str, settings: dict[str, Any], equation: Any, taken: list[Scalars]) -> Scalars:
    dtypes = tuple(str(atom.aval.dtype) for atom in (*equation.invars, *equation.outvars))
    if name in KNOWN:
        return _elementwise(body, name, settings, dtypes, taken)
    if name in SHAPES:
        return SHAPES[name](*taken, **settings)
    if name == "surface_derivative":
        return _asked(body, settings["along"], settings["across"], *taken)
    if name in sums.REDUCED:
        return sums.reduced(body, name, dtypes[0], taken[0], settings["axes"])
    if name in sums.CUMULATED:
        return sums.cumulated(body, name, dtypes[0], taken[0], settings["axis"], settings["reverse"])
    if name in ("argmax", "argmin"):
        return sums.place_of(body, taken[0], settings["axes"][0], greatest=name == "argmax")
    if name == "dot_general":
        return sums.product(body, dtypes[-1], *taken, settings["dimension_numbers"])
    if name == "dynamic_slice":
        return indexing.dynamic_slice(body, *taken, slice_sizes=settings["slice_sizes"])
    if name == "dynamic_update_slice":
        return indexing.dynamic_update_slice(body, *taken)
    if name == "scatter":
        return indexing.scatter(body, *taken, **settings)
    raise UntranslatableError(f"The operation {name} can't be translated.")


def _elementwise(
    body: Body, name: str, settings: dict[str, Any], dtypes: tuple[str, ...], taken: list[Scalars]
) -> Scalars:
    arrays = np.broadcast_arrays(*taken)
    made = np.empty(arrays[0].shape, object)
    for place in np.ndindex(made.shape):
        made[place] = computed(body, name, settings, dtypes, [array[place] for array in arrays])
    return made


def _asked(body: Body, along: int, across: int, x: Scalars, y: Scalars) -> Scalars:
    if (along, across) not in ASKED:
        raise UntranslatableError("A rule that asks for a third derivative of the surface can't be translated.")
    made = np.empty(x.shape, object)
    for place in np.ndindex(x.shape):
        made[place] = _asked_once(body, along, across, x[place], y[place])
    return made


def _asked_once(body: Body, along: int, across: int, x: str, y: str) -> str:
    call, result = ASKED[along, across]
    if not call:
        return body.let(result.format(x, y))
    together = [(order, one) for order, (other, one) in ASKED.items() if other == call]
    names = body.recall(call.format(x, y), [one for _, one in together])
    return names[[order for order, _ in together].index((along, across))]


def _spectrum(body: Body, matrix: Scalars) -> list[Scalars]:
    if matrix.shape != (2, 2):
        raise UntranslatableError("The eigenvectors of a matrix but of 2 × 2 can't be translated.")
    body.functions.add("spectrum")
    call = f"spectrum({matrix[0, 0]}, {matrix[1, 0]}, {matrix[1, 1]}, axes)"
    low, high, *axes = body.recall(call, [f"axes[{k}]" for k in range(6)])
    return [np.array(axes, object).reshape(2, 2), np.array([low, high], object)]
