"""Computes a formula, with NumPy or with JAX, by the rules of IEEE 754: nothing overflows but to an infinity."""

import operator
from collections.abc import Callable, Mapping
from functools import partial, reduce
from types import ModuleType
from typing import Any

import numpy as np

from fall_line.formulas.functions import CONSTANTS, FUNCTIONS
from fall_line.formulas.tree import (
    Call,
    Comparison,
    Constant,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    parts,
)

MULTIPLIED_OUT = 1024  # exponents up to here are products, whose slope is right also at 0 and for negative bases
COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def evaluate(node: Node, values: Mapping[str, Any], numbers: ModuleType) -> Any:
    """Return the value of `node`, elementwise in `values`; `numbers` is `numpy` or `jax.numpy`."""
    match node:
        case Number(value):
            return value
        case Constant(name):
            return CONSTANTS[name]
        case Name(name):
            return values[name]
    return _applied(_operation(node), numbers, *(evaluate(part, values, numbers) for part in parts(node)))


def _applied(operation: Callable[..., Any], numbers: ModuleType, *arguments: Any) -> Any:
    """Return `operation(numbers, *arguments)`; of plain numbers a plain number, so that JAX needn't trace it."""
    if not all(isinstance(argument, float | bool) for argument in arguments):
        return operation(numbers, *arguments)
    with np.errstate(all="ignore"):
        return operation(np, *map(np.asarray, arguments)).item()


def _operation(node: Node) -> Callable[..., Any]:
    """Return what makes the value of `node` from those of its parts."""
    match node:
        case Sum(_, terms):
            return partial(_added, tuple(subtracted for subtracted, _ in terms))
        case Power(Constant("e"), _):
            return lambda numbers, _, exponent: numbers.exp(exponent)
        case Call(function, _):
            return FUNCTIONS[function].compute
        case Comparison(signs, _):
            return partial(_compared, signs)
    return OPERATIONS[type(node)]


def _added(subtracted: tuple[bool, ...], _: ModuleType, first: Any, *terms: Any) -> Any:
    total = first
    for minus, term in zip(subtracted, terms, strict=True):
        total = total - term if minus else total + term
    return total


def _compared(signs: tuple[str, ...], _: ModuleType, *operands: Any) -> Any:
    pairs = zip(signs, operands[:-1], operands[1:], strict=True)
    return reduce(operator.and_, (COMPARE[sign](one, other) for sign, one, other in pairs))


def _times(_: ModuleType, *factors: Any) -> Any:
    return reduce(operator.mul, factors)


def _power(numbers: ModuleType, base: Any, exponent: Any) -> Any:
    if isinstance(exponent, float | np.ndarray) and np.ndim(exponent) == 0:
        fixed = float(exponent)
        if fixed.is_integer() and abs(fixed) <= MULTIPLIED_OUT:
            return base ** int(fixed)
    return numbers.power(base, exponent)


OPERATIONS: dict[type, Callable[..., Any]] = {
    Negative: lambda _, operand: -operand,
    Product: _times,
    Quotient: lambda _, top, bottom: top / bottom,
    Power: _power,
}
