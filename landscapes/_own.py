"""A surface made of somebody's own function, in a notebook or a script."""

import inspect
from collections.abc import Callable
from functools import lru_cache
from itertools import count
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from fall_line.subgradients import with_subgradient
from fall_line.validation import InputError, one_line, quoted
from landscapes._proposal import (
    GREATEST,
    HALVES,
    Floats,
    bounded,
    grid,
    proposed_half,
    proposed_spacing,
    proposed_start,
    square,
)
from landscapes.surface import Box, Surface

KEPT = 64  # functions whose surface is remembered, so that the same function is the same surface
LONGEST = 200  # letters of what a function complains of
ROOM = 1.25  # times as far as the start reaches the box, where none of the usual ones holds it

_numbers = count(1)


class _Same:
    """A function that equals itself only, whatever it says of equality."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.function is other.function

    def __hash__(self) -> int:
        return id(self.function)


def own_surface(
    function: Callable[..., Any],
    view: tuple[float, float, float, float] | None = None,
    start: tuple[float, float] | None = None,
) -> Surface:
    """Return the surface J that `function` computes; the same function, view and start are the same surface.

    Args:
        function: `function(x, y)`, or `function(point)` of one vector of two, a scalar by JAX operations.
        view: x_low, x_high, y_low, y_high of the surface's domain; by default it is proposed from the values.
        start: where trajectories start; by default it is proposed too.

    Raises:
        InputError: the function takes something else, can't be traced by JAX, or is finite nowhere near the origin.
    """
    return _made(_Same(function), view, start)


@lru_cache(maxsize=KEPT)
def _made(same: _Same, view: tuple[float, float, float, float] | None, start: tuple[float, float] | None) -> Surface:
    value = _elementwise(same.function)
    compiled = jax.jit(value)

    def values(x: Floats, y: Floats) -> Floats:
        return bounded(np.asarray(compiled(x, y)))

    half = 0.0 if view else _half(values, start)
    domain = Box(*view) if view else square(half)
    losses = values(*grid(domain))
    if not np.isfinite(losses).any():
        raise InputError(f"The function is nowhere finite, or beyond {GREATEST:g} everywhere, in the view.")
    name = getattr(same.function, "__name__", "")
    name = name if name.isidentifier() else "J"
    return Surface(
        key=f"own-{next(_numbers)}",
        label="Own function" if name == "J" else name,
        value=value,
        domain=domain,
        start=start or (_quarter(domain) if view else proposed_start(values, half, losses)),
        minima=(),
        formula=rf"\mathrm{{{name}}}(x, y)".replace("_", r"\_"),
        lesson="Your own function: drag the start to see which paths it has.",
        source="made in Python",
        spacing=proposed_spacing(losses),
        listed=False,
    )


def _quarter(domain: Box) -> tuple[float, float]:
    """Return the middle of the lower left quarter."""
    return (3 * domain.x_low + domain.x_high) / 4, (3 * domain.y_low + domain.y_high) / 4


def _half(values: Callable[[Floats, Floats], Floats], start: tuple[float, float] | None) -> float:
    reach = 0.0 if start is None else max(map(abs, start))
    half = proposed_half(values, tuple(one for one in HALVES if one >= reach) or (ROOM * reach,))
    if half is None:
        far = max(*HALVES, ROOM * reach)
        raise InputError(
            f"The function is nowhere finite, or beyond {GREATEST:g} everywhere, for x and y from −{far:g} to {far:g}; "
            "say with view=(x_low, x_high, y_low, y_high) where to look."
        )
    return half


def _elementwise(function: Callable[..., Any]) -> Callable[[Array, Array], Array]:
    """Return x, y ↦ J on arrays of any one shape, having seen that the function makes a number of two."""
    single = (lambda x, y: function(jnp.stack([x, y]))) if _takes(function) == 1 else function

    def scalar(x: Array, y: Array) -> Array:
        return jnp.asarray(single(x, y), float)

    number = jax.ShapeDtypeStruct((), np.float64)
    try:
        shape = jax.eval_shape(scalar, number, number).shape
    except Exception as error:
        text = one_line(str(error).strip().partition("\n")[0])[:LONGEST].rstrip(".")
        raise InputError(
            f"The function can't be used ({type(error).__name__}: {text}); it must make a number of x and y by JAX "
            "operations: jax.numpy for functions and jnp.where for choices."
        ) from error
    if shape != ():
        raise InputError(f"The function makes an array of shape {shape}; it must make one number.")
    return with_subgradient(jnp.vectorize(scalar))


def _takes(function: Callable[..., Any]) -> int:
    """Return whether the function takes x and y (2) or one vector (1)."""
    if not callable(function):
        raise InputError(f"{quoted(function)} is no surface: a JAX function of x and y, or of one vector.")
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return 2
    places = [one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    needed = [one for one in places if one.default is one.empty]
    several = any(one.kind is one.VAR_POSITIONAL for one in parameters)
    if len(needed) <= 2 and (several or len(places) >= 2):
        return 1 if len(needed) == 1 and not several else 2
    if len(places) == 1:
        return 1
    raise InputError(f"The function takes {len(needed)} numbers; it must take x and y, or one vector of two.")
