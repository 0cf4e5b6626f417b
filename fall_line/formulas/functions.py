"""The functions and constants that a formula may use."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from types import ModuleType
from typing import Any

import jax.numpy as jnp
import jax.scipy.special
import scipy.special

CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}


@dataclass(frozen=True)
class Function:
    """A function of a formula.

    Attributes:
        compute: `compute(numpy_or_jax_numpy, *arguments)`, elementwise.
        arguments: the arguments' names, as shown to a reader.
        latex: the name as LaTeX; "" for those that are typeset in a way of their own.
        steps: whether the slope is 0 everywhere but at jumps.
        any_more: whether more arguments may follow.
    """

    compute: Callable[..., Any]
    arguments: tuple[str, ...] = ("x",)
    latex: str = ""
    steps: bool = False
    any_more: bool = False


def _named(name: str) -> Callable[..., Any]:
    """Return the function of that name in NumPy and in jax.numpy."""
    return lambda numbers, *arguments: getattr(numbers, name)(*arguments)


def _special(name: str) -> Callable[..., Any]:
    """Return the function of that name in `scipy.special` and in `jax.scipy.special`."""
    return lambda numbers, x: getattr(jax.scipy.special if numbers is jnp else scipy.special, name)(x)


def _abs(numbers: ModuleType, x: Any) -> Any:
    # The slope at 0 is 0; JAX's own absolute value has 1 there.
    return x * numbers.sign(x)


def _relu(numbers: ModuleType, x: Any) -> Any:
    # Not the maximum, whose slope at 0 would be 1/2; and NaN stays NaN.
    return numbers.where(x <= 0, 0.0, x)


def _least(numbers: ModuleType, *arguments: Any) -> Any:
    return reduce(numbers.minimum, arguments)


def _greatest(numbers: ModuleType, *arguments: Any) -> Any:
    return reduce(numbers.maximum, arguments)


def _softplus(numbers: ModuleType, x: Any) -> Any:
    return numbers.logaddexp(x, 0.0)


FUNCTIONS = {
    "sin": Function(_named("sin"), latex=r"\sin"),
    "cos": Function(_named("cos"), latex=r"\cos"),
    "tan": Function(_named("tan"), latex=r"\tan"),
    "asin": Function(_named("arcsin"), latex=r"\arcsin"),
    "acos": Function(_named("arccos"), latex=r"\arccos"),
    "atan": Function(_named("arctan"), latex=r"\arctan"),
    "atan2": Function(_named("arctan2"), ("y", "x"), latex=r"\operatorname{atan2}"),
    "sinh": Function(_named("sinh"), latex=r"\sinh"),
    "cosh": Function(_named("cosh"), latex=r"\cosh"),
    "tanh": Function(_named("tanh"), latex=r"\tanh"),
    "asinh": Function(_named("arcsinh"), latex=r"\operatorname{arsinh}"),
    "acosh": Function(_named("arccosh"), latex=r"\operatorname{arcosh}"),
    "atanh": Function(_named("arctanh"), latex=r"\operatorname{artanh}"),
    "exp": Function(_named("exp")),
    "log": Function(_named("log"), latex=r"\ln"),
    "ln": Function(_named("log"), latex=r"\ln"),
    "log10": Function(_named("log10"), latex=r"\log_{10}"),
    "log2": Function(_named("log2"), latex=r"\log_{2}"),
    "sqrt": Function(_named("sqrt")),
    "cbrt": Function(_named("cbrt")),
    "abs": Function(_abs),
    "min": Function(_least, ("a", "b"), latex=r"\min", any_more=True),
    "max": Function(_greatest, ("a", "b"), latex=r"\max", any_more=True),
    "hypot": Function(_named("hypot"), ("x", "y")),
    "erf": Function(_special("erf"), latex=r"\operatorname{erf}"),
    "sigmoid": Function(_special("expit"), latex=r"\sigma"),
    "relu": Function(_relu, latex=r"\operatorname{relu}"),
    "softplus": Function(_softplus, latex=r"\operatorname{softplus}"),
    "sign": Function(_named("sign"), latex=r"\operatorname{sign}", steps=True),
    "floor": Function(_named("floor"), steps=True),
    "ceil": Function(_named("ceil"), steps=True),
    "round": Function(_named("round"), latex=r"\operatorname{round}", steps=True),
    "where": Function(_named("where"), ("condition", "a", "b")),
}
