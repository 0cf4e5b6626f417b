"""An update in words of its own formula: every line as it is, and the same line with the numbers of one step put in.

Symbols of hyperparameters, memory, point and gradients are replaced; a symbol that an earlier line has set is replaced
by its new value, as the arrows mean it. What the line sets is taken from the rule's own state after the step. A
quantity that no state holds, such as a corrected mean, is what the line's numbers come to, where they come to a number.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fall_line.explanations.arithmetic import evaluate
from fall_line.explanations.latex import RELATIONS, Call, Fenced, Leaf, Node, Number, Row, Scripted, bare, terms, write
from fall_line.explanations.recursion import Statement, lines, statements, symbol_row
from fall_line.trajectories.inspection import Inspection

Floats = NDArray[np.float64]
Known = dict[Row, Floats]

THETA, GRADIENT, TIME, NABLA, LOSS = (Leaf(text) for text in ("\\theta", "g", "t", "\\nabla", "J"))
Unset = Callable[[Floats], bool]

# Of a memory that no line of the formula sets nothing tells whether the rule uses it before or after it has changed it.
# A counter such as t has moved on; other readings are tried where the numbers don't come to the rule's result.
READINGS: tuple[Unset, ...] = (lambda memory: memory.shape == (2,), lambda _: True, lambda _: False)

AXES = ("x", "y")
FILLED = ("\\frac", "\\tfrac", "\\dfrac", "\\sqrt", "\\sqrt[]")


@dataclass(frozen=True)
class Numbers:
    """A statement with its numbers.

    Attributes:
        coordinate: "x", "y", or "" where the statement holds for both together.
        left: the LaTeX of what is set, or "" for a condition.
        sign: the arrow or equals sign, or "".
        right: the tree of the right-hand side with the numbers in it.
        result: what the left-hand side becomes, or None where nothing tells it.
        once: whether the right-hand side holds just once; what a loop repeats only leads to the result.
    """

    coordinate: str
    left: str
    sign: str
    right: Row
    result: Number | None
    once: bool

    @property
    def agrees(self) -> bool:
        """Whether nothing speaks against the result: what is put in comes to it, or to no number."""
        return self.result is None or not self.once or self._comes_to_it(self.result.value)

    @property
    def latex(self) -> str:
        """All of it as LaTeX."""
        return " ".join(self.pieces)

    @property
    def pieces(self) -> tuple[str, ...]:
        """The LaTeX in pieces, between which a line may end: before each + and −, and before the result."""
        first, *others = (write(one) for one in terms(self.right))
        return " ".join(part for part in (self.left, self.sign, first) if part), *others, *self._ending()

    def _ending(self) -> tuple[str, ...]:
        if self.result is None or self.right == (self.result,):
            return ()
        if self.once and not any(_says(node) for node in self.right) and self._comes_to_it(self.result.value):
            return (f"= {self.result.text}",)
        return (f"\\;\\Rightarrow\\; {self.left} = {self.result.text}",)

    def _comes_to_it(self, wanted: float | None) -> bool:
        """Whether nothing speaks against an equals sign: some methods mean a symbol that a case has changed."""
        found = evaluate(self.right)
        if found is None or wanted is None or math.isnan(found) or math.isnan(wanted):
            return True
        return math.isclose(found, wanted, rel_tol=1e-6, abs_tol=1e-12)


@dataclass(frozen=True)
class Caption:
    """One line of a formula: how it is written, its statements, and these with their numbers."""

    line: str
    statements: tuple[Statement, ...]
    numbers: tuple[Numbers, ...]


def explain(inspection: Inspection, digits: int = 4) -> list[Caption]:
    """Return one caption for each line of the method's formula, with numbers of `digits` significant digits.

    At the end of a run, where there is no further step, there are none.
    """
    if inspection.after is None:
        return []
    told = _confirmed([list(_told(inspection, unset, digits)) for unset in READINGS])
    return [
        Caption(
            line=line,
            statements=tuple(one for one, _ in told if one.line == number),
            numbers=tuple(numbers for one, found in told if one.line == number for numbers in found),
        )
        for number, line in enumerate(lines(inspection.optimizer.formula))
    ]


def _confirmed(readings: list[list[tuple[Statement, list[Numbers]]]]) -> list[tuple[Statement, list[Numbers]]]:
    """Return the first of `readings` whose numbers come to what the rule made of them, or else the first."""
    right = (one for one in readings if all(numbers.agrees for _, found in one for numbers in found))
    return next(right, readings[0])


def _told(inspection: Inspection, unset: Unset, digits: int) -> Iterator[tuple[Statement, list[Numbers]]]:
    """Go through the statements in order; `known` holds what each symbol is worth at that place."""
    made = statements(inspection.optimizer.formula)
    known, final = _known(inspection, unset), _final(inspection)
    for index, one in enumerate(made):
        if not (one.target or one.body):
            continue
        axes: list[int | None] = [0, 1] if inspection.optimizer.elementwise and _has_axes(one, known) else [None]
        # What a loop goes on changing is not one number.
        loops = _loops(made, index)
        worth = {name: value for name, value in known.items() if not (loops and name == one.target)}
        rights = [_Filling(inspection, worth, axis, digits).row(one.body) for axis in axes]
        new = final.get(index)
        if new is None and one.target:
            new = _worked_out(rights)
        known.pop(one.target, None)
        if one.target and new is not None:
            known[one.target] = new
        found = [_numbers(one, axis, right, new, digits) for axis, right in zip(axes, rights, strict=True)]
        told = [replace(numbers, once=not loops) for numbers in found]
        yield one, [] if _only_words(one) else told


def _numbers(one: Statement, axis: int | None, right: Row, new: Floats | None, digits: int) -> Numbers:
    result = None if new is None else _number(_along(new, axis), digits)
    return Numbers("" if axis is None else AXES[axis], write(one.target), one.sign, right, result, once=True)


def _worked_out(rights: list[Row]) -> Floats | None:
    values = [value for right in rights if (value := evaluate(right)) is not None]
    return np.array(values if len(values) > 1 else values[0]) if len(values) == len(rights) else None


def _known(inspection: Inspection, unset: Unset) -> Known:
    """Return what each symbol is worth before the first line."""
    assert inspection.after is not None
    known: Known = {(TIME,): np.asarray(inspection.step + 1), (THETA,): inspection.point}
    here = [one.gradient for one in inspection.looks if np.array_equal(one.place, inspection.point, equal_nan=True)]
    if here:
        known[GRADIENT,] = here[0]
    for hyper in inspection.optimizer.hypers:
        # Where a method finds η itself, what was given is the η₀ of its formula.
        symbol = f"{hyper.symbol}₀" if hyper.symbol in inspection.before else hyper.symbol
        known[symbol_row(symbol)] = np.asarray(inspection.settings[hyper.key])
    targets = {one.target for one in statements(inspection.optimizer.formula)}
    for symbol, before in inspection.before.items():
        row = symbol_row(symbol)
        if THETA in row:
            known |= _beside(row, before, inspection.point)
        elif row:
            # What has t − 1 in its name is of the step before.
            earlier = row in targets or _of_before(row) or unset(before)
            known[row] = before if earlier else inspection.after[symbol]
    return known


def _beside(row: Row, difference: Floats, point: Floats) -> Known:
    """Return what the symbol `θ − φ` or `φ − θ` of a memory tells of φ."""
    match row:
        case (Leaf("\\theta"), Leaf("-"), other):
            return {(other,): point - difference}
        case (other, Leaf("-"), Leaf("\\theta")):
            return {(other,): point + difference}
    return {}


def _of_before(row: Row) -> bool:
    return any(isinstance(node, Scripted) and node.below == (TIME, Leaf("-"), Leaf("1")) for node in row)


def _final(inspection: Inspection) -> dict[int, Floats]:
    """Return {number of the statement: what the state after the step holds} for the last that sets each symbol.

    A statement that doesn't hold at every step tells nothing, nor do those before it that set the same.
    """
    assert inspection.after is not None
    assert inspection.next_point is not None
    made = statements(inspection.optimizer.formula)
    after = {symbol_row(symbol): value for symbol, value in inspection.after.items()} | {
        (THETA,): inspection.next_point
    }
    first = {one.line: one for one in reversed(made)}
    conditional = {line for line, one in first.items() if not one.target and one.body and _says(one.body[0])}
    last = {one.target: index for index, one in enumerate(made) if one.target in after}
    return {index: after[target] for target, index in last.items() if made[index].line not in conditional}


def _says(node: Node) -> bool:
    return isinstance(node, Leaf) and (node.text.startswith("\\text") or node.text in RELATIONS)


def _only_words(one: Statement) -> bool:
    return not one.target and all(isinstance(node, Leaf) and node.text.startswith("\\text") for node in one.body)


def _loops(made: tuple[Statement, ...], index: int) -> bool:
    """Whether the statement is repeated until something holds: the word stands in it or right after it."""
    after = made[index + 1].body if index + 1 < len(made) and not made[index + 1].target else ()
    return any(isinstance(node, Leaf) and "until" in node.text for node in (*made[index].body, *after[:1]))


def _has_axes(one: Statement, known: Known) -> bool:
    """Whether the statement is about something that has an x and a y."""
    names = [name for name, value in known.items() if value.shape == (2,)]
    rows = [row for side in (one.target, one.body) for row in _rows(side)]
    return any(NABLA in row or any(_stands(row, at, name) for name in names for at in range(len(row))) for row in rows)


class _Filling:
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
                taken = _number(self.inspection.loss, self.digits)
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
        return _number(_along(value, self.axis), self.digits)


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


def _along(value: Floats, axis: int | None) -> Floats:
    return value[axis] if axis is not None and value.shape == (2,) else value


def _number(value: float | Floats, digits: int) -> Number:
    array = np.asarray(value, dtype=np.float64)
    if array.ndim == 0:
        return Number(in_latex(float(array), digits), float(array))
    rows = [" & ".join(in_latex(float(one), digits) for one in np.atleast_1d(line)) for line in array]
    column = r" \\ ".join(rows)
    return Number(rf"\begin{{pmatrix}} {column} \end{{pmatrix}}", None)


def in_latex(value: float, digits: int) -> str:
    """Return `value` as LaTeX with so many significant digits; powers of ten below a thousandth and from 100,000 on."""
    if math.isnan(value):
        return "\\mathrm{NaN}"
    if math.isinf(value):
        return "\\infty" if value > 0 else "-\\infty"
    if value and not 1e-3 <= abs(value) < 1e5:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return f"{mantissa} \\cdot 10^{{{int(exponent)}}}"
    return f"{value + 0.0:.{digits}g}" if abs(value) < 10**digits else f"{value:.0f}"
