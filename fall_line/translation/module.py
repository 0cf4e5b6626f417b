"""A JavaScript module that holds one translated surface or one translated update rule."""

import re
from pathlib import Path

from fall_line.translation.body import Body
from fall_line.translation.elementwise import OWN

_SOURCE = Path(__file__).with_name("functions.js").read_text()
_FUNCTIONS = {name: _SOURCE[found.start() : found.end()] for name in OWN if (found := re.search(
    rf"^const {name} = .*?;\n(?=\n|\Z)", _SOURCE, re.MULTILINE | re.DOTALL))}  # fmt: skip


def function(name: str, arguments: str, body: Body) -> str:
    """Return an exported function with these arguments and this body."""
    return f"export function {name}({arguments}) {{\n{body.text()}\n}}\n"


def module(pieces: list[str], bodies: list[Body]) -> str:
    """Return the module of these pieces of text, with the functions that the bodies call."""
    called = set().union(*(body.functions for body in bodies))
    if called & {"erf", "erfc"}:
        called |= {"erf", "erfc"}
    return "\n".join([*(_FUNCTIONS[name] for name in OWN if name in called), *pieces])
