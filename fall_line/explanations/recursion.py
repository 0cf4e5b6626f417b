"""A method's formula as statements: what each line sets, and from what."""

from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal

from fall_line.explanations.latex import Call, Fenced, LatexError, Leaf, Node, Row, Scripted, bare, parse
from optimizers.optimizer import Optimizer

ASSIGNMENTS = {"\\leftarrow", "="}
GREEK = {
    **{"α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon", "η": "\\eta"},
    **{"θ": "\\theta", "κ": "\\kappa", "λ": "\\lambda", "μ": "\\mu", "ν": "\\nu", "ξ": "\\xi", "π": "\\pi"},
    **{"ρ": "\\rho", "σ": "\\sigma", "τ": "\\tau", "φ": "\\varphi", "ψ": "\\psi", "ω": "\\omega", "ζ": "\\zeta"},
    **{"Δ": "\\Delta", "Π": "\\Pi", "Σ": "\\Sigma", "Φ": "\\Phi", "Ψ": "\\Psi", "Ω": "\\Omega", "Λ": "\\Lambda"},
}
BELOW = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₜₖₙₓᵢⱼₘ", "0123456789+-tknxijm", strict=True))
ABOVE = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ᵗᵏⁿᵖᵀ", "0123456789+-tknpT", strict=True))
ACCENTS = {"\u0302": "\\hat", "\u0304": "\\bar", "\u0303": "\\tilde"}
Kind = Literal["direction", "square", "other"]


@dataclass(frozen=True)
class Statement:
    """One assignment of a formula, or a condition without a target.

    Attributes:
        line: the number of the formula's line that it stands in, from 0.
        target: what is set, or ().
        sign: the arrow or the equals sign between both.
        body: what it is set to.
    """

    line: int
    target: Row
    sign: str
    body: Row


def lines(formula: str) -> list[str]:
    """Return the lines of `formula` as they are written; a `\\\\` inside an environment ends none."""
    found, depth = [""], 0
    for index, piece in enumerate(formula.split("\\\\")):
        if index and depth == 0:
            found.append(piece)
        elif index:
            found[-1] += "\\\\" + piece
        else:
            found[-1] = piece
        depth += piece.count("\\begin") - piece.count("\\end")
    return [one.strip() for one in found]


@cache
def statements(formula: str) -> tuple[Statement, ...]:
    """Return the statements of `formula` in order; a line that can't be read gives one without target and body."""
    found: list[Statement] = []
    for number, line in enumerate(lines(formula)):
        try:
            parts = _parts(parse(line))
        except LatexError:
            parts = [()]
        found.extend(_statement(number, part) for part in parts)
    return tuple(found)


def _parts(row: Row) -> list[Row]:
    """Split a line where \\quad stands, with or without a comma before it."""
    groups = [tuple(part) for gap, part in groupby(row, lambda node: node == Leaf("\\quad")) if not gap]
    return [part[:-1] if part[-1] in (Leaf(","), Leaf(";")) else part for part in groups]


def _statement(number: int, row: Row) -> Statement:
    for index, node in enumerate(row):
        if isinstance(node, Leaf) and node.text in ASSIGNMENTS:
            return Statement(number, bare(row[:index]), node.text, bare(row[index + 1 :]))
    return Statement(number, (), "", bare(row))


@cache
def symbol_row(symbol: str) -> Row:
    """Return the tree of a `symbol` written in plain characters, e.g. of `β₁`; () if it can't be read."""
    text = ""
    scripts = {key: ("_", to) for key, to in BELOW.items()} | {key: ("^", to) for key, to in ABOVE.items()}
    kinds = groupby(symbol.replace("−", "-"), lambda one: scripts[one][0] if one in scripts else "")
    for kind, group in kinds:
        characters = list(group)
        if kind:
            text += f"{kind}{{{''.join(scripts[one][1] for one in characters)}}}"
            continue
        for one in characters:
            text = _accented(text, one) if one in ACCENTS else f"{text}{GREEK.get(one, one)} "
        text = text.rstrip()
    try:
        return bare(parse(text))
    except LatexError:
        return ()


def _accented(text: str, accent: str) -> str:
    *before, letter = text.split() or [""]
    return " ".join([*before, f"{ACCENTS[accent]}{{{letter}}}"])


@cache
def memory_kinds(optimizer: Optimizer) -> dict[str, Kind]:
    """Return what each memory symbol is: a direction of movement, sums or averages of squares, or something else.

    It is read from the lines of the formula that set it: squares and absolute values make a square, or what comes of
    squares without a gradient; a gradient makes a direction.
    """
    rows = {symbol: symbol_row(symbol) for symbol in optimizer.memory}
    made = statements(optimizer.formula)
    bodies = {symbol: [one.body for one in made if row and one.target == row] for symbol, row in rows.items()}
    kinds = {symbol: _kind(found) for symbol, found in bodies.items()}
    squares = [rows[symbol] for symbol, kind in kinds.items() if kind == "square"]
    for symbol, kind in kinds.items():
        if kind == "other" and any(has(body, square) for body in bodies[symbol] for square in squares):
            kinds[symbol] = "square"
    return kinds


def _kind(bodies: list[Row]) -> Kind:
    nodes = tuple(node for body in bodies for node in body)
    if any(_squared(node) for node in nodes):
        return "square"
    if any(isinstance(node, Leaf | Fenced) and _branches(node) for node in nodes):
        return "other"
    return "direction" if asks(nodes) else "other"


def asks(nodes: Row) -> bool:
    """Whether the gradient, g or ∇J, stands in these `nodes`."""
    return has(nodes, (Leaf("g"),)) or has(nodes, (Leaf("\\nabla"),))


def _branches(node: Leaf | Fenced) -> bool:
    """Whether only a sign or one of several cases is taken."""
    text = node.text if isinstance(node, Leaf) else node.opening
    return text.startswith(("\\operatorname", "\\begin"))


def has(nodes: Row, wanted: Row) -> bool:
    """Whether `wanted` stands in these `nodes`, or in what is inside them."""
    return any((node,) == wanted or has(_inside(node), wanted) for node in nodes)


def _squared(node: Node) -> bool:
    match node:
        case Scripted(_, _, (Leaf("2"),)):
            return True
        case Fenced("|", _, _):
            return True
    return any(_squared(one) for one in _inside(node))


def _inside(node: Node) -> Row:
    match node:
        case Call(_, arguments):
            return tuple(one for argument in arguments for one in argument)
        case Fenced(_, body, _):
            return body
        case Scripted(base, below, above):
            return (base if below is None or above is None else Scripted(base, below, None), *(above or ()))
    return ()


@cache
def moves_against(optimizer: Optimizer, symbol: str) -> bool:
    """Whether θ moves against the memory `symbol`, as in θ ← θ − ηm, rather than along it."""
    wanted = symbol_row(symbol)
    for one in statements(optimizer.formula):
        if one.target != (Leaf("\\theta"),):
            continue
        sign = "+"
        for node in one.body:
            if isinstance(node, Leaf) and node.text in ("+", "-"):
                sign = node.text
            elif has((node,), wanted):
                return sign == "-"
    return True
