"""Surfaces and rules as JavaScript modules, for the pages that walk them themselves."""

import json
import logging
from collections.abc import Callable, Iterable
from functools import lru_cache

from fall_line.experiments.response_experiment import answering
from fall_line.pages.json_answer import MADE_HERE
from fall_line.translation.module import expression
from fall_line.translation.response import response_module
from fall_line.translation.rule import rule_module
from fall_line.translation.surface import surface_module
from fall_line.translation.untranslatable import UntranslatableError
from fall_line.validation import InputError
from landscapes import find_surface
from optimizers import OPTIMIZERS

NONE = "export {};\n"

log = logging.getLogger(__name__)


@lru_cache(maxsize=512)
def program(kind: str, key: str) -> str:
    """Return the module of this `kind`, a key of `MAKERS`, and key; if there is none, `NONE`: the log says why."""
    try:
        return MAKERS[kind](key)
    except (KeyError, InputError) as error:
        log.info("There is no program of the %s %s: %s", kind, key, error)
    except UntranslatableError as error:
        log.warning("The %s %s is walked by the server alone. %s", kind, key, error)
    return NONE


def catalogue(kind: str) -> str:
    """Return one module with the programs of all methods, `rule` or `response`, as its export `programs`, by key.

    A method without a program isn't among them, nor is one that was made in this process: another may have its key.
    """
    lasting = [key for key in METHODS.get(kind, dict)() if not key.startswith(MADE_HERE.decode())]
    made = {key: program(kind, key) for key in lasting}
    entries = (f"{json.dumps(key)}: {expression(text)}" for key, text in made.items() if text != NONE)
    return "export const programs = {\n" + "".join(f"{entry},\n" for entry in entries) + "};\n"


METHODS: dict[str, Callable[[], Iterable[str]]] = {"rule": lambda: OPTIMIZERS, "response": answering}
MAKERS: dict[str, Callable[[str], str]] = {
    "surface": lambda key: surface_module(find_surface(key)),
    "rule": lambda key: rule_module(OPTIMIZERS[key]),
    "response": lambda key: response_module(answering()[key]),
}
