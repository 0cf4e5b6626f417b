"""Makes an update rule of an Optax transformation."""

import inspect
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import optax
from jax import Array

from optimizers.optimizer import Problem

Init = Callable[..., Any]
Step = Callable[..., tuple[Array, Any]]


def rule(transformation: Callable[..., optax.GradientTransformation]) -> tuple[Init, Step]:
    """Return `init` and `step` of the rule that `transformation(**hypers)` is.

    The gradient is taken where the point stands. `transformation` takes the hyperparameters as keywords, traced, so
    that it must not ask for their values; its docstring becomes that of `step`. Optax's counters stay whole numbers,
    all else in its state has the point's type.
    """

    def init(point: Array, **hypers: Array) -> Any:
        state = transformation(**hypers).init(point)
        return jax.tree.map(lambda leaf: typed(leaf, point.dtype), state)

    def step(problem: Problem, point: Array, state: Any, **hypers: Array) -> tuple[Array, Any]:
        updates, new = transformation(**hypers).update(problem.gradient(point), state, point)
        return optax.apply_updates(point, updates), jax.tree.map(lambda leaf, old: leaf.astype(old.dtype), new, state)

    step.__doc__ = transformation.__doc__
    step.__signature__ = _signature(transformation)  # type: ignore[attr-defined]
    return init, step


def typed(leaf: Array, dtype: Any) -> Array:
    """Return `leaf` of a state with this `dtype`, if it is no whole number."""
    return jnp.asarray(leaf, dtype if jnp.issubdtype(leaf.dtype, jnp.floating) else leaf.dtype)


def _signature(transformation: Callable[..., Any]) -> inspect.Signature:
    """(problem, point, state, *, the hyperparameters)."""
    places = [
        inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in ("problem", "point", "state")
    ]
    return inspect.Signature([*places, *inspect.signature(transformation).parameters.values()])
