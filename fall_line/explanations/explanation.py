"""An update in words of its own formula: every line as it is, and the same line with the numbers of one step put in.

Symbols of hyperparameters, memory, point and gradients are replaced; a symbol that an earlier line has set is replaced
by its new value, as the arrows mean it. What the line sets is taken from the rule's own state after the step. A
quantity that no state holds, such as a corrected mean, is what the line's numbers come to, where they come to a number.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from fall_line.explanations.arithmetic import evaluate
from fall_line.explanations.figures import along, in_figures
from fall_line.explanations.filling import GRADIENT, THETA, Filling, Floats, Known, has_axes
from fall_line.explanations.latex import RELATIONS, Leaf, Node, Number, Row, Scripted, terms, write
from fall_line.explanations.recursion import Statement, lines, statements, symbol_row
from fall_line.trajectories.inspection import Inspection

TIME = Leaf("t")
Unset = Callable[[Floats], bool]

# Of a memory that no line of the formula sets nothing tells whether the rule uses it before or after it has changed it.
# A counter such as t has moved on; other readings are tried where the numbers don't come to the rule's result.
READINGS: tuple[Unset, ...] = (lambda memory: memory.shape == (2,), lambda _: True, lambda _: False)

AXES = ("x", "y")


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
        axes: list[int | None] = [0, 1] if inspection.optimizer.elementwise and has_axes(one, known) else [None]
        # What a loop goes on changing is not one number.
        loops = _loops(made, index)
        worth = {name: value for name, value in known.items() if not (loops and name == one.target)}
        rights = [Filling(inspection, worth, axis, digits).row(one.body) for axis in axes]
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
    result = None if new is None else in_figures(along(new, axis), digits)
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
