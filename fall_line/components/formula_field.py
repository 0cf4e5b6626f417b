"""Where a reader types a formula: the field, what is wrong, how it reads typeset, and what may be typed."""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from fall_line.components.formula_text import formula_text
from fall_line.components.searching import option
from fall_line.formulas.functions import CONSTANTS, FUNCTIONS
from fall_line.validation import InputError, quoted
from landscapes import PREFIX

OWN = option(
    PREFIX, "Your own formula…", ("custom", "type", "write", "equation", "function")
)  # in the picker beside the listed ones


def picked(key: str) -> str:
    """Return what the picker shows for the surface or signal with this key."""
    return PREFIX if key.startswith(PREFIX) else key


def typed_key(request: Any, name: str) -> str:
    """Return the key, `formula:` and what a reader typed, in the field `name` of what the page asks.

    Raises:
        InputError: there is none.
    """
    key = request.get(name) if isinstance(request, dict) else None
    if not isinstance(key, str) or not key.startswith(PREFIX):
        raise InputError(f"The {name} is {quoted(key)}; it must be {PREFIX} and a formula.")
    return key


def formula_field(
    id: str, *, text: str, label: str, spoken: str, latex: str, note: str, grammar: tuple[str, ...], hidden: bool
) -> html.Div:
    """Return the panel with the id `id`; client/runs/formula-field.ts makes it live.

    Its pieces have the same id and an ending: `-text` the field, `-problem` the sentence, `-preview` the formula
    typeset, `-note` what a reader should know of it.

    Args:
        id: the panel's id.
        text: what stands in the field.
        label: what the formula is equal to, e.g. `J(x, y) =`.
        spoken: the field's name for a screen reader.
        latex: the formula to typeset, empty while none is chosen.
        note: a sentence about it.
        grammar: sentences about what else may be typed, after those that hold for every formula.
        hidden: whether something else than a typed formula is chosen.
    """
    return html.Div(
        id=id,
        className="formula-panel",
        hidden=hidden,
        children=[
            dmc.Textarea(
                id=f"{id}-text",
                value=text,
                label=label,
                debounce=True,
                autosize=True,
                minRows=1,
                maxRows=6,
                size="sm",
                attributes={"input": _attributes(id, spoken)},
            ),
            html.P(id=f"{id}-problem", className="formula-problem", role="alert", hidden=True),
            formula_text(latex, id=f"{id}-preview"),
            html.P(note, id=f"{id}-note", className="prose", hidden=not note),
            html.Details([html.Summary("What can be typed"), *_grammar(grammar)]),
        ],
    )


def _attributes(id: str, spoken: str) -> dict[str, Any]:
    return {
        "aria-label": spoken,
        "aria-describedby": f"{id}-problem",
        "spellCheck": "false",
        "autoComplete": "off",
        "autoCapitalize": "off",
    }


def _grammar(more: tuple[str, ...]) -> list[html.P]:
    sentences = (
        "+ − * / ^ and brackets.",
        f"Functions: {', '.join(FUNCTIONS)}.",
        f"Constants: {', '.join(CONSTANTS)}.",
        *more,
    )
    return [html.P(text, className="prose") for text in sentences]
