"""Operations on single numbers: what JavaScript computes for each of JAX's."""

from collections.abc import Callable
from typing import Any

from jax.lax import RoundingMethod

from fall_line.translation.body import Body
from fall_line.translation.untranslatable import UntranslatableError

Expression = Callable[..., str]

# {0}, {1} … are names or numbers.
REAL = {
    "abs": "Math.abs({0})",
    "acos": "Math.acos({0})",
    "acosh": "Math.acosh({0})",
    "add": "{0} + {1}",
    "add_any": "{0} + {1}",
    "asin": "Math.asin({0})",
    "asinh": "Math.asinh({0})",
    "atan": "Math.atan({0})",
    "atan2": "Math.atan2({0}, {1})",
    "atanh": "Math.atanh({0})",
    "cbrt": "Math.cbrt({0})",
    "ceil": "Math.ceil({0})",
    "clamp": "Math.min(Math.max({1}, {0}), {2})",
    "copy": "{0}",
    "cos": "Math.cos({0})",
    "cosh": "Math.cosh({0})",
    "div": "{0} / {1}",
    "erf": "erf({0})",
    "erfc": "erfc({0})",
    "exp": "Math.exp({0})",
    "exp2": "Math.pow(2, {0})",
    "expm1": "Math.expm1({0})",
    "floor": "Math.floor({0})",
    "log": "Math.log({0})",
    "log1p": "Math.log1p({0})",
    "logistic": "1 / (1 + Math.exp(-{0}))",
    "max": "Math.max({0}, {1})",
    "min": "Math.min({0}, {1})",
    "mul": "{0} * {1}",
    "neg": "-{0}",
    "pow": "power({0}, {1})",
    "rem": "{0} % {1}",
    "round": "roundToEven({0})",
    "rsqrt": "1 / Math.sqrt({0})",
    "sign": "Math.sign({0})",
    "sin": "Math.sin({0})",
    "sinh": "Math.sinh({0})",
    "sqrt": "Math.sqrt({0})",
    "square": "{0} * {0}",
    "stop_gradient": "{0}",
    "sub": "{0} - {1}",
    "tan": "Math.tan({0})",
    "tanh": "Math.tanh({0})",
}
# As XLA has it: the quotient by 0 is -1, and what remains is the dividend. No zero is negative.
WHOLE = {
    "abs": "Math.abs({0}) | 0",
    "add": "({0} + {1}) | 0",
    "add_any": "({0} + {1}) | 0",
    "and": "{0} & {1}",
    "clamp": REAL["clamp"],
    "copy": "{0}",
    "div": "{1} === 0 ? -1 : ({0} / {1}) | 0",
    "max": REAL["max"],
    "min": REAL["min"],
    "mul": "Math.imul({0}, {1})",
    "neg": "-{0} | 0",
    "not": "~{0}",
    "or": "{0} | {1}",
    "rem": "{1} === 0 ? {0} : ({0} % {1}) | 0",
    "sign": REAL["sign"],
    "square": "Math.imul({0}, {0})",
    "stop_gradient": "{0}",
    "sub": "({0} - {1}) | 0",
    "xor": "{0} ^ {1}",
}
# Of 64 bits: exact up to 2⁵³, which no count of steps reaches.
LONG = {key: text for key, text in WHOLE.items() if key not in ("and", "not", "or", "xor")} | {
    "abs": "Math.abs({0})",
    "add": "{0} + {1}",
    "add_any": "{0} + {1}",
    "div": "{1} === 0 ? -1 : Math.trunc({0} / {1}) + 0",
    "mul": "{0} * {1} + 0",
    "neg": "0 - {0}",
    "rem": "{1} === 0 ? {0} : {0} % {1} + 0",
    "square": "{0} * {0}",
    "sub": "{0} - {1}",
}
TRUTH = {
    "and": "{0} && {1}",
    "copy": "{0}",
    "max": "{0} || {1}",
    "min": "{0} && {1}",
    "not": "!{0}",
    "or": "{0} || {1}",
    "stop_gradient": "{0}",
    "xor": "{0} !== {1}",
}
ASKED = {
    "eq": "{0} === {1}",
    "ge": "{0} >= {1}",
    "gt": "{0} > {1}",
    "is_finite": "Number.isFinite({0})",
    "le": "{0} <= {1}",
    "lt": "{0} < {1}",
    "ne": "{0} !== {1}",
}
# The files of functions/ that hold what JavaScript lacks.
OWN = {
    "erf(": "error_function.js",
    "erfc(": "error_function.js",
    "power(": "power.js",
    "roundToEven(": "round_to_even.js",
}
TABLES = {"bool": TRUTH, "float32": REAL, "float64": REAL, "int32": WHOLE, "int64": LONG}
KNOWN = frozenset(REAL | WHOLE | TRUTH | ASKED) | {
    "integer_pow",
    "convert_element_type",
    "reduce_precision",
    "select_n",
}
ENDS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63)}
BITS = {"float32": (8, 23), "float64": (11, 52)}  # of the exponent and of the mantissa


