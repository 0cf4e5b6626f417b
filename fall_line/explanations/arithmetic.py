"""Works out formulas into which all numbers have been put."""

import math
from collections.abc import Callable

from fall_line.explanations.latex import SPACES, Call, Fenced, Leaf, Node, Number, Row, Scripted

ROUND = {"(", "{", "\\left(", "\\left["}
UPRIGHT = {"|", "\\left|", "\\lvert"}
SIGNS = {"\\cdot", "\\times", "\\odot", "/"}


class UnknownError(ValueError):
    """Something in the formula has no number."""


def evaluate(row: Row) -> float | None:
    """Return what `row` comes to, or None if something in it isn't a number; NaN and ∞ as in floating point."""
    try:
        return _sum(row)
    except UnknownError:
        return None
    except (OverflowError, ZeroDivisionError, ValueError):
        return math.nan


def _sum(row: Row) -> float:
    row = tuple(node for node in row if not _is(node, *SPACES))
    if not row:
        raise UnknownError("nothing")
    total, sign = 0.0, 1.0
    term: list[Node] = []
    for node in row:
        if _is(node, "+", "-"):
            if term:
                total += sign * _product(tuple(term))
            elif sign != 1.0 or total:
                raise UnknownError("two signs in a row")
            sign, term = (1.0 if _is(node, "+") else -1.0), []
        else:
            term.append(node)
    return total + sign * _product(tuple(term))


def _product(row: Row) -> float:
    if not row:
        raise UnknownError("a term is missing")
    result, divides, place = 1.0, False, 0
    while place < len(row):
        if _is(row[place], *SIGNS):
            divides = _is(row[place], "/")
            place += 1
            continue
        factor, place = _factor(row, place)
        result = _quotient(result, factor) if divides else result * factor
        divides = False
    return result


def _quotient(above: float, below: float) -> float:
    if below:
        return above / below
    return math.copysign(math.inf, above) if above else math.nan


def _factor(row: Row, place: int) -> tuple[float, int]:
    """Return the factor that starts at `place`, and the place after it; a function takes what follows it."""
    name = _name(row[place])
    if name not in FUNCTIONS:
        return _value(row[place]), place + 1
    if place + 1 == len(row):
        raise UnknownError("a function of nothing")
    return FUNCTIONS[name](row[place + 1]), place + 2


def _value(node: Node) -> float:
    match node:
        case Number(_, float(value)):
            return value
        case Leaf(text) if text.replace(".", "", 1).isdigit():
            return float(text)
        case Call("\\frac" | "\\tfrac" | "\\dfrac", (above, below)):
            return _quotient(_sum(above), _sum(below))
        case Call("\\sqrt", (body,)):
            return math.sqrt(_sum(body))
        case Fenced(opening, body, _) if opening in ROUND | UPRIGHT:
            return _sum(body) if opening in ROUND else abs(_sum(body))
        case Scripted(base, None, above) if above is not None:
            return math.exp(_sum(above)) if base == Leaf("e") else _power(_value(base), _sum(above))
    raise UnknownError("no number")


def _power(base: float, exponent: float) -> float:
    power = base**exponent
    if isinstance(power, complex):
        return math.nan
    return power


def _extreme(choose: Callable[..., float]) -> Callable[[Node], float]:
    def chosen(node: Node) -> float:
        if not isinstance(node, Fenced):
            raise UnknownError("no list")
        values: list[float] = []
        item: list[Node] = []
        for part in (*node.body, Leaf(",")):
            if _is(part, ","):
                values.append(_sum(tuple(item)))
                item = []
            else:
                item.append(part)
        return math.nan if any(map(math.isnan, values)) else choose(values)

    return chosen


def _sign(node: Node) -> float:
    value = _value(node)
    return math.nan if math.isnan(value) else float((value > 0) - (value < 0))


FUNCTIONS: dict[str, Callable[[Node], float]] = {
    "\\max": _extreme(max),
    "\\min": _extreme(min),
    "\\exp": lambda node: math.exp(_value(node)),
    "\\operatorname{sign}": _sign,
}


def _name(node: Node) -> str:
    return node.text if isinstance(node, Leaf) else ""


def _is(node: Node, *texts: str) -> bool:
    return isinstance(node, Leaf) and node.text in texts
