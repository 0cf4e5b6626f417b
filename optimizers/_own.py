"""An update rule of somebody's own, in a notebook or a script: a pair of functions, or an Optax transformation."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from operator import is_
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import Array

from fall_line.hyperparameter import Hyper, Schedulable
from fall_line.validation import InputError, one_line, quoted
from optimizers._from_optax import typed
from optimizers.optimizer import Optimizer, Problem

KEPT = 64  # rules that are remembered, so that the same rule is the same method
SPAN = 1e4  # a slider reaches so many times as far, up and down, as the first value
LONGEST = 200  # letters of what a rule complains of
POINT = (1.2, -0.7)
WHAT = (
    "a method is a key such as 'adam', an Optax transformation, or a pair of functions, init(point) and "
    "step(problem, point, state, **hyperparameters)"
)

_numbers = count(1)
_made: list[tuple["_Rule", Optimizer]] = []


class _Rule(NamedTuple):
    """What an own rule is made of, and what it is called."""

    init: Callable[..., Any]
    step: Callable[..., tuple[Array, Any]]
    name: str
    parts: tuple[Any, Any]  # what it was made of: the same two are the same rule
    scaled: bool = False  # its one hyperparameter is a factor on its updates


def own_optimizer(rule: Any, values: dict[str, Any]) -> Optimizer:
    """Return the method that `rule` is, with hyperparameters whose ranges hold `values`.

    Args:
        rule: an Optax transformation, or a pair of functions `init(point)` and `step(problem, point, state, **hypers)`
            as in `Optimizer`. What an Optax transformation was made with stays as it is.
        values: of its hyperparameters, the keywords of `step`. A rule without any, and every Optax transformation, has
            one, `learning_rate`, 1 unless given: a factor on its updates.

    Raises:
        InputError: it is none of these, a value is missing or can't be used, or the rule fails on a simple bowl.
    """
    parts = _parts(rule)
    read = next((known for known, _ in _made if all(map(is_, known.parts, parts))), None) or _read(rule, parts)
    hypers = _hypers(read, values)
    for known, optimizer in _made:
        if known is read and _holds(optimizer, values):
            return optimizer
    optimizer = Optimizer(
        key=f"own-{next(_numbers)}",
        label=read.name,
        family="own",
        hypers=hypers,
        init=read.init,
        step=read.step,
        formula=r"\theta \leftarrow \theta + \Delta\theta",
        variant="A rule of your own.",
        source="made in Python",
        elementwise=False,
        needs_loss=_needs_loss(read, hypers),
        listed=False,
    )
    _made.append((read, optimizer))
    del _made[:-KEPT]
    return optimizer


def _holds(optimizer: Optimizer, values: dict[str, Any]) -> bool:
    return all(hyper.low <= values.get(hyper.key, hyper.default) <= hyper.high for hyper in optimizer.hypers)


def _parts(rule: Any) -> tuple[Any, Any]:
    """Return the two functions of which `rule` is made."""
    pair = tuple(rule) if isinstance(rule, tuple | list) else (getattr(rule, "init", None), getattr(rule, "step", None))
    if len(pair) != 2 or not all(map(callable, pair)):
        raise InputError(f"{quoted(rule)} is no method; {WHAT}.")
    return pair


def _read(rule: Any, parts: tuple[Any, Any]) -> _Rule:
    if isinstance(rule, optax.GradientTransformation):
        return _scaled(*_of_optax(rule), "Optax transformation", parts)
    init, step = parts
    name = getattr(step, "__name__", "")
    label = name.replace("_", " ").capitalize() if name.isidentifier() and name != "step" else "Own rule"
    if not _keywords(step):
        return _scaled(_with_hypers(init), step, label, parts)
    return _Rule(_with_hypers(init), step, label, parts)


def _of_optax(transformation: optax.GradientTransformation) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return `init` and `step` of the transformation, which may ask for the loss as Optax's line searches do."""
    extended = optax.with_extra_args_support(transformation)
    asks = _asks(extended)

    def step(problem: Problem, point: Array, state: Any) -> tuple[Array, Any]:
        gradient = problem.gradient(point)
        more = {"value": problem.value(point), "grad": gradient, "value_fn": problem.value} if asks else {}
        updates, new = extended.update(gradient, state, point, **more)
        return optax.apply_updates(point, updates), jax.tree.map(lambda leaf, old: leaf.astype(old.dtype), new, state)

    def init(point: Array, **_: Array) -> Any:
        return jax.tree.map(lambda leaf: typed(leaf, point.dtype), extended.init(point))

    return init, step


