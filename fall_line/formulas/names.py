"""Which names a formula may use, and which are taken for a slip."""

import difflib
from collections.abc import Iterator

from fall_line.formulas.error import FormulaError, refused
from fall_line.formulas.functions import CONSTANTS, FUNCTIONS
from fall_line.formulas.tokens import GREEK, Token

MAX_LETTERS = 20
ELSEWHERE = {
    "mod": "a - b*floor(a/b) is the remainder of a/b",
    "fmod": "a - b*floor(a/b) is the remainder of a/b",
    "pow": "write a^b",
    "power": "write a^b",
    "square": "write (…)^2",
    "norm": "write hypot(x, y)",
    "maximum": "write max(a, b)",
    "minimum": "write min(a, b)",
    "fabs": "write abs(…)",
    "arcsin": "write asin(…)",
    "arccos": "write acos(…)",
    "arctan": "write atan(…)",
    "arctan2": "write atan2(y, x)",
}
CONDITIONAL = ("if", "else", "and", "or", "not")
NUMBERS = ("inf", "infinity", "nan", "true", "false", "none")


def check_name(token: Token, variables: tuple[str, ...]) -> None:
    """Let `token` pass as the name of a parameter.

    Raises:
        FormulaError: it is too long, or hardly meant as one name.
    """
    if token.text in GREEK.values():
        return
    for why in _slips(token.text, variables):
        raise refused(token.typed, token.start, why)


def _slips(name: str, variables: tuple[str, ...]) -> Iterator[str]:
    """Yield what is wrong with a parameter called `name`."""
    known = (*variables, *CONSTANTS)
    if len(name) > MAX_LETTERS:
        yield f"a name has at most {MAX_LETTERS} letters"
    if name in CONDITIONAL:
        yield "choices are written as where(condition, a, b)"
    if name.lower() in NUMBERS:
        yield "a parameter can't have this name"
    if name.lower() in (*known, *FUNCTIONS):
        yield f"write {name.lower()} in small letters"
    for function in sorted(FUNCTIONS, key=len, reverse=True):
        if name.removeprefix(function) in known:
            yield f"brackets are missing, write {function}({name.removeprefix(function)})"
    for constant in CONSTANTS:
        if name.removeprefix(constant) in variables:
            yield f"this is read as one name, write {constant}*{name.removeprefix(constant)}"
    others = [sign for sign in name if sign not in variables]
    if len(others) < len(name) <= 3 and len(others) <= 1 and name.isalpha():
        yield f"this is read as one name, write {'*'.join(name)}"


def unknown_function(token: Token, variables: tuple[str, ...]) -> FormulaError:
    """Return the error about a name in front of a bracket that is no function."""
    name = token.text
    if name in (*variables, *CONSTANTS) or len(name) == 1:
        return refused(token.typed, token.start, f"{name} is no function, write {name}*(…)")
    if name.lower() in ELSEWHERE:
        return refused(name, token.start, f"there is no function {name}, {ELSEWHERE[name.lower()]}")
    near = difflib.get_close_matches(name.lower(), FUNCTIONS, n=1)
    if near:
        return refused(name, token.start, f"there is no function {_shortened(name)}, write {near[0]}(…)")
    return refused(name, token.start, f"there is no such function; those that are read: {', '.join(FUNCTIONS)}")


def _shortened(name: str) -> str:
    return name if len(name) <= MAX_LETTERS else f"{name[:MAX_LETTERS]}…"
