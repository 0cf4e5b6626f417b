"""What the records of surfaces, optimizers and tasks have in common: texts, numbers, functions."""

import inspect
import math
import re
from collections.abc import Iterator
from typing import Any

from fall_line.hyperparameter import Hyper
from fall_line.typesetting import fault
from fall_line.validation import quoted

KEY = re.compile(r"[a-z][a-z0-9_]*")


def faulty_texts(record: Any, *names: str) -> Iterator[str]:
    """Yield a sentence for the key and each of the texts called `names` that can't be used."""
    if not isinstance(record.key, str) or not KEY.fullmatch(record.key):
        yield "key must be small letters a to z, digits and underscores, beginning with a letter."
    for name in names:
        text = getattr(record, name)
        if not isinstance(text, str) or not text.strip():
            yield f"{name} must be a text that isn't empty."


def faulty_latex(formula: str) -> Iterator[str]:
    """Yield a sentence if the page can't typeset `formula`, alone or, if it has several, one of its lines."""
    if "$" in formula:
        yield "formula must be LaTeX without dollar signs."
    for line in [formula] if r"\begin" in formula else formula.split(r"\\"):
        if why := fault(line):
            yield f"formula can't be typeset: {why}, in {quoted(line.strip())}."


def faulty_words(record: Any) -> Iterator[str]:
    """Yield a sentence if what else the record is called isn't a tuple of texts."""
    words = record.also
    if not isinstance(words, tuple) or not all(isinstance(one, str) and one.strip() for one in words):
        yield 'also must be a tuple of texts; a tuple of one has a comma: ("SGD",).'


def faulty_numbers(name: str, hypers: Any) -> Iterator[str]:
    """Yield a sentence if `hypers` isn't a tuple of records with keys of their own."""
    if not isinstance(hypers, tuple) or not all(isinstance(one, Hyper) for one in hypers):
        yield f"{name} must be a tuple of Hyper records; a tuple of one has a comma: (Hyper(…),)."
    keys = [one.key for one in hypers]
    if len(set(keys)) < len(keys) or not all(isinstance(key, str) and KEY.fullmatch(key) for key in keys):
        yield f"{name} must have keys of small letters, digits and underscores, each its own."


def callable_as(name: str, function: Any, arguments: tuple[str, ...], hypers: tuple[Hyper, ...]) -> Iterator[str]:
    """Yield a sentence if `function` can't be called with so many `arguments` and the `hypers` as keywords."""
    words = ", ".join([*arguments, *(f"{one.key}=…" for one in hypers)])
    if not callable(function):
        yield f"{name} must be a function, to be called as {name}({words})."
    try:
        inspect.signature(function).bind(*arguments, **{one.key: one.default for one in hypers})
    except TypeError as error:
        yield f"{name} can't be called as {name}({words}): {error}."


def finite(numbers: Any) -> bool:
    """Return whether `numbers` is a tuple of finite numbers."""
    return isinstance(numbers, tuple) and all(
        isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one) for one in numbers
    )
