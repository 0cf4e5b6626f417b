"""Answers to what the Explore page asks, from checked input to plain data."""

import math
from typing import Any

import numpy as np
import orjson

from fall_line.experiments.mending import ExperimentError, check
from fall_line.experiments.published import PUBLISHED
from fall_line.explanations.answer import answer
from fall_line.explanations.grid_encoding import encoded
from fall_line.explanations.inspection_answer import inspection_answer
from fall_line.figures.contour import contour_figure
from fall_line.figures.levels import contour_levels
from fall_line.figures.theme import Theme
from fall_line.trajectories.cost import check_seeds
from fall_line.trajectories.loss import domain_losses, loss_grid
from fall_line.trajectories.minima import minima_if_known
from fall_line.validation import quoted
from landscapes import Box, Surface, find_surface

CELL = 4  # pixels between two points of the contour's grid
SPARE = 0.2  # of the view, drawn beyond each edge for panning
MOST = 1000  # points of the grid along one axis


def paths(experiment: Any) -> bytes:
    """Return the answer to an experiment as JSON.

    Raises:
        InputError: something in it can't be used, or its seeds would take too long.
    """
    checked = check(experiment)
    check_seeds(checked)
    return orjson.dumps(answer(checked, wait=False))


def step(request: Any) -> bytes:
    """Return one step of one run looked at closely, as JSON.

    Args:
        request: an `experiment`, the index `run` of one of its runs, the `step`, and whether to `explain` it.

    Raises:
        ExperimentError: something in it can't be used.
    """
    if not isinstance(request, dict):
        raise ExperimentError("A step is asked for with an object.")
    experiment = check(request.get("experiment"))
    check_seeds(experiment)
    run = _counted("Run", request.get("run"), len(experiment.runs) - 1)
    at = _counted("Step", request.get("step"), experiment.steps)
    return orjson.dumps(inspection_answer(experiment, run, at, bool(request.get("explain"))))


def _counted(name: str, value: Any, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ExperimentError(f"{name} is {quoted(value)}; it must be a whole number from 0 to {most}.")
    return value


def contour(request: dict[str, Any]) -> bytes:
    """Return the contour plot, as JSON, of a surface for a view whose plot is `width` pixels wide.

    The `z` of its first trace is left out; it is in `heights`, as `grid_encoding` writes it.

    `layout.meta.minima` is `searching` as long as minima have to be searched for, and then `known`, as in `answer`.

    Raises:
        ExperimentError: surface, parameters, levels or view can't be used.
    """
    width, theme, revision = _trimmings(request)
    asked = {key: request.get(key) for key in ("surface", "parameters", "levels", "view")}
    # Under minibatches the surface is another one.
    asked |= {key: request[key] for key in ("noise", "sigma") if key in request}
    experiment = check(asked | {"runs": [{"optimizer": "gradient_descent"}]})
    landscape, view = experiment.landscape, experiment.shown
    x, y = _grid(view, width)
    losses = loss_grid(landscape, x, y)
    levels = contour_levels(experiment.surface, domain_losses(landscape), experiment.levels)
    known = minima_if_known(landscape)
    figure = contour_figure(x, y, losses, levels, view, known or (), theme)
    told = {"minima": "searching" if known is None else "known"}
    figure.update_layout(uirevision=revision, meta=figure.layout.meta | told)
    heights = encoded(np.asarray(figure.data[0].z, dtype=np.float64))
    figure.data[0].z = None
    return orjson.dumps(figure.to_dict() | {"heights": heights}, option=orjson.OPT_SERIALIZE_NUMPY)


def _trimmings(request: Any) -> tuple[float, Theme, float]:
    """Return width, theme and revision of a request for a contour."""
    if not isinstance(request, dict):
        raise ExperimentError("A contour is asked for with an object.")
    width, theme, revision = (request.get(key) for key in ("width", "theme", "revision"))
    if not isinstance(width, int | float) or not math.isfinite(width):
        raise ExperimentError(f"Width is {quoted(width)}; it must be a number of pixels.")
    if theme not in ("light", "dark"):
        raise ExperimentError(f"Theme is {quoted(theme)}; it must be light or dark.")
    return width, theme, revision if isinstance(revision, int | float) else 0


def _grid(view: Box, width: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the ticks of a grid that covers `view` and some of it beyond, one each `CELL` pixels.

    Whatever is asked, an axis has at most `MOST` ticks.
    """
    step = (view.x_high - view.x_low) / min(max(width, 50), 4000) * CELL
    return _ticks(view.x_low, view.x_high, step), _ticks(view.y_low, view.y_high, step)


def _ticks(low: float, high: float, step: float) -> np.ndarray:
    extra = SPARE * (high - low)
    return np.linspace(low - extra, high + extra, min(MOST, int((high - low + 2 * extra) / step) + 2))


def surface(key: str) -> Surface:
    """Return the surface `key`."""
    return find_surface(key)


def titled_lesson(name: str | None) -> tuple[str, str]:
    """Return title of the published experiment `name` and what to look at in it, or two empty texts for none."""
    return (PUBLISHED[name].title, PUBLISHED[name].lesson) if name in PUBLISHED else ("", "")
