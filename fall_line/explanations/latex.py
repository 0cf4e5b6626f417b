"""Reads a formula's LaTeX into a tree, so that symbols in it can be found and replaced, and writes the tree again.

Only what formulas of surfaces and methods are made of is known: scripts, fractions, roots, accents, brackets, cases.
Anything else stays a token that is written as it came.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

ARGUMENTS = {"\\frac": 2, "\\tfrac": 2, "\\dfrac": 2, "\\sqrt": 1}
ACCENTS = {"\\hat", "\\bar", "\\tilde", "\\dot", "\\vec", "\\widehat", "\\widetilde", "\\overline", "\\mathbf"}
CLOSING = {
    "(": ")",
    "{": "}",
    "|": "|",
    "\\{": "\\}",
    "\\|": "\\|",
    "\\lvert": "\\rvert",
    "\\lVert": "\\rVert",
    "\\langle": "\\rangle",
    "\\lfloor": "\\rfloor",
}
# A bar that tells its side makes of a minus after it a sign.
BARS = {"|": ("\\lvert", "\\rvert"), "\\|": ("\\lVert", "\\rVert")}
SPACES = {"\\,", "\\;", "\\:", "\\!", "\\ ", "~"}
RELATIONS = {"\\leftarrow", "=", "\\le", "\\ge", "<", ">", "\\approx", "\\in", "\\to"}
OPERATORS = {"+", "-", "/", ",", ";", ":", "&", "\\\\", "\\cdot", "\\times", "\\odot", "\\pm", "\\quad", "\\qquad"}
FUNCTIONS = {"\\max", "\\min", "\\exp", "\\log", "\\ln", "\\sum", "\\nabla", "\\partial", "\\arg"}

_TOKEN = re.compile(
    r"\\(?:operatorname\*?|text|textrm|mathrm|begin|end)\s*\{[^{}]*\}"
    r"|\\(?:left|right)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\.|.)"
    r"|\\[A-Za-z]+|\\.|\S"
)


@dataclass(frozen=True)
class Leaf:
    """One token: a letter, a whole number, an operator, a command without arguments."""

    text: str


@dataclass(frozen=True)
class Number:
    """A number that was put in: how it is written, and its value unless it is a column or a matrix."""

    text: str
    value: float | None


@dataclass(frozen=True)
class Call:
    """A command with its arguments, e.g. a fraction."""

    command: str
    arguments: tuple["Row", ...]


@dataclass(frozen=True)
class Scripted:
    """A base with a subscript, a superscript or both."""

    base: "Node"
    below: "Row | None"
    above: "Row | None"


@dataclass(frozen=True)
class Fenced:
    """What stands between two brackets."""

    opening: str
    body: "Row"
    closing: str


Node: TypeAlias = Leaf | Number | Call | Scripted | Fenced
Row: TypeAlias = tuple[Node, ...]


class LatexError(ValueError):
    """LaTeX that can't be read: a bracket or an argument is missing."""


def parse(text: str) -> Row:
    """Return the tree of `text`, LaTeX without dollar signs.

    Raises:
        LatexError: a bracket isn't closed, or an argument is missing.
    """
    return _Reader(text).row("")


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.findall(text)
        self.place = 0

    def take(self) -> str:
        if self.place == len(self.tokens):
            raise LatexError("something is missing at the end")
        self.place += 1
        return self.tokens[self.place - 1]

    def ahead(self, *wanted: str) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place] in wanted

    def ends(self, closing: str) -> bool:
        if self.place == len(self.tokens):
            if closing:
                raise LatexError(f"{closing} is missing")
            return True
        token = self.tokens[self.place]
        return bool(closing) and (token == closing or (closing == "\\right" and _sized(token, "\\right")))

    def row(self, closing: str) -> Row:
        nodes = []
        while not self.ends(closing):
            nodes.append(self.scripted(self.atom()))
        return tuple(nodes)

    def scripted(self, base: Node) -> Node:
        below, above = None, None
        while self.ahead("_", "^"):
            if self.take() == "_":
                below = self.argument()
            else:
                above = self.argument()
        return base if below is above is None else Scripted(base, below, above)

    def argument(self) -> Row:
        if self.ahead("{"):
            self.take()
            return self.closed("}")
        return (self.atom(one_digit=True),)

    def closed(self, closing: str) -> Row:
        body = self.row(closing)
        self.take()
        return body

    def atom(self, one_digit: bool = False) -> Node:
        token = self.take()
        if token.isdigit():
            return Leaf(token if one_digit else self.number(token))
        if token == "\\sqrt" and self.ahead("["):
            self.take()
            return Call("\\sqrt[]", (self.closed("]"), self.argument()))
        if token in ARGUMENTS or token in ACCENTS:
            return Call(token, tuple(self.argument() for _ in range(ARGUMENTS.get(token, 1))))
        return self.fenced(token) or Leaf(token)

    def fenced(self, token: str) -> Fenced | None:
        if token in CLOSING:
            return Fenced(token, self.closed(CLOSING[token]), CLOSING[token])
        if token.startswith("\\begin"):
            closing = token.replace("begin", "end", 1)
            return Fenced(token, self.closed(closing), closing)
        if _sized(token, "\\left"):
            body = self.row("\\right")
            return Fenced(token, body, self.take())
        return None

    def number(self, digits: str) -> str:
        while self.place < len(self.tokens) and (self.tokens[self.place].isdigit() or self.decimal_point()):
            digits += self.take()
        return digits

    def decimal_point(self) -> bool:
        return self.ahead(".") and self.place + 1 < len(self.tokens) and self.tokens[self.place + 1].isdigit()


