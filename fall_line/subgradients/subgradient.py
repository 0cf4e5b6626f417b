"""One slope of the many that a function has at a kink: 0 at a minimum, as for |x|, else the mean of both sides.

At a minimum without a slope every step leads up, and 0 is among the subgradients: methods stay there. Whether a point
is one is asked only where a kink is met exactly, by looking around it.
"""

from collections.abc import Callable, Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array
from jax.custom_derivatives import SymbolicZero

from fall_line.subgradients.for_all import for_all
from fall_line.subgradients.forward import forward, slope
from fall_line.subgradients.traced import Traced, evaluate, has_kinks, traced

NEAR = 1e-7  # of 1 + |x| + |y|: how far away it is looked whether a point is a minimum
AROUND = 32  # directions
_ANGLES = 2 * np.pi * np.arange(AROUND) / AROUND
DIRECTIONS = {1: np.array([[1.0], [-1.0]]), 2: np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=-1)}


def with_subgradient(function: Callable[..., Array], places: int = 2) -> Callable[..., Array]:
    """Return the elementwise `function(*arrays, **parameters)` so that `jax.grad` has a slope also at its kinks.

    Values are those of `function`; where nothing has a kink it is called as it is. Of a choice such as `where` the
    branch that is left out has no say in the slope.

    Args:
        function: of float64 arrays of one shape, or that broadcast.
        places: how many arrays there are besides parameters, the coordinates: 1 or 2.
    """

    def differentiable(*arguments: Any, **parameters: Any) -> Array:
        names = tuple(parameters)

        def positional(*given: Array) -> Array:
            return function(*given[:places], **dict(zip(names, given[places:], strict=True)))

        given = [jnp.asarray(one, float) for one in (*arguments, *parameters.values())]
        program = traced(positional, [jax.ShapeDtypeStruct((), one.dtype) for one in given])
        if not has_kinks(program):
            return function(*arguments, **parameters)
        return jnp.vectorize(_kinked(positional, program, places))(*given)

    return differentiable


def _kinked(function: Callable[..., Array], program: Traced, places: int) -> Callable[..., Array]:
    def operations(*arguments: Array) -> Array:
        return evaluate(program, arguments)

    @jax.custom_jvp
    def value(*arguments: Array) -> Array:
        return function(*arguments)

    def change(arguments: tuple[Array, ...], changes: tuple) -> tuple[Array, Array]:
        result = value(*arguments)
        slopes = [forward(slope(operations, index))(*arguments) for index in range(places)]
        lowest = _lowest(function, program, places, *jax.lax.stop_gradient((arguments, slopes)))
        total = jnp.zeros_like(result)
        for index, one in enumerate(changes):
            if not isinstance(one, SymbolicZero):
                along = slopes[index] if index < places else forward(slope(operations, index))(*arguments)
                total = total + jnp.where(lowest & (index < places), 0.0, along) * one
        return result, total

    value.defjvp(change, symbolic_zeros=True)
    return value


def _lowest(
    function: Callable[..., Array], program: Traced, places: int, arguments: tuple[Array, ...], slopes: list[Array]
) -> Array:
    """Return whether the point is a minimum that has no slope."""
    met: list[Array] = []
    here = evaluate(program, arguments, met)

    def rise(direction: Sequence[Array], far: Array, here: Array, *arguments: Array) -> Array:
        beside = (one + far * part for one, part in zip(arguments, direction, strict=False))
        return function(*beside, *arguments[places:]) - here

    def rises(*row: Array) -> Array:
        return rise(row[:places], *row[places:]) >= 0

    def look() -> Array:
        gradient, far = jnp.stack(slopes), NEAR * (1 + jnp.abs(jnp.stack(arguments[:places])).sum())
        downwards = -gradient / jnp.linalg.norm(gradient)
        # Twice as far a bowl is four times as high; what rises no faster than the distance has a kink.
        whole, part = (rise(downwards, one, here, *arguments) for one in (far, far / 8))
        kinked = ~jnp.isfinite(gradient).all() | ((whole > 0) & (part >= whole / 16))
        return kinked & for_all(rises, jnp.asarray(DIRECTIONS[places]), far, here, *arguments)

    return jax.lax.cond(jnp.array(met).any(), look, lambda: jnp.zeros((), bool))
