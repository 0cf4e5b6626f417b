"""Slopes of elementwise functions, always computed forwards.

Backwards, a branch of `where` that isn't chosen is given the weight 0, and 0 times the infinite slope that it may have
there is NaN: √x where x > 0, else 0 would have no slope at x = 0. Forwards the branch's slope itself is left out.
"""

from collections.abc import Callable

import jax
import jax.numpy as jnp
from jax import Array
from jax.custom_derivatives import SymbolicZero


def forward(function: Callable[..., Array]) -> Callable[..., Array]:
    """Return the elementwise `function(*arrays)` with derivatives of every order that `jax.grad` takes forwards."""

    @jax.custom_jvp
    def value(*arguments: Array) -> Array:
        return function(*arguments)

    def change(arguments: tuple[Array, ...], changes: tuple) -> tuple[Array, Array]:
        result = value(*arguments)
        total = jnp.zeros_like(result)
        for index, one in enumerate(changes):
            if not isinstance(one, SymbolicZero):
                total = total + forward(slope(function, index))(*arguments) * one
        return result, total

    value.defjvp(change, symbolic_zeros=True)
    return value


def slope(function: Callable[..., Array], index: int) -> Callable[..., Array]:
    """Return the derivative of `function` with respect to the argument at `index`."""

    def derivative(*arguments: Array) -> Array:
        def along(one: Array) -> Array:
            return function(*arguments[:index], one, *arguments[index + 1 :])

        return jax.jvp(along, (arguments[index],), (jnp.ones_like(arguments[index]),))[1]

    return derivative
