"""Surfaces and rules as JavaScript modules, for the pages that walk them themselves."""

import logging
from collections.abc import Callable
from functools import lru_cache

from fall_line.experiments.response_experiment import answering
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


MAKERS: dict[str, Callable[[str], str]] = {
    "surface": lambda key: surface_module(find_surface(key)),
    "rule": lambda key: rule_module(OPTIMIZERS[key]),
    "response": lambda key: response_module(answering()[key]),
}