def _sized(token: str, command: str) -> bool:
    """Whether `token` is \\left or \\right with the bracket that it sizes."""
    return token.startswith(command) and not token[len(command) :][:1].isalpha()


def bare(row: Row) -> Row:
    """Return `row` without thin spaces, which tell nothing."""
    return tuple(node for node in row if not (isinstance(node, Leaf) and node.text in SPACES))


def terms(row: Row) -> list[Row]:
    """Return the parts of `row` before each + and − that stands between two things and in no bracket."""
    row, found, start = bare(row), [], 0
    for index, node in enumerate(row):
        if index > start and node in (Leaf("+"), Leaf("-")) and not _waits(row[index - 1]):
            found.append(row[start:index])
            start = index
    return [*found, row[start:]]


def _waits(node: Node) -> bool:
    """Whether something must follow `node`, so that a minus after it is a sign."""
    return isinstance(node, Leaf) and (node.text in OPERATORS | RELATIONS or _function(node))


def write(row: Row) -> str:
    """Return `row` as LaTeX, with a dot between a number that was put in and what it multiplies."""
    row = bare(row)
    pieces: list[str] = []
    for index, node in enumerate(row):
        before = row[index - 1] if index else None
        if before is not None and _multiplied(before, node):
            pieces.append("\\cdot")
        pieces.append(_written(node, first=before is None or _opens(before)))
    return " ".join(pieces)


def _opens(node: Node) -> bool:
    """Whether a negative number may follow `node` without brackets."""
    return isinstance(node, Leaf) and (node.text in RELATIONS or node.text in {",", ";", "\\quad", "&", "\\\\"})


def _multiplied(left: Node, right: Node) -> bool:
    return (_put_in(left) or _put_in(right)) and _factor(left) and (_factor(right) or _function(right))


def _put_in(node: Node) -> bool:
    return isinstance(node, Number) or (isinstance(node, Scripted) and isinstance(node.base, Number))


def _factor(node: Node) -> bool:
    if isinstance(node, Scripted):
        return _factor(node.base)
    if isinstance(node, Leaf):
        says = node.text.startswith("\\text") or node.text in RELATIONS | OPERATORS | {"'", "."}
        return not (says or _function(node))
    return True


def _function(node: Node) -> bool:
    if isinstance(node, Scripted):
        return _function(node.base)
    return isinstance(node, Leaf) and (node.text in FUNCTIONS or node.text.startswith("\\operatorname"))


def _written(node: Node, first: bool = True) -> str:
    match node:
        case Leaf(text):
            return text
        case Number(text, _):
            return text if first or not text.startswith("-") else f"\\left({text}\\right)"
        case Call("\\sqrt[]", (index, body)):
            return f"\\sqrt[{write(index)}]{{{write(body)}}}"
        case Call(command, arguments):
            return command + "".join(f"{{{write(argument)}}}" for argument in arguments)
        case Fenced(opening, body, closing):
            opening, closing = BARS.get(opening, (opening, closing))
            return f"{opening} {write(body)} {closing}"
        case Scripted(base, below, above):
            return _base(base) + _script("_", below) + _script("^", above)


def _base(node: Node) -> str:
    if isinstance(node, Number) and (node.text.startswith("-") or "\\cdot" in node.text):
        return f"\\left({node.text}\\right)"
    return _written(node)


def _script(sign: str, row: Row | None) -> str:
    return "" if row is None else f"{sign}{{{write(row)}}}"
