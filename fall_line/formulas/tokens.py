"""Cuts a formula into numbers, names and signs, each with its place in the text."""

import math
import re
import unicodedata
from typing import Literal, NamedTuple

from fall_line.formulas.error import FormulaError, refused

MAX_CHARACTERS = 500

# The letters of a parameter's name that are a Greek letter's; omicron looks like an o, and π and τ are numbers.
GREEK = {
    **{"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta"},
    **{"θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "ρ": "rho"},
    **{"σ": "sigma", "υ": "upsilon", "φ": "phi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega"},
}
WORDS = GREEK | {"π": "pi", "τ": "tau", "√": "sqrt"}
SIGNS = {
    **dict.fromkeys("−–—﹣-", "-"),
    **dict.fromkeys("×·⋅∙∗•", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **{"≤": "<=", "≥": ">=", "≠": "!="},
}
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
HINTS = {
    "=": "write only what the height is, and == to compare inside where(…)",
    "|": "write abs(…)",
    "[": "use round brackets",
    "]": "use round brackets",
    "{": "use round brackets",
    "}": "use round brackets",
    "%": "write a number per cent as a fraction of 1",
    "!": "there is no factorial",
    ";": "separate arguments with a comma",
    "&": "put one where(…) inside the other",
    "½": "write 1/2",
    "°": "angles are in radians, write pi/180*…",
    "∞": "every number must be finite",
    "_": "a name begins with a letter, and 1000 is written without a sign inside",
}
ALLOWED = "letters from a to z, digits and + - * / ^ ( ) , are read"

NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
MODULE = re.compile(r"(?:np|numpy|jnp|jax|math|Math|cmath|torch|tf|scipy)$")
SIGN = re.compile(r"\*\*|<=|>=|==|!=|[-+*/^(),<>]")
SUPERSCRIPT = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")

Kind = Literal["number", "name", "sign", "superscript", "end"]


class Token(NamedTuple):
    """A piece of the text.

    Attributes:
        kind: `superscript` is a raised number, `end` stands behind the last piece.
        text: what it means: `*` for ×, `pi` for π, digits of usual height for raised ones.
        typed: what stands there.
        start, end: the places before and behind it.
    """

    kind: Kind
    text: str
    typed: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """Return the pieces of `text`, the last of them of kind `end`.

    Raises:
        FormulaError: the text is empty or too long, or a sign in it or a number can't be read.
    """
    if len(text) > MAX_CHARACTERS:
        raise FormulaError(f"The formula has {len(text)} characters; at most {MAX_CHARACTERS} are read.")
    if not text.strip():
        raise FormulaError("The formula is empty; write for example x^2 + y^2.")
    found: list[Token] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found.append(_token(text, place))
        place = found[-1].end
    return [*found, Token("end", "", "", len(text), len(text))]


def _token(text: str, place: int) -> Token:
    sign = text[place]
    if match := NUMBER.match(text, place):
        return _finite("number", match[0], match[0], place)
    if match := SUPERSCRIPT.match(text, place):
        return _finite("superscript", match[0].translate(SUPERSCRIPTS), match[0], place)
    if match := NAME.match(text, place):
        return Token("name", match[0], match[0], place, match.end())
    if sign in WORDS:
        return Token("name", WORDS[sign], sign, place, place + 1)
    if match := SIGN.match(text, place):
        meant = "^" if match[0] == "**" else match[0]
        return Token("sign", meant, match[0], place, match.end())
    if sign in SIGNS:
        return Token("sign", SIGNS[sign], sign, place, place + 1)
    if sign == "." and (before := MODULE.search(text[:place])):
        name = NAME.match(text, place + 1)
        function = f"{name[0]}(…)" if name else "sin(…)"
        raise refused(
            before[0] + sign, before.start(), f"functions stand alone, write {function} without what is before it"
        )
    raise refused(sign, place, f"{_called(sign)} can't be read; {HINTS.get(sign, ALLOWED)}")


def _finite(kind: Kind, digits: str, typed: str, place: int) -> Token:
    if math.isinf(float(digits)):
        raise refused(typed, place, "the number is too large; the greatest is about 1.8e308")
    return Token(kind, digits, typed, place, place + len(typed))


def _called(sign: str) -> str:
    """Return the sign's name, which tells those apart that look alike."""
    name = unicodedata.name(sign, "")
    return f"the sign {name}" if name else f"the sign U+{ord(sign):04X}"
