"""Turns what a reader typed into values, or into a sentence that says what is wrong and what is allowed."""

import difflib
import math
import re
from typing import Any

from pydantic_core import PydanticCustomError

from fall_line.hyperparameter import Hyper

MAX_EXTENT = 1e6
LONGEST_LIST = 400  # letters of a list that a sentence can carry
NEAREST = 8
# 1,000 may be either; 1,000,000 and 1,000.5 and 1.000,5 and 1 000 have groups of thousands, whatever parts them.
EITHER = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")
GROUPED = re.compile(r"([-+]?[1-9]\d{0,2}(?:([,.\s'’])\d{3})(?:\2\d{3})*)(?:[.,](\d*))?")


class InputError(ValueError):
    """A reader's input that can't be used; the text is one sentence for the reader."""


def quoted(value: Any) -> str:
    """Return `value` as a sentence shows it: on one line, text in quotes, anything long cut short."""
    text = one_line(value if isinstance(value, str) else _written(value))
    text = f"{text[:40]}…" if len(text) > 40 else text
    return f"‘{text}’" if isinstance(value, str) else text


def one_line(text: str) -> str:
    """Return `text` with single spaces for white space, and with a mark for what can't be written as UTF-8."""
    return " ".join(text.encode(errors="replace").decode().split())


def _written(value: Any) -> str:
    try:
        return repr(value)
    except (RecursionError, ValueError):  # nested too deeply, or an integer of thousands of digits
        return f"a value of type {type(value).__name__}"


def refusal(field: str, value: Any, allowed: str, *keys: Any) -> PydanticCustomError:
    """Return the error whose context has the sentence, the field, and which `keys` of its mapping to leave out."""
    text = f"{field} is {quoted(value)}; it must be {allowed}"
    return PydanticCustomError("refusal", "{text}", {"text": text, "field": field, "keys": keys})


def passed_on(field: str, error: InputError) -> PydanticCustomError:
    """Return the error that says of `field` what `error` says."""
    sentence = str(error).rstrip(".")
    context = {"text": f"{sentence[0].lower()}{sentence[1:]}", "field": field, "keys": ()}
    return PydanticCustomError("refusal", "{text}", context)


def one_of(field: str, key: Any, allowed: Any) -> str:
    if not isinstance(key, str) or key not in allowed:
        raise refusal(field, key, f"one of {_listed(key, list(allowed))}")
    return key


def _listed(key: Any, allowed: list[str]) -> str:
    """Return the allowed keys; of many only those that look most like `key`, and how many there are besides."""
    if len(", ".join(allowed)) <= LONGEST_LIST:
        return ", ".join(allowed)
    typed = key[:40] if isinstance(key, str) else ""
    alike = difflib.get_close_matches(typed, allowed, NEAREST, cutoff=0.4) or allowed[:NEAREST]
    return f"{', '.join(alike)}, or one of {len(allowed) - len(alike)} others"


def typed(field: str, value: Any, *keys: Any) -> float:
    """Return `value` as a number, or NaN if it is none; as text it may have a decimal comma.

    Raises:
        PydanticCustomError: it is written with groups of thousands, or may be; the sentence asks for another writing.
    """
    if isinstance(value, str):
        value = value.strip().replace("−", "-")
        if instead := _without_thousands(value):
            raise refusal(field, value, f"written {instead}", *keys)
        value = value.replace(",", ".") if "." not in value else value
    try:
        return math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return math.nan


def _without_thousands(text: str) -> str:
    """Return how else to write `text` if it has groups of thousands, or may have; "" if it has none.

    The client's twin is experiment/typed-number.ts.
    """
    if EITHER.fullmatch(text):
        return f"as {text.replace(',', '')}, or as {text.replace(',', '.')} if the comma is a decimal one"
    found = GROUPED.fullmatch(text)
    if found is None or (found[2] == "." and found[1].count(".") == 1 and found[3] is None):
        return ""
    digits = re.sub(r"[^\d+-]", "", found[1])
    return f"without groups of thousands, as {digits}{f'.{found[3]}' if found[3] else ''}"


def number(field: str, value: Any, low: float, high: float, *keys: Any) -> float:
    number = typed(field, value, *keys)
    if not low <= number <= high:
        raise refusal(field, value, f"a number from {low:g} to {high:g}", *keys)
    return number


def whole(field: str, value: Any, low: int, high: int) -> int:
    number = typed(field, value)
    if not low <= number <= high or number != int(number):
        raise refusal(field, value, f"a whole number from {low} to {high}")
    return int(number)


def numbers(field: str, value: Any, names: tuple[str, ...]) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or len(value) != len(names):
        raise refusal(field, value, f"{len(names)} numbers: {', '.join(names)}")
    return tuple(
        number(f"{field} {name}", item, -MAX_EXTENT, MAX_EXTENT) for name, item in zip(names, value, strict=True)
    )


def truth(field: str, value: Any) -> bool:
    known = {True: True, False: False, "true": True, "false": False}
    if not isinstance(value, bool | str) or value not in known:
        raise refusal(field, value, "true or false")
    return known[value]


def settings(field: str, given: Any, hypers: tuple[Hyper, ...], owner: str) -> dict[str, float]:
    if not isinstance(given, dict):
        raise refusal(field, given, "an object of names and numbers")
    known = {hyper.key: hyper for hyper in hypers}
    unknown = [key for key in given if key not in known]
    if unknown:
        allowed = f"one of {', '.join(known)}" if known else "left out, there are none"
        raise refusal(f"a name in the {field} of {owner}", unknown[0], allowed, *unknown)
    return {
        key: number(f"{hyper.label} {hyper.symbol}", given.get(key, hyper.default), hyper.low, hyper.high, key)
        for key, hyper in known.items()
    }