def computed(body: Body, operation: str, parameters: dict[str, Any], dtypes: tuple[str, ...], taken: list[str]) -> str:
    """Write `operation` on the numbers `taken` and return the name of its result.

    Args:
        body: what it is written into.
        operation: JAX's name of it.
        parameters: those of JAX.
        dtypes: the types of the operands and, last, of the result.
        taken: the operands.

    Raises:
        UntranslatableError: there is no JavaScript for the operation on these types.
    """
    for dtype in dtypes:
        if dtype not in TABLES:
            raise UntranslatableError(f"Numbers of the type {dtype} can't be translated.")
    if operation == "integer_pow":
        return integer_power(body, taken[0], parameters["y"], dtypes[-1])
    if operation == "convert_element_type":
        return converted(body, taken[0], dtypes[0], dtypes[-1])
    if operation == "select_n":
        return selected(body, dtypes[0], taken[0], taken[1:])
    if (
        operation == "reduce_precision"
        and (parameters["exponent_bits"], parameters["mantissa_bits"]) == BITS[dtypes[0]]
    ):
        return taken[0]
    if operation == "round" and parameters["rounding_method"] != RoundingMethod.TO_NEAREST_EVEN:
        raise UntranslatableError("Rounding away from zero can't be translated.")
    table = ASKED if operation in ASKED else TABLES[dtypes[0]]
    if operation not in table:
        raise UntranslatableError(f"The operation {operation} on {dtypes[0]} can't be translated.")
    return _rounded(body, _without_zeros(operation, table[operation], taken), dtypes[-1])


def _without_zeros(operation: str, template: str, taken: list[str]) -> str:
    """Leave out sums with a literal 0, of which derivatives are full; only the sign of a zero may change by it."""
    if operation in ("add", "add_any") and "0.0" in taken:
        return taken[1] if taken[0] == "0.0" else taken[0]
    if operation == "mul" and "1.0" in taken:
        return taken[1] if taken[0] == "1.0" else taken[0]
    return template.format(*(f"({one})" if one.startswith("-") else one for one in taken))


def _rounded(body: Body, expression: str, dtype: str) -> str:
    if expression.isidentifier() or _is_number(expression):
        return expression
    body.files.update(file for call, file in OWN.items() if expression.startswith(call))
    if dtype == "float32" and not expression.startswith("Math.fround"):
        return body.let(f"Math.fround({expression})")
    return body.let(expression)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def integer_power(body: Body, base: str, exponent: int, dtype: str) -> str:
    """Multiply by squaring, in the order in which JAX does."""
    if exponent == 0:
        return "1.0" if dtype.startswith("float") else "1"
    product, square, left = "", base, abs(exponent)
    times = TABLES[dtype]["mul"]
    while left:
        if left & 1:
            product = _rounded(body, times.format(product, square), dtype) if product else square
        left >>= 1
        if left:
            square = _rounded(body, times.format(square, square), dtype)
    return product if exponent > 0 else _rounded(body, f"1 / {product}", dtype)


def converted(body: Body, value: str, before: str, after: str) -> str:
    """Return `value` as another type; a real number beyond the whole ones becomes the last of them, NaN becomes 0."""
    if before == after or (before, after) == ("int32", "int64") or (before != "bool" and after == "float64"):
        return value
    if before == "bool":
        return {"true": "1", "false": "0"}.get(value) or body.let(f"({value} ? 1 : 0)")
    if after == "bool":
        return body.let(f"{value} !== 0")
    if after == "float32":
        return body.let(f"Math.fround({value})")
    if before == "int64":
        return body.let(f"{value} | 0")
    low, high = ENDS[after]
    return body.let(f"Math.min(Math.max(Math.trunc({value}) || 0, {low}), {high})")


def selected(body: Body, dtype: str, which: str, cases: list[str]) -> str:
    """Return the case number `which`; of two the second if it is true."""
    if len(set(cases)) == 1:
        return cases[0]
    if dtype == "bool":
        if which in ("true", "false"):
            return cases[which == "true"]
        return body.let(f"{which} ? {cases[1]} : {cases[0]}")
    return body.let(f"[{', '.join(cases)}][{which}]")
