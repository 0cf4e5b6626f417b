"""Where a reader types a surface."""

from typing import Any

from dash import html

from fall_line.components.formula_field import formula_field, typed_key
from fall_line.experiments.experiment import Experiment
from fall_line.pages.explore import ids
from fall_line.pages.explore.catalogue import surface_entry
from fall_line.typesetting import mathml
from landscapes import PREFIX, Surface, find_surface

EXAMPLE = "x^2 + y^2 + 3*sin(2x)*sin(2y)"
GRAMMAR = (
    "2x, 2πx and 3(x + y) are products.",
    "where(x < 1, a, b) is a where x < 1 and b elsewhere.",
    "Where a kink has no slope, the slope is 0 at a minimum, as for abs(x), and else the mean of both sides.",
    "Any other name, such as a or width, becomes a slider.",
)


def formula_panel(experiment: Experiment) -> html.Div:
    """Return the field and the typeset formula, hidden while a listed surface is chosen."""
    typed = experiment.surface if experiment.surface.key.startswith(PREFIX) else None
    return formula_field(
        ids.FORMULA,
        text=typed.key.removeprefix(PREFIX) if typed else EXAMPLE,
        label="J(x, y) =",
        spoken="Formula of the surface",
        latex=_latex(typed) if typed else "",
        note=typed.lesson if typed else "",
        grammar=GRAMMAR,
        hidden=typed is None,
    )


def _latex(surface: Surface) -> str:
    return f"J(x, y) = {surface.formula}"


def described(request: Any) -> dict[str, Any]:
    """Return what the page must know of the typed surface in `request`, ready for JSON.

    Raises:
        InputError: the formula can't be used.
    """
    surface = find_surface(typed_key(request, "surface"))
    return surface_entry(surface) | {"key": surface.key, "typeset": mathml(_latex(surface)), "note": surface.lesson}
