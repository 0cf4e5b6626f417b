"""An experiment becomes a scene: the engine runs once, and all that is left to do is drawing."""

import numpy as np

from drawing.choices import Choices
from drawing.layout import Rectangle, layout
from drawing.losses import can_be_logarithmic
from drawing.response import ResponseScene
from drawing.scene import Floats, Scene
from drawing.timeline import span
from figures.levels import contour_levels
from landscapes import Box, find_surface
from optimizers import OPTIMIZERS
from trajectories import published_responses
from trajectories.experiment import Experiment, Run
from trajectories.outcome import last_finite
from trajectories.response import response
from trajectories.response_experiment import ResponseExperiment
from trajectories.run import domain_losses, loss_grid, run
from trajectories.signals import EPOCHS, SIGNALS

CELL = 2.5  # pixels between two points of the contour's grid
MOST = 900  # points along one axis


def staged(experiment: Experiment | ResponseExperiment, choices: Choices) -> Scene | ResponseScene:
    """Return what a picture of `experiment` shows, a surface or a signal.

    Raises:
        InputError: the chosen steps are not within the experiment.
    """
    if isinstance(experiment, ResponseExperiment):
        return response_scene(experiment, choices)
    return scene(experiment, choices)


def response_scene(experiment: ResponseExperiment, choices: Choices) -> ResponseScene:
    """Return what a picture of answers to a signal shows; hidden runs are left out."""
    span(choices, EPOCHS - 1)
    shown = [one for one in experiment.runs if not one.hidden]
    updates = [response(one.optimizer, one.hypers, experiment.values).updates for one in shown]
    finite = np.isfinite(np.array(updates).reshape(len(shown), EPOCHS))
    ends = np.where(finite.all(axis=1), EPOCHS, np.argmin(finite, axis=1)) - 1
    signal = SIGNALS.get(experiment.signal)
    return ResponseScene(
        choices=choices,
        title=_title(experiment),
        formula=f"g(k) = {signal.formula}" if signal else "drawn by hand",
        signal=experiment.values,
        updates=np.array(updates).reshape(len(shown), EPOCHS),
        ends=ends,
        names=tuple(one.name for one in shown),
        values=tuple(_values(one) for one in shown),
        styles=tuple(one.style or 0 for one in shown),
    )


def _title(experiment: ResponseExperiment) -> str:
    name = published_responses.name_of(experiment)
    if name is not None:
        return published_responses.PUBLISHED_RESPONSES[name].title
    signal = SIGNALS.get(experiment.signal)
    return f"Answers to {signal.label.lower() if signal else 'a drawn signal'}"


def scene(experiment: Experiment, choices: Choices) -> Scene:
    """Return what a picture of `experiment` shows; hidden runs are left out.

    Raises:
        InputError: the chosen steps are not within the experiment.
    """
    span(choices, experiment.steps)
    shown = [index for index, one in enumerate(experiment.runs) if not one.hidden]
    surface = find_surface(experiment.surface)
    place = layout(choices, len(shown)).plot
    view = fitted(Box(*(experiment.view or surface.domain)), place.width / place.height)
    x, y = _grid(view, place)
    everything = run(experiment)
    paths = [everything[index] for index in shown]
    ends = np.array([last_finite(one) for one in paths], dtype=np.int64)
    heights, logarithmic, caption = _heights(experiment, [one.losses for one in paths], ends)
    return Scene(
        choices=choices,
        title=surface.label,
        formula=surface.formula,
        x=x,
        y=y,
        losses=loss_grid(experiment, x, y),
        levels=contour_levels(surface, domain_losses(experiment), experiment.levels),
        view=np.array(view),
        minima=np.array([tuple(one) for one in surface.minima]).reshape(-1, 3),
        points=np.array([one.points for one in paths]).reshape(len(paths), experiment.steps + 1, 2),
        heights=heights,
        ends=ends,
        names=tuple(experiment.runs[index].name for index in shown),
        values=tuple(_values(experiment.runs[index]) for index in shown),
        styles=tuple(experiment.runs[index].style or 0 for index in shown),
        logarithmic=logarithmic,
        loss_caption=caption,
    )


def fitted(box: Box, aspect: float) -> Box:
    """Return the smallest box around `box`, with the same middle, whose width is `aspect` times its height."""
    width, height = box.x_high - box.x_low, box.y_high - box.y_low
    half_x, half_y = max(width, height * aspect) / 2, max(height, width / aspect) / 2
    x, y = (box.x_low + box.x_high) / 2, (box.y_low + box.y_high) / 2
    return Box(x - half_x, x + half_x, y - half_y, y + half_y)


def _grid(view: Box, place: Rectangle) -> tuple[Floats, Floats]:
    counts = (min(MOST, int(length / CELL) + 2) for length in (place.width, place.height))
    across, up = counts
    return np.linspace(view.x_low, view.x_high, across), np.linspace(view.y_low, view.y_high, up)


def _heights(experiment: Experiment, losses: list[Floats], ends: np.ndarray) -> tuple[Floats, bool, str]:
    """Return what the loss panel shows, whether its axis is logarithmic, and its caption."""
    minima = find_surface(experiment.surface).minima
    floor = minima[0].loss if minima else 0.0
    shown = np.array(losses).reshape(len(losses), experiment.steps + 1)
    if experiment.loss_axis == "log" and can_be_logarithmic(shown - floor, ends, bool(minima)):
        return shown - floor, True, f"above the lowest known, {floor:.4g}" if floor else ""
    return shown, False, ""


def _values(one: Run) -> str:
    hypers = OPTIMIZERS[one.optimizer].hypers
    return "   ".join(f"{hyper.symbol or hyper.label} {one.hypers[hyper.key]:.6g}" for hyper in hypers)
