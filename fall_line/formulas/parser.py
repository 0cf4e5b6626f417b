"""Reads a formula by recursive descent.

    sum        = signed { ("+" | "-") signed }
    signed     = ("-" | "+") signed | product
    product    = factor { ("*" | "/" | nothing) factor }
    factor     = ("-" | "+") factor | power
    power      = atom [ superscript | "^" factor ]
    atom       = number | name | name "(" argument { "," argument } ")" | "(" sum ")"
    condition  = sum comparison sum { comparison sum }

So −x^2 is −(x^2), x^-2 is allowed and 2^3^2 is 2^(3^2). A factor may follow without a sign after a number, π, a bracket
or a superscript, 2x, 2πx or 3(x+y), but not where that could be read in two ways, as in 1/2x and x^2y.
"""

import re
from collections.abc import Callable

from fall_line.formulas.error import FormulaError, refused
from fall_line.formulas.formula import Formula
from fall_line.formulas.functions import CONSTANTS, FUNCTIONS, Function
from fall_line.formulas.names import check_name, unknown_function
from fall_line.formulas.tokens import Token, tokens
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
    walk,
)
from fall_line.hyperparameter import Hyper
from fall_line.validation import quoted

MAX_NESTED = 30  # brackets, signs and exponents inside each other while reading
MAX_DEPTH = 50  # of what has been read
MAX_PARAMETERS = 6
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
NUMBERED = re.compile("([A-Za-z]+?)_?[0-3]")
SLIDER = (-10.0, 10.0)


def parse(text: str, variables: tuple[str, ...] = ("x", "y")) -> Formula:
    """Return the formula that `text` describes; names that are neither variables nor constants become parameters.

    Raises:
        FormulaError: it can't be read; the text says where, why and how to mend it.
    """
    tree = _Reader(tokens(text), variables).formula()
    if max(depth for _, depth in walk(tree)) > MAX_DEPTH:
        raise FormulaError(f"The formula is nested too deeply; at most {MAX_DEPTH} steps may lie inside each other.")
    return Formula(
        text=" ".join(text.split()),
        variables=variables,
        tree=tree,
        parameters=_parameters(tree, variables),
        warnings=_warnings(tree),
    )


def _parameters(tree: Node, variables: tuple[str, ...]) -> tuple[Hyper, ...]:
    """Return a slider for each name in `tree` that is no variable, in the order in which they appear."""
    names = dict.fromkeys(node.name for node, _ in walk(tree) if isinstance(node, Name))
    free = [name for name in names if name not in variables]
    if len(free) > MAX_PARAMETERS:
        listed = ", ".join(quoted(name) for name in free)
        raise FormulaError(f"The formula has {len(free)} names besides {' and '.join(variables)}: {listed}; "
                           f"at most {MAX_PARAMETERS} can have a slider.")  # fmt: skip
    _check_numbered(free, names, variables)
    low, high = SLIDER
    note = "A number of the formula that has a name."
    return tuple(Hyper(name, name, "parameter", default=1.0, low=low, high=high, note=note) for name in free)


def _check_numbered(free: list[str], names: dict[str, None], variables: tuple[str, ...]) -> None:
    """Refuse x1 and x2, x_1 and x_2 or x0 and x1 where coordinates are meant: x and y stand nowhere."""
    numbered = [name for name in free if NUMBERED.fullmatch(name)]
    letters = {NUMBERED.fullmatch(name)[1] for name in numbered}  # type: ignore[index]
    if len(numbered) == len(variables) == 2 and len(letters) == 1 and not names.keys() & set(variables):
        one, other = sorted(numbered)
        raise FormulaError(f"The formula has {quoted(one)} and {quoted(other)}, but neither x nor y: "
                           f"write x for {one} and y for {other}.")  # fmt: skip


def _warnings(tree: Node) -> tuple[str, ...]:
    called = dict.fromkeys(node.function for node, _ in walk(tree) if isinstance(node, Call))
    stepped = [name for name in called if FUNCTIONS[name].steps]
    return tuple(f"{name} has slope 0 everywhere: methods won't move on it." for name in stepped)


