"""Where a reader types a surface."""

from typing import Any

import numpy as np
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

    `holds` is whether it is defined at the place `from`, where the reader's start is.

    Raises:
        InputError: the formula can't be used.
    """
    surface = find_surface(typed_key(request, "surface"))
    told = {"key": surface.key, "typeset": mathml(_latex(surface)), "note": surface.lesson}
    return surface_entry(surface) | told | {"holds": _holds(surface, request.get("from"))}


def _holds(surface: Surface, start: Any) -> bool:
    """Whether the surface has a finite height at `start`, so that the reader's start can stay; True if it is none."""
    try:
        place = np.array(start, dtype=np.float64).reshape(2, 1, 1)
    except (TypeError, ValueError):
        return True
    usual = {hyper.key: hyper.default for hyper in surface.parameters}
    return surface.grid_value is None or bool(np.isfinite(surface.grid_value(*place, **usual)).all())