def _asks(transformation: optax.GradientTransformationExtraArgs) -> bool:
    """Return whether it makes no step without the loss."""
    point = jnp.asarray(POINT)
    try:
        jax.eval_shape(lambda: transformation.update(point, transformation.init(point), point))
    except Exception:  # if it is another one, the first step with the loss tells it
        return True
    return False


def _scaled(init: Callable[..., Any], step: Callable[..., Any], name: str, parts: tuple[Any, Any]) -> _Rule:
    """Return the rule with a factor on its updates; with 1 it is the rule itself, bit for bit."""

    def scaled(problem: Problem, point: Array, state: Any, *, learning_rate: Any = 1.0) -> tuple[Array, Any]:
        reached, new = _checked(step(problem, point, state), point)
        return jnp.where(learning_rate == 1, reached, point + learning_rate * (reached - point)), new

    return _Rule(init, scaled, name, parts, scaled=True)


def _with_hypers(init: Callable[..., Any]) -> Callable[..., Any]:
    """Return `init`, which may or may not ask for hyperparameters, so that it takes them all."""
    asked = set(_keywords(init))
    return lambda point, **hypers: init(point, **{key: value for key, value in hypers.items() if key in asked})


def _keywords(function: Callable[..., Any]) -> dict[str, Any]:
    """Return the keywords of `function` with their defaults; `inspect.Parameter.empty` where there is none."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return {}
    return {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY}


def _hypers(rule: _Rule, values: dict[str, Any]) -> tuple[Hyper, ...]:
    known = _keywords(rule.step)
    for key in values:
        if key not in known:
            raise InputError(f"{rule.name} has no hyperparameter {quoted(key)}; it has {', '.join(known)}.")
    given = {key: values.get(key, default) for key, default in known.items()}
    for key, value in given.items():
        if value is inspect.Parameter.empty:
            raise InputError(f"{rule.name} needs a value for {key}; say for example {key}=0.1.")
        if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
            raise InputError(f"{rule.name}'s {key} is {quoted(value)}; it must be a finite number.")
    defaults = {key: given[key] if one is inspect.Parameter.empty else one for key, one in known.items()}
    hypers = tuple(_hyper(key, float(defaults[key]), float(value)) for key, value in given.items())
    return tuple(replace(one, symbol="s", label="factor on the updates") for one in hypers) if rule.scaled else hypers


def _hyper(key: str, default: float, value: float) -> Hyper:
    symbol, label = ("η", "learning rate") if key == "learning_rate" else (key, key.replace("_", " "))
    follows: Schedulable = "rate" if key == "learning_rate" else ""
    least, most = min(default, value), max(default, value)
    if least > 0:
        return Hyper(key, symbol, label, default, least / SPAN, most * SPAN, "log", schedulable=follows)
    reach = 10.0 * max(1.0, -least, most)
    return Hyper(key, symbol, label, default, -reach, reach, schedulable=follows)


def _needs_loss(rule: _Rule, hypers: tuple[Hyper, ...]) -> bool:
    """Return whether the rule asks for the loss, having seen that it makes a step on a bowl.

    Raises:
        InputError: it can't, or what it makes has another shape or type than what it was given.
    """
    asked = []

    def value(point: Array) -> Array:
        asked.append(True)
        return (point**2).sum() / 2

    def trial(point: Array, settings: dict[str, Array]) -> tuple[Any, Any, Any]:
        state = rule.init(point, **settings)
        return (state, *_checked(rule.step(Problem(value, lambda place: place), point, state, **settings), point))

    settings = {hyper.key: jnp.asarray(hyper.default) for hyper in hypers}
    try:
        before, _, after = jax.eval_shape(trial, jnp.asarray(POINT), settings)
    except Exception as error:
        text = one_line(str(error).strip().partition("\n")[0])[:LONGEST].rstrip(".")
        raise InputError(f"{rule.name} can't make a step ({type(error).__name__}: {text}); {WHAT}.") from error
    if jax.tree.map(_kind, before) != jax.tree.map(_kind, after):
        raise InputError(f"{rule.name} changes the structure, the shapes or the types of its state; they must stay.")
    return bool(asked)


def _checked(made: Any, point: Array) -> tuple[Array, Any]:
    """Return `made`, what a step from `point` made, if it can be that."""
    if not isinstance(made, tuple | list) or len(made) != 2:
        raise TypeError("step must return two things, the next point and the next state")
    if jnp.shape(made[0]) != jnp.shape(point):
        raise TypeError(f"the next point has the shape {jnp.shape(made[0])}, the point {jnp.shape(point)}")
    return made[0], made[1]


def _kind(leaf: Any) -> tuple[Any, Any]:
    return leaf.shape, leaf.dtype
