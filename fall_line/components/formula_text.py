"""A formula that is typeset: Dash has no elements of MathML, so typeset.ts puts them into this one."""

from typing import Any

from dash import html

from fall_line.components.attributes import data
from fall_line.typesetting import mathml


def formula_text(latex: str, **more: Any) -> html.Div:
    """Return the place of `latex`, without dollar signs; of no formula if it is empty. `more` are its attributes."""
    return html.Div(className="formula", **data(mathml=mathml(latex) if latex else ""), **more)
