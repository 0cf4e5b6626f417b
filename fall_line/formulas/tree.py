"""What a formula is made of. Sums and products hold all their parts side by side, so that long ones aren't deep."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Number:
    """A number as typed."""

    value: float


@dataclass(frozen=True)
class Constant:
    """π, e or τ."""

    name: str


@dataclass(frozen=True)
class Name:
    """A variable or a parameter."""

    name: str


@dataclass(frozen=True)
class Negative:
    """−operand."""

    operand: "Node"


@dataclass(frozen=True)
class Sum:
    """first ± term ± term …; each of `terms` comes with whether it is subtracted."""

    first: "Node"
    terms: tuple[tuple[bool, "Node"], ...]


@dataclass(frozen=True)
class Product:
    """factor · factor …, multiplied from the left."""

    factors: tuple["Node", ...]


@dataclass(frozen=True)
class Quotient:
    """top / bottom."""

    top: "Node"
    bottom: "Node"


@dataclass(frozen=True)
class Power:
    """base to the exponent."""

    base: "Node"
    exponent: "Node"


@dataclass(frozen=True)
class Call:
    """A function of one or more arguments."""

    function: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True)
class Comparison:
    """operands[0] signs[0] operands[1] …: true if every neighbours' comparison is."""

    signs: tuple[str, ...]
    operands: tuple["Node", ...]


Node: TypeAlias = Number | Constant | Name | Negative | Sum | Product | Quotient | Power | Call | Comparison


def parts(node: Node) -> tuple[Node, ...]:
    """Return what `node` is directly made of."""
    match node:
        case Negative(operand):
            return (operand,)
        case Sum(first, terms):
            return (first, *(term for _, term in terms))
        case Product(inner) | Call(_, inner) | Comparison(_, inner):
            return inner
        case Quotient(one, other) | Power(one, other):
            return (one, other)
        case _:
            return ()


def walk(node: Node) -> Iterator[tuple[Node, int]]:
    """Yield `node` and everything in it, in the order of the text, each with its depth from 1 on; without recursion."""
    waiting = [(node, 1)]
    while waiting:
        current, depth = waiting.pop()
        yield current, depth
        waiting.extend((part, depth + 1) for part in reversed(parts(current)))
