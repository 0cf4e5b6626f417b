"""A JavaScript module that holds one translated surface or one translated update rule."""

import re
from pathlib import Path

from fall_line.translation.body import Body

FUNCTIONS = Path(__file__).with_name("functions")  # those that JavaScript lacks; a module has the ones that it calls


def function(name: str, arguments: str, body: Body) -> str:
    """Return an exported function with these arguments and this body."""
    return f"export function {name}({arguments}) {{\n{body.text()}\n}}\n"


def module(pieces: list[str], bodies: list[Body]) -> str:
    """Return the module of these pieces of text, with the functions that the bodies call."""
    called = sorted(set().union(*(body.files for body in bodies)))
    return "\n".join([*((FUNCTIONS / name).read_text() for name in called), *pieces])


def expression(text: str) -> str:
    """Return the module `text` as an expression for another script: an object of what it exports."""
    names = re.findall(r"^export (?:function|const) (\w+)", text, flags=re.MULTILINE)
    body = re.sub(r"^(\s+|export |\s*//.*\n)", "", text, flags=re.MULTILINE)
    return f"(() => {{\n{body}return {{ {', '.join(names)} }};\n}})()"
