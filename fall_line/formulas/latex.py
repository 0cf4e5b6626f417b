"""Typesets a formula as LaTeX that `typesetting` and, all but `cases`, Matplotlib understand."""

import re
from functools import singledispatch
from typing import Any

from fall_line.formulas.functions import FUNCTIONS
from fall_line.formulas.tokens import GREEK
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
)

# How tightly things hold together; what stands in a tighter place gets brackets.
CASES, SUM, PRODUCT, CALL, POWER, ATOM = range(6)

RAISED = ("sin", "cos", "tan", "sinh", "cosh", "tanh", "log", "ln")  # sin²x is usual
BARE = (*RAISED, "asin", "acos", "atan", "log10", "log2")  # sin x is usual
COMPARISONS = {"<": "<", "<=": r"\leq", ">": ">", ">=": r"\geq", "==": "=", "!=": r"\neq"}
CONSTANTS = {"pi": r"\pi", "e": "e", "tau": r"\tau"}
LETTERS = set(GREEK.values())
TALL = re.compile(r"\\frac|\\sqrt|\\left|\\begin")
COMMAND_AT_END = re.compile(r"\\[A-Za-z]+$")
WORD_AT_EDGE = re.compile(r"^\\mathrm|\\mathrm\{[^{}]*\}$")


def latex(node: Node) -> str:
    """Return `node` as LaTeX, without dollar signs and with no more brackets than needed."""
    return _written(node)[0]


@singledispatch
def _written(node: Any) -> tuple[str, int]:
    """Return `node` as LaTeX and how tightly it holds together."""
    raise TypeError(node)


@_written.register
def _(node: Number) -> tuple[str, int]:
    mantissa, e, exponent = repr(node.value).partition("e")
    digits = mantissa.removesuffix(".0")
    if not e:
        return digits, ATOM
    power = f"10^{{{int(exponent)}}}"
    return (power, POWER) if digits == "1" else (rf"{digits} \cdot {power}", PRODUCT)


@_written.register
def _(node: Constant) -> tuple[str, int]:
    return CONSTANTS[node.name], ATOM


@_written.register
def _(node: Name) -> tuple[str, int]:
    return _name(node.name), ATOM


@_written.register
def _(node: Negative) -> tuple[str, int]:
    return f"-{_within(node.operand, PRODUCT)}", SUM


@_written.register
def _(node: Sum) -> tuple[str, int]:
    terms = (f" {'-' if minus else '+'} {_within(term, PRODUCT)}" for minus, term in node.terms)
    return _within(node.first, SUM) + "".join(terms), SUM


@_written.register
def _(node: Product) -> tuple[str, int]:
    pieces = [_factor(one, last=index == len(node.factors) - 1) for index, one in enumerate(node.factors)]
    text = pieces[0]
    for piece in pieces[1:]:
        text += _between(text, piece) + piece
    return text, PRODUCT


@_written.register
def _(node: Quotient) -> tuple[str, int]:
    return rf"\frac{{{latex(node.top)}}}{{{latex(node.bottom)}}}", PRODUCT


@_written.register
def _(node: Power) -> tuple[str, int]:
    return _raised(node)


@_written.register
def _(node: Call) -> tuple[str, int]:
    return _called(node) if node.function != "where" else (_cases(node.arguments), CASES)


@_written.register
def _(node: Comparison) -> tuple[str, int]:
    others = (f" {COMPARISONS[sign]} {latex(one)}" for sign, one in zip(node.signs, node.operands[1:], strict=True))
    return latex(node.operands[0]) + "".join(others), SUM


def _within(node: Node, least: int) -> str:
    """Return `node` as LaTeX for a place where anything looser than `least` gets brackets."""
    text, level = _written(node)
    return text if level >= least else _bracketed(text)


def _bracketed(text: str) -> str:
    return rf"\left({text}\right)" if TALL.search(text) else f"({text})"


