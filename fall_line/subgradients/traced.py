"""A function as the operations that JAX traces, with derivatives of our choice where one has a kink.

JAX takes for the slope what a formula makes there, 0 · ∞ at the tip of √(x² + y²) and 1 for |x| at 0. Here it is the
mean of the slopes on both sides: 0 for |x|, for hypot, and for √u, u^p, arccos u and the like where u stands still at
the end of their range, since u then turns there.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import jax
import jax.numpy as jnp
from jax import Array
from jax.custom_derivatives import SymbolicZero
from jax.extend.core import ClosedJaxpr, Jaxpr, JaxprEqn, Literal, Primitive, jaxpr_as_fun

ENDING = ("sqrt", "pow", "asin", "acos", "acosh")  # infinite slope at the end of what they are defined for
BOUNDS = ("max", "min", "lt", "le", "gt", "ge", "eq", "ne")  # where both sides are equal, a choice changes
KINKED = ("abs", "sign", "cbrt", "hypot", *ENDING, *BOUNDS)
NO_FORWARD = ("custom_vjp_call", "pure_callback", "io_callback")

Traced = ClosedJaxpr


def traced(function: Callable[..., Array], arguments: Sequence[Any]) -> Traced:
    """Return what `function` does with scalars like `arguments`."""
    return jax.make_jaxpr(function)(*arguments)


def has_kinks(program: Traced) -> bool:
    """Whether any operation has a kink, and derivatives can be computed forwards."""
    names = set(_names(program.jaxpr))
    return bool(names.intersection(KINKED)) and not names.intersection(NO_FORWARD)


def may_have_kinks(function: Callable[..., Array], *arguments: Any) -> bool:
    """Whether any operation of `function`, also of those that bring their own derivatives, has a kink."""
    return bool(set(_names(traced(function, arguments).jaxpr, ("jaxpr", "call_jaxpr"))).intersection(KINKED))


def _names(jaxpr: Jaxpr, inner: tuple[str, ...] = ("jaxpr",)) -> Iterator[str]:
    for equation in jaxpr.eqns:
        yield _name(equation)
        for place in inner:
            if isinstance(program := equation.params.get(place), ClosedJaxpr):
                yield from _names(program.jaxpr, inner)


def _name(equation: JaxprEqn) -> str:
    name = equation.primitive.name
    return equation.params["name"] if name == "jit" and equation.params["name"] == "hypot" else name


def evaluate(program: Traced, arguments: Sequence[Array], met: list[Array] | None = None) -> Array:
    """Return the value, with the derivatives said above; to `met` go flags, each whether a kink is met exactly."""
    return _run(program, arguments, [] if met is None else met)[0]


def _run(program: Traced, arguments: Sequence[Any], met: list[Array]) -> list[Any]:
    jaxpr = program.jaxpr
    known: dict[Any, Any] = dict(zip(jaxpr.constvars, program.consts, strict=True))
    known |= dict(zip(jaxpr.invars, arguments, strict=True))

    def read(atom: Any) -> Any:
        return atom.val if isinstance(atom, Literal) else known[atom]

    for equation in jaxpr.eqns:
        found = _applied(jaxpr, equation, [read(one) for one in equation.invars], met)
        known.update(zip(equation.outvars, found, strict=True))
    return [read(one) for one in jaxpr.outvars]


def _applied(jaxpr: Jaxpr, equation: JaxprEqn, operands: list[Any], met: list[Array]) -> list[Any]:
    name, primitive = _name(equation), equation.primitive
    if name in KINKED and all(jnp.issubdtype(jnp.result_type(one), jnp.floating) for one in operands):
        met.append(jnp.any(_at_kink(name, operands)))
    if name == "hypot":
        return [_hypot(*operands)]
    if name == "abs":
        return [operands[0] * jnp.sign(operands[0])]
    if name in ENDING:
        return [_ending(primitive, equation.params)(*operands)]
    if name == "jit":
        return _run(equation.params["jaxpr"], operands, met)
    return _plain(jaxpr, equation, operands)


def _plain(jaxpr: Jaxpr, equation: JaxprEqn, operands: list[Any]) -> list[Any]:
    """Return what JAX itself makes of one operation of `jaxpr`."""
    given = {one: value for one, value in zip(equation.invars, operands, strict=True) if not isinstance(one, Literal)}
    alone = jaxpr.replace(
        constvars=[], invars=list(given), outvars=equation.outvars, eqns=[equation], debug_info=jaxpr.debug_info
    )
    return jaxpr_as_fun(ClosedJaxpr(alone, ()))(*given.values())


def _at_kink(name: str, operands: list[Any]) -> Array:
    first, *others = operands
    if name == "hypot":
        return (first == 0) & (others[0] == 0)
    if name in ("asin", "acos"):
        return jnp.abs(first) == 1
    return first == (1 if name == "acosh" else others[0] if name in BOUNDS else 0)


def _hypot(x: Array, y: Array) -> Array:
    """√(x² + y²), whose slope at the tip is 0."""
    longest = jnp.maximum(jnp.abs(x), jnp.abs(y))
    scale = jax.lax.stop_gradient(jnp.where((longest > 0) & jnp.isfinite(longest), longest, 1.0))
    squares = (x / scale) ** 2 + (y / scale) ** 2
    at_tip = squares == 0
    return jnp.where(at_tip, 0.0, scale * jnp.sqrt(jnp.where(at_tip, 1.0, squares)))


def _ending(primitive: Primitive, params: dict[str, Any]) -> Callable[..., Array]:
    """Return the operation with the slope 0 where its infinite slope meets an operand that stands still."""

    def value_of(*operands: Array) -> Array:
        return primitive.bind(*operands, **params)

    @jax.custom_jvp
    def value(*operands: Array) -> Array:
        return value_of(*operands)

    def change(operands: tuple[Array, ...], changes: tuple) -> tuple[Array, Array]:
        result, total = value(*operands), jnp.zeros_like(operands[0])
        for index, one in enumerate(changes):
            if not isinstance(one, SymbolicZero):
                total = total + _moved(value_of, operands, index, one)
        return result, total

    value.defjvp(change, symbolic_zeros=True)
    return value


def _moved(function: Callable[..., Array], operands: tuple[Array, ...], index: int, change: Array) -> Array:
    def along(one: Array) -> Array:
        return function(*operands[:index], one, *operands[index + 1 :])

    result, moved = jax.jvp(along, (operands[index],), (change,))
    return jnp.where((change == 0) & jnp.isfinite(result) & ~jnp.isfinite(moved), 0.0, moved)
