"""What a surface must promise before it is offered: its record is complete and its value a function one can descend."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from fall_line.plugins.plugin_file import PluginError, blamed, line_of_function
from fall_line.plugins.records import callable_as, faulty_latex, faulty_numbers, faulty_texts, faulty_words, finite
from fall_line.subgradients import with_subgradient
from fall_line.validation import MAX_EXTENT
from landscapes import Box, Minimum, Surface

GRID = (3, 4)
NARROWEST = 1e-9
SIDES = 32  # directions in which a minimum must not fall
SIDEWAYS = 1e-3  # of the domain's diagonal: so far away
SAME_LOSS = 1e-6  # between what is stated of a minimum and what is there
ROUNDING = 1e-12


def try_surface(surface: Surface, path: Path, line: int) -> None:
    """See that `surface`, which begins on `line` of the file at `path`, can be shown and descended.

    Raises:
        PluginError: it can't.
    """
    with blamed(path, line):
        for sentence in _faulty_record(surface):
            raise PluginError(path.name, line, sentence)
    place = line_of_function(surface.value, path, line)
    with blamed(path, place):
        for sentence in _faulty_value(surface):
            raise PluginError(path.name, place, sentence)


def _faulty_record(surface: Surface) -> Iterator[str]:
    yield from faulty_texts(surface, "label", "formula", "lesson", "source")
    yield from faulty_latex(surface.formula)
    yield from faulty_words(surface)
    yield from faulty_numbers("parameters", surface.parameters)
    box = surface.domain
    if not isinstance(box, Box) or not finite(box) or max(map(abs, box)) > MAX_EXTENT:
        yield f"domain must be a Box of four numbers between -{MAX_EXTENT:g} and {MAX_EXTENT:g}."
    if min(box.x_high - box.x_low, box.y_high - box.y_low) < NARROWEST:
        yield "domain must be a Box with each low below its high."
    if not isinstance(surface.start, tuple) or len(surface.start) != 2 or not finite(surface.start):
        yield "start must be a tuple of two numbers, x and y."
    (x, y), inside = surface.start, "start must be inside the domain."
    if not (box.x_low <= x <= box.x_high and box.y_low <= y <= box.y_high):
        yield inside
    minima = surface.minima
    if not isinstance(minima, tuple) or not all(isinstance(one, Minimum) and finite(one) for one in minima):
        yield "minima must be a tuple of Minimum(x, y, loss), or () if none is known."
    levels = surface.levels
    if levels is not None and not (finite(levels) and len(levels) > 1 and bool(np.all(np.diff(levels) > 0))):
        yield "levels must be None or a tuple of two or more increasing numbers."
    if surface.spacing not in ("linear", "log"):
        yield "spacing must be 'linear' or 'log'."


def _faulty_value(surface: Surface) -> Iterator[str]:
    yield from callable_as("value", surface.value, ("x", "y"), surface.parameters)
    settings = {hyper.key: jnp.asarray(hyper.default) for hyper in surface.parameters}
    x, y = (jnp.asarray(part) for part in _points(surface.domain))
    jax.eval_shape(surface.value, *surface.start, **settings)  # with single numbers JAX tells better what is wrong
    shaped: Any = jax.eval_shape(surface.value, x, y, **settings)
    if getattr(shaped, "shape", None) != GRID or shaped.dtype != jnp.float64:
        found = f"{shaped.dtype} {shaped.shape}" if hasattr(shaped, "shape") else type(shaped).__name__
        yield f"value must return an array of the shape of x and y: for float64 {GRID} it returns {found}."
    yield from _not_finite(surface, settings)
    together, alone = jax.jit(lambda x, y, settings: _both_ways(surface, x, y, settings))(x, y, settings)
    if not np.allclose(together, alone, rtol=1e-9, atol=1e-9, equal_nan=True):
        yield "value must be elementwise; for many points at once it returns other losses than for each alone."
    yield from _wrong_minima(surface, settings)


def _not_finite(surface: Surface, settings: dict[str, Any]) -> Iterator[str]:
    x, y = surface.start
    value = with_subgradient(surface.value)
    slope = jax.jit(jax.value_and_grad(lambda x, y, settings: value(x, y, **settings), argnums=(0, 1)))
    loss, (along_x, along_y) = slope(float(x), float(y), settings)
    if not np.isfinite(loss):
        yield f"value at the start ({x:g}, {y:g}) is {loss:g}; it must be finite."
    if not (np.isfinite(along_x) and np.isfinite(along_y)):
        yield f"the gradient at the start ({x:g}, {y:g}) is ({along_x:g}, {along_y:g}); it must be finite."


def _wrong_minima(surface: Surface, settings: dict[str, Any]) -> Iterator[str]:
    """Yield a sentence for each of the minima that is not there, at another height, or not a minimum."""
    value = jax.jit(lambda x, y, settings: surface.value(x, y, **settings))
    losses = [one.loss for one in surface.minima]
    if losses != sorted(losses):
        yield f"minima must begin with the lowest; their losses are {', '.join(f'{loss:g}' for loss in losses)}."
    box, angles = surface.domain, 2 * np.pi * np.arange(SIDES) / SIDES
    far = SIDEWAYS * np.hypot(box.x_high - box.x_low, box.y_high - box.y_low)
    for one in surface.minima:
        name, x, y = f"Minimum({one.x:g}, {one.y:g}, {one.loss:g})", float(one.x), float(one.y)
        here = float(value(x, y, settings))
        if not np.isclose(here, one.loss, rtol=SAME_LOSS, atol=SAME_LOSS):
            yield f"{name} in minima has another loss than value, which is {here:.10g} there."
        around = np.asarray(value(x + far * np.cos(angles), y + far * np.sin(angles), settings))
        lowest = int(np.argmin(np.where(np.isnan(around), np.inf, around)))
        # At the height of rounding two losses are the same.
        if around[lowest] < here - ROUNDING * abs(here):
            place = f"({x + far * np.cos(angles[lowest]):.6g}, {y + far * np.sin(angles[lowest]):.6g})"
            lower = f"lower, {around[lowest]:.10g}, at {place}"
            yield f"{name} in minima is no minimum: value is {here:.10g} there and {lower}."


def _points(box: Box) -> tuple[np.ndarray, np.ndarray]:
    """Return the coordinates of points all over `box`, no two with the same x or y."""
    share = (np.arange(12) + 0.5) / 12
    across, up = box.x_high - box.x_low, box.y_high - box.y_low
    return (box.x_low + share * across).reshape(GRID), (box.y_low + share[::-1] * up).reshape(GRID)


def _both_ways(surface: Surface, x: jax.Array, y: jax.Array, settings: dict[str, Any]) -> tuple[jax.Array, jax.Array]:
    def value(x: jax.Array, y: jax.Array) -> jax.Array:
        return surface.value(x, y, **settings)

    return value(x, y), jax.lax.map(lambda point: value(*point), (x.ravel(), y.ravel())).reshape(x.shape)