def _name(name: str) -> str:
    letters, _, index = name.partition("_")
    if not index and (found := re.fullmatch(r"([A-Za-z_]+?)([0-9]+)", name)):
        letters, index = found.groups()
    written = rf"\{letters}" if letters in LETTERS else letters if len(letters) == 1 else rf"\mathrm{{{letters}}}"
    if not index:
        return written
    index = index.replace("_", r"\_")
    return f"{written}_{{{index}}}" if len(index) == 1 or index.isdigit() else rf"{written}_{{\mathrm{{{index}}}}}"


def _factor(node: Node, last: bool) -> str:
    # Behind sin x another factor would seem to be the sine's.
    if isinstance(node, Call) and not last and FUNCTIONS[node.function].latex:
        return _called(node, bare=False)[0]
    if isinstance(node, Power) and not last:
        return _raised(node, bare=False)[0]
    return _within(node, PRODUCT)


def _between(left: str, right: str) -> str:
    """Return what must stand between two factors so that they don't run together."""
    if right[0].isdigit() or (right.startswith(r"\frac") and left[-1].isdigit()):
        return r" \cdot "
    if WORD_AT_EDGE.search(left) or WORD_AT_EDGE.search(right):
        return r"\,"
    return " " if COMMAND_AT_END.search(left) and right[0].isalpha() else ""


def _raised(node: Power, bare: bool = True) -> tuple[str, int]:
    """Return a power as LaTeX, those of a sine as sin²; `bare` allows sin² x without brackets."""
    base, raised = node.base, latex(node.exponent)
    if isinstance(base, Call) and base.function in RAISED and raised.isdigit():
        return _called(base, raised, bare)
    return f"{_within(base, ATOM)}^{{{raised}}}", POWER


def _called(node: Call, power: str = "", bare: bool = True) -> tuple[str, int]:
    """Return a function's value as LaTeX; `bare` allows sin x without brackets."""
    if node.function == "hypot":
        # Not with the others: each argument is written only once, however deep they lie in one another.
        return rf"\sqrt{{{' + '.join(f'{_within(one, ATOM)}^{{2}}' for one in node.arguments)}}}", ATOM
    function, inner = FUNCTIONS[node.function], [latex(one) for one in node.arguments]
    if not function.latex:
        return _in_its_own_way(node, inner)
    name = function.latex + (f"^{{{power}}}" if power else "")
    if bare and node.function in BARE and _plain(node.arguments[0]):
        return f"{name} {inner[0]}", CALL
    return f"{name}{_bracketed(', '.join(inner))}", CALL


def _plain(node: Node) -> bool:
    """Whether `node` is something like x or 2πx, which needs no brackets behind a function's name."""
    *numbers, last = node.factors if isinstance(node, Product) else (node,)
    return isinstance(last, Number | Constant | Name) and all(isinstance(one, Number | Constant) for one in numbers)


def _in_its_own_way(node: Call, inner: list[str]) -> tuple[str, int]:
    if node.function == "exp":
        return (f"e^{{{inner[0]}}}", POWER) if "cases" not in inner[0] else (rf"\exp{_bracketed(inner[0])}", CALL)
    opening, closing = {
        "sqrt": (r"\sqrt{", "}"),
        "cbrt": (r"\sqrt[3]{", "}"),
        "abs": (r"\left|", r"\right|"),
        "floor": (r"\left\lfloor ", r"\right\rfloor"),
        "ceil": (r"\left\lceil ", r"\right\rceil"),
    }[node.function]
    return f"{opening}{inner[0]}{closing}", ATOM


def _cases(arguments: tuple[Node, ...]) -> str:
    """Return the rows of where(…); one that stands in the place of “otherwise” adds its rows."""
    rows = []
    condition, chosen, other = arguments
    while isinstance(other, Call) and other.function == "where":
        rows.append((condition, chosen))
        condition, chosen, other = other.arguments
    rows.append((condition, chosen))
    lines = [rf"{latex(value)} & \text{{if }} {latex(holds)}" for holds, value in rows]
    lines.append(rf"{latex(other)} & \text{{otherwise}}")
    return r"\begin{cases} " + r" \\ ".join(lines) + r" \end{cases}"
