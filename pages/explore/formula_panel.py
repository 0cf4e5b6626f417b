"""Where a reader types a surface: the formula, how it reads typeset, and what may be typed."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from formulas.functions import CONSTANTS, FUNCTIONS
from landscapes import PREFIX, Surface, find_surface
from pages.explore import ids
from pages.explore.catalogue import surface_entry
from trajectories.experiment import Experiment
from trajectories.mending import ExperimentError
from validation import quoted

EXAMPLE = "x^2 + y^2 + 3*sin(2x)*sin(2y)"


def typed_part(surface: str) -> str | None:
    """Return the formula in a surface's key, or None for a surface that isn't typed."""
    return surface.removeprefix(PREFIX) if surface.startswith(PREFIX) else None


def picked(surface: str) -> str:
    """Return what the surface picker shows for the surface with this key."""
    return PREFIX if surface.startswith(PREFIX) else surface


def formula_panel(experiment: Experiment) -> html.Div:
    """Return the field and the typeset formula, hidden while a listed surface is chosen."""
    text = typed_part(experiment.surface)
    return html.Div(
        id=ids.FORMULA,
        className="formula-panel",
        hidden=text is None,
        children=[
            dmc.Textarea(
                id=ids.FORMULA_TEXT,
                value=text or EXAMPLE,
                label="J(x, y) =",
                debounce=True,
                autosize=True,
                minRows=1,
                maxRows=6,
                size="sm",
                attributes={
                    "input": {
                        "aria-label": "Formula of the surface",
                        "aria-describedby": ids.FORMULA_PROBLEM,
                        "spellCheck": "false",
                        "autoComplete": "off",
                        "autoCapitalize": "off",
                    }
                },
            ),
            html.P(id=ids.FORMULA_PROBLEM, className="formula-problem", role="alert", hidden=True),
            dcc.Markdown(
                typeset(find_surface(experiment.surface)) if text else "",
                id=ids.FORMULA_PREVIEW,
                mathjax=True,
                className="formula",
            ),
            html.P(find_surface(experiment.surface).lesson if text else "", id=ids.FORMULA_NOTE, className="prose"),
            html.Details([html.Summary("What can be typed"), *_grammar()]),
        ],
    )


def typeset(surface: Surface) -> str:
    """Return the formula of `surface` for a Markdown component."""
    return f"$$J(x, y) = {surface.formula}$$"


def _grammar() -> list[html.P]:
    return [
        html.P(text, className="prose")
        for text in (
            "+ − * / ^ and brackets; 2x and 3(x + y) are products.",
            f"Functions: {', '.join(FUNCTIONS)}.",
            f"where(x < 1, a, b) is a where x < 1 and b elsewhere. Constants: {', '.join(CONSTANTS)}.",
            "Any other name, such as a or width, becomes a slider.",
        )
    ]


def described(request: Any) -> dict[str, Any]:
    """Return what the page must know of the typed surface in `request`, ready for JSON.

    Raises:
        InputError: the formula can't be used.
    """
    key = request.get("surface") if isinstance(request, dict) else None
    if not isinstance(key, str) or not key.startswith(PREFIX):
        raise ExperimentError(f"The surface is {quoted(key)}; it must be {PREFIX} and a formula.")
    surface = find_surface(key)
    return surface_entry(surface) | {"key": surface.key, "typeset": typeset(surface), "note": surface.lesson}
