"""A surface that is only a name: what a rule asks of it stays a call in the rule's jaxpr."""

from typing import Any

import jax
from jax import Array
from jax.core import ShapedArray
from jax.extend.core import Primitive
from jax.interpreters import ad, batching

from landscapes import Surface
from landscapes.surface import Box

derivative_p = Primitive("surface_derivative")


def derivative(x: Array, y: Array, along: int = 0, across: int = 0) -> Array:
    """Return ∂^(along+across) J / ∂x^along ∂y^across at (x, y), elementwise, of a surface that isn't known yet."""
    return derivative_p.bind(x, y, along=along, across=across)


def _shape(x: ShapedArray, y: ShapedArray, **_: int) -> ShapedArray:
    if x.shape != y.shape:
        raise TypeError(f"A surface is asked at x of shape {x.shape} and y of shape {y.shape}.")
    return x


def _slopes(primals: tuple[Any, Any], tangents: tuple[Any, Any], *, along: int, across: int) -> tuple[Any, Any]:
    x, y = primals
    dx, dy = (ad.instantiate_zeros(tangent) for tangent in tangents)
    slope = derivative(x, y, along + 1, across) * dx + derivative(x, y, along, across + 1) * dy
    return derivative(x, y, along, across), slope


derivative_p.def_abstract_eval(_shape)
ad.primitive_jvps[derivative_p] = _slopes
batching.defbroadcasting(derivative_p)

UNKNOWN = Surface(
    key="unknown",
    label="Unknown",
    value=derivative,
    domain=Box(-1.0, 1.0, -1.0, 1.0),
    start=(0.0, 0.0),
    minima=(),
    formula="J",
    lesson="",
    source="",
    listed=False,
)


def derivatives(value: Any, order: int) -> dict[tuple[int, int], Any]:
    """Return the functions `(x, y) -> ∂…J` of every order up to `order`, by `jax.grad`, for a function of scalars."""
    made = {(0, 0): value}
    for total in range(1, order + 1):
        for across in range(total + 1):
            along = total - across
            before = made[along - 1, across] if along else made[along, across - 1]
            made[along, across] = jax.grad(before, argnums=0 if along else 1)
    return made
