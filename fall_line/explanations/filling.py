"""The right-hand side of a line of a formula with the numbers of one step put in for its symbols."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fall_line.explanations.figures import along, in_figures
from fall_line.explanations.latex import Call, Fenced, Leaf, Node, Number, Row, Scripted, bare
from fall_line.explanations.recursion import Statement
from fall_line.trajectories.inspection import Inspection

Floats = NDArray[np.float64]
Known = dict[Row, Floats]

THETA, GRADIENT, NABLA, LOSS = (Leaf(text) for text in ("\\theta", "g", "\\nabla", "J"))
FILLED = ("\\frac", "\\tfrac", "\\dfrac", "\\sqrt", "\\sqrt[]")


def has_axes(one: Statement, known: Known) -> bool:
    """Whether the statement is about something that has an x and a y."""
    names = [name for name, value in known.items() if value.shape == (2,)]
    rows = [row for side in (one.target, one.body) for row in _rows(side)]
    return any(NABLA in row or any(_stands(row, at, name) for name in names for at in range(len(row))) for row in rows)


class Filling:
    """Puts numbers into one right-hand side: those along one axis, or with None those of both as columns."""

    def __init__(self, inspection: Inspection, known: Known, axis: int | None, digits: int) -> None:
        self.inspection, self.known, self.axis, self.digits = inspection, known, axis, digits
        self.asked = 0  # gradients away from θ so far

    def row(self, row: Row) -> Row:
        row, place = bare(row), 0
        found: list[Node] = []
        while place < len(row):
            taken, nodes = self.next(row, place)
            found.extend(nodes)
            place += taken
        return tuple(found)

    def next(self, row: Row, place: int) -> tuple[int, Row]:
        """Return how many nodes at `place` belong together, and what stands for them."""
        summed = _is_sum(row[place]) and _asks(row, place + 1)
        if summed or _asks(row, place):
            looks = self.gradients(row, place, summed)
            if looks:
                return (4 if summed else 3), looks
        if row[place] == LOSS and place + 1 < len(row):
            before = row[place - 1] if place else None
            if _argument(row[place + 1]) == (THETA,):
                taken = in_figures(self.inspection.loss, self.digits)
                return (2, row[place : place + 2] if _is_nabla(before) else (taken,))
        names = [name for name in self.known if _stands(row, place, name)]
        if names and not _is_set(row, place):
            name = max(names, key=len)
            return len(name), (self.number(self.known[name]),)
        return 1, (self.inside(row[place]),)

    def gradients(self, row: Row, place: int, summed: bool) -> Row:
        """Return what was answered to the ∇J(…) at `place`, or () if it isn't known."""
        looks = [self.number(one.gradient) for one in self.inspection.looks]
        if summed:
            terms = [node for one in looks for node in (Leaf("+"), one)]
            return (Fenced("\\left(", tuple(terms[1:]), "\\right)"),) if looks else ()
        if _argument(row[place + 2]) == (THETA,):
            return (self.number(self.known[GRADIENT,]),) if (GRADIENT,) in self.known else ()
        self.asked += 1
        return (looks[min(self.asked, len(looks)) - 1],) if looks else ()

    def inside(self, node: Node) -> Node:
        match node:
            case Call(command, arguments) if command in FILLED:
                return Call(command, tuple(self.row(argument) for argument in arguments))
            case Fenced(opening, body, closing):
                return Fenced(opening, self.row(body), closing)
            case Scripted(base, below, above):
                filled = None if above is None else self.row(above)
                name = base if below is None else Scripted(base, below, None)
                if (name,) in self.known:
                    return Scripted(self.number(self.known[name,]), None, filled)
                return Scripted(self.inside(base) if below is None else base, below, filled)
        return node

    def number(self, value: Floats) -> Number:
        return in_figures(along(value, self.axis), self.digits)


def _is_sum(node: Node) -> bool:
    return isinstance(node, Scripted) and node.base == Leaf("\\sum")


def _is_nabla(node: Node | None) -> bool:
    return node == NABLA or (isinstance(node, Scripted) and node.base == NABLA)


def _asks(row: Row, place: int) -> bool:
    return row[place : place + 2] == (NABLA, LOSS) and place + 2 < len(row) and bool(_argument(row[place + 2]))


def _argument(node: Node) -> Row:
    return bare(node.body) if isinstance(node, Fenced) and node.opening in ("(", "\\left(") else ()


def _is_set(row: Row, place: int) -> bool:
    """Whether the symbol at `place` stands before an arrow of its own, as in one of several cases."""
    return row[place + 1 : place + 2] == (Leaf("\\leftarrow"),)


def _stands(row: Row, place: int, name: Row) -> bool:
    return bool(name) and row[place : place + len(name)] == name


def _rows(row: Row) -> Iterator[Row]:
    yield bare(row)
    for node in row:
        match node:
            case Call(_, arguments):
                for argument in arguments:
                    yield from _rows(argument)
            case Fenced(_, body, _):
                yield from _rows(body)
            case Scripted(base, below, above):
                yield from _rows((base if below is None else Scripted(base, below, None),)) if above else ()
                yield from _rows(above or ())