class _Reader:
    """Reads tokens from the left; each method takes what the grammar gives its name."""

    def __init__(self, given: list[Token], variables: tuple[str, ...]) -> None:
        self.tokens = given
        self.variables = variables
        self.place = 0
        self.nested = 0
        self.after_exponent = -1  # the place where the last exponent after a ^ ended

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def at(self, *signs: str) -> bool:
        """Whether the next token is one of these signs."""
        return self.next.kind == "sign" and self.next.text in signs

    def formula(self) -> Node:
        whole = self.sum()
        if self.next.kind != "end":
            raise self.unexpected()
        return whole

    def deeper(self, read: Callable[[], Node]) -> Node:
        """Read something that lies inside something else."""
        self.nested += 1
        if self.nested > MAX_NESTED:
            why = f"more than {MAX_NESTED} brackets, signs and exponents lie inside each other"
            raise refused(self.next.typed or "the end", self.next.start, why)
        inner = read()
        self.nested -= 1
        return inner

    def sum(self) -> Node:
        first = self.signed()
        terms = []
        while self.at("+", "-"):
            terms.append((self.take().text == "-", self.signed()))
        return Sum(first, tuple(terms)) if terms else first

    def signed(self) -> Node:
        if not self.at("+", "-"):
            return self.product()
        minus = self.take().text == "-"
        operand = self.deeper(self.signed)
        return Negative(operand) if minus else operand

    def product(self) -> Node:
        factors, divided = [self.factor()], False
        while True:
            if self.at("*"):
                self.take()
                factors.append(self.factor())
                divided = False
            elif self.at("/"):
                self.take()
                factors, divided = [Quotient(_product(factors), self.factor())], True
            elif self.at("(") or (self.next.kind == "name" and self.follows()):
                self.check_unsigned(divided)
                factors.append(self.power())
            else:
                return _product(factors)

    def follows(self) -> bool:
        """Whether a name may follow what stands before it without a sign, as in 2x and 2πx but not in x y."""
        before = self.tokens[self.place - 1]
        return before.kind != "name" or before.text in ("pi", "tau")

    def check_unsigned(self, divided: bool) -> None:
        """Let a factor without a sign pass if it can be read in one way only."""
        before = self.tokens[self.place - 1]
        if divided or self.place == self.after_exponent:
            why = "this can be read in two ways, write * or brackets before it"
            raise refused(self.next.typed, self.next.start, why)
        if before.kind == "sign" and before.text != ")":
            raise self.unexpected()

    def factor(self) -> Node:
        if not self.at("+", "-"):
            return self.power()
        minus = self.take().text == "-"
        operand = self.deeper(self.factor)
        return Negative(operand) if minus else operand

    def power(self) -> Node:
        base = self.atom()
        if self.next.kind == "superscript":
            base = Power(base, Number(float(self.take().text)))
            if self.at("^") or self.next.kind == "superscript":
                raise refused(self.next.typed, self.next.start, "put brackets around the power before it")
        elif self.at("^"):
            self.take()
            base = Power(base, self.deeper(self.factor))
            self.after_exponent = self.place
        return base

    def atom(self) -> Node:
        if self.next.kind == "number":
            return Number(float(self.take().text))
        if self.next.kind == "name":
            return self.named()
        if not self.at("("):
            raise self.missing()
        opening = self.take()
        inner = self.deeper(self.sum)
        self.close(opening)
        return inner

    def named(self) -> Node:
        token = self.take()
        if self.at("(") and token.typed not in ("π", "τ"):
            return self.call(token)
        if token.text in FUNCTIONS:
            raised = self.at("^") or self.next.kind == "superscript"
            example = f"{token.text}(x)^2" if raised else f"{token.text}({', '.join(FUNCTIONS[token.text].arguments)})"
            raise refused(token.typed, token.start, f"a bracket must follow it, write {example}")
        if token.text in self.variables:
            return Name(token.text)
        if token.text in CONSTANTS:
            return Constant(token.text)
        check_name(token, self.variables)
        return Name(token.text)

    def call(self, token: Token) -> Node:
        if token.text not in FUNCTIONS:
            raise unknown_function(token, self.variables)
        function, opening = FUNCTIONS[token.text], self.take()
        arguments = [self.deeper(self.condition if token.text == "where" else self.sum)]
        while self.at(","):
            self.take()
            arguments.append(self.deeper(self.sum))
        self.close(opening)
        if (
            len(arguments) < len(function.arguments)
            or len(arguments) > len(function.arguments) + 99 * function.any_more
        ):
            raise _wrong_count(token, function, len(arguments))
        return Call(token.text, tuple(arguments))

    def condition(self) -> Node:
        operands, signs = [self.sum()], []
        while self.at(*COMPARISONS):
            signs.append(self.take().text)
            operands.append(self.sum())
        if not signs:
            why = "the first argument of where must compare something, as in where(x > 0, a, b)"
            raise refused(self.next.typed or "the end", self.next.start, why)
        return Comparison(tuple(signs), tuple(operands))

    def close(self, opening: Token) -> None:
        if self.at(")"):
            self.take()
        elif self.next.kind == "end":
            raise refused(opening.typed, opening.start, "this bracket is never closed")
        else:
            raise self.unexpected()

    def missing(self) -> FormulaError:
        """Return the error about the next token, before which something must stand."""
        if self.next.kind == "end":
            before = self.tokens[self.place - 1]
            return refused(
                before.typed, before.start, "a number, a name or a bracket must follow, but the formula ends"
            )
        return refused(self.next.typed, self.next.start, "a number, a name or a bracket must stand before it")

    def unexpected(self) -> FormulaError:
        """Return the error about the next token, before which the formula could have ended."""
        token, before = self.next, self.tokens[self.place - 1]
        if token.text == ")":
            why = "no bracket was opened for it"
        elif token.text == ",":
            why = "a comma separates a function's arguments, decimals have a point: 0.5"
        elif token.text in COMPARISONS:
            why = "a comparison can only be the condition of where(condition, a, b)"
        else:
            why = f"a sign is missing before it, write {_shortened(before.typed)}*{_shortened(token.typed)}"
        return refused(token.typed, token.start, why)


def _product(factors: list[Node]) -> Node:
    return Product(tuple(factors)) if len(factors) > 1 else factors[0]


def _wrong_count(token: Token, function: Function, count: int) -> FormulaError:
    names = ", ".join(function.arguments) + (", …" if function.any_more else "")
    given = "1 argument" if count == 1 else f"{count} arguments"
    return refused(token.typed, token.start, f"it has {given}, write {token.text}({names})")


def _shortened(piece: str) -> str:
    return piece if len(piece) <= 20 else f"{piece[:20]}…"
