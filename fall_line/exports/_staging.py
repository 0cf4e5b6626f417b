"""An experiment becomes a scene: the engine runs once, and all that is left to do is drawing."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from fall_line.drawing.choices import Choices
from fall_line.drawing.frames import Drawable
from fall_line.drawing.layout import layout
from fall_line.drawing.losses import can_be_logarithmic
from fall_line.drawing.rectangle import Rectangle
from fall_line.drawing.response import ResponseScene, response_layout
from fall_line.drawing.scene import Floats, Scene
from fall_line.drawing.timeline import span
from fall_line.experiments import published_responses
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.kinds import Kind
from fall_line.experiments.noise_words import drawn_words, loss_words, picture_words
from fall_line.experiments.reading import AnyExperiment
from fall_line.experiments.response_experiment import ResponseExperiment
from fall_line.experiments.signals import EPOCHS
from fall_line.experiments.typed_signal import find_signal
from fall_line.exports._legend_words import legend_words
from fall_line.exports._training_scene import training_scene
from fall_line.figures.levels import contour_levels
from fall_line.trajectories.loss import domain_losses, loss_grid
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.response import response
from fall_line.trajectories.run import Fan, Trajectory, each_fan, kept_step, last_finite
from fall_line.trajectories.seed_statistics import Quartiles, quartiles
from landscapes import Box, Minimum

CELL = 2.5  # pixels between two points of the contour's grid
MOST = 900  # points along one axis


class _Seeds(NamedTuple):
    """What a picture shows of a run's seeds: the path, those that are drawn thin, and the quartiles of all losses."""

    median: Trajectory
    drawn: list[Trajectory]
    losses: Quartiles
    several: bool

    @classmethod
    def of(cls, experiment: Experiment, fan: Fan) -> "_Seeds":
        """Return what is kept of `fan`."""
        losses = quartiles(np.stack([path.losses for path in fan.paths]))
        return cls(fan.median, fan.paths[: experiment.drawn_seeds], losses, len(fan.paths) > 1)


def staged(experiment: AnyExperiment, choices: Choices) -> Drawable:
    """Return what a picture of `experiment` shows, whatever kind it is of.

    Raises:
        InputError: the chosen steps are not within the experiment, or the words find no room.
    """
    return STAGED[experiment.kind](experiment, choices)


def response_scene(experiment: ResponseExperiment, choices: Choices) -> ResponseScene:
    """Return what a picture of answers to a signal shows; hidden runs are left out."""
    span(choices, EPOCHS - 1)
    shown = [one for one in experiment.runs if not one.hidden]
    updates = [response(one.optimizer, one.hypers, experiment.values).updates for one in shown]
    finite = np.isfinite(np.array(updates).reshape(len(shown), EPOCHS))
    ends = np.where(finite.all(axis=1), EPOCHS, np.argmin(finite, axis=1)) - 1
    drawn = ResponseScene(
        choices=choices,
        **legend_words(choices, title_of(experiment), shown)._asdict(),
        formula="drawn by hand" if experiment.drawn else f"g(k) = {find_signal(experiment.signal).formula}",
        signal=experiment.values,
        updates=np.array(updates).reshape(len(shown), EPOCHS),
        ends=ends,
        epochs=experiment.epochs or (0.0, float(EPOCHS - 1)),
        styles=tuple(one.style or 0 for one in shown),
    )
    response_layout(drawn)  # refused here if the words find no room
    return drawn


def title_of(experiment: ResponseExperiment) -> str:
    """Return what answers to a signal are called."""
    name = published_responses.name_of(experiment)
    if name is not None:
        return published_responses.PUBLISHED_RESPONSES[name].title
    return f"Answers to {experiment.signal_words}"


def scene(experiment: Experiment, choices: Choices) -> Scene:
    """Return what a picture of `experiment` shows; hidden runs are left out.

    Raises:
        InputError: the chosen steps are not within the experiment.
    """
    span(choices, experiment.steps)
    shown = [index for index, one in enumerate(experiment.runs) if not one.hidden]
    surface, landscape = experiment.surface, experiment.landscape
    minima = minima_of(landscape)
    seeds = [_Seeds.of(experiment, fan) for index, fan in enumerate(each_fan(experiment)) if index in shown]
    paths = [one.median for one in seeds]
    drawn = [path for one in seeds for path in (one.median, *one.drawn)]
    kept = [kept_step(experiment, one) for one in paths]
    words = legend_words(choices, _surface_title(experiment), [experiment.runs[index] for index in shown], kept)
    place = layout(choices, words).plot
    view = fitted(experiment.shown, place.width / place.height)
    x, y = _grid(view, place)
    losses = np.array([one.losses for one in drawn]).reshape(len(drawn), experiment.steps + 1)
    floor, logarithmic, caption = _heights(experiment, losses, minima, [last_finite(one) for one in drawn])
    return Scene(
        choices=choices,
        **words._asdict(),
        formula=surface.formula,
        x=x,
        y=y,
        losses=loss_grid(landscape, x, y),
        levels=contour_levels(surface, domain_losses(landscape), experiment.levels),
        view=np.array(view),
        minima=np.array([tuple(one) for one in minima]).reshape(-1, 3),
        points=np.array([one.points for one in paths]).reshape(len(paths), experiment.steps + 1, 2),
        heights=np.array([one.losses - floor for one in paths]).reshape(len(paths), experiment.steps + 1),
        ends=np.array([last_finite(one) for one in paths], dtype=np.int64),
        styles=tuple(experiment.runs[index].style or 0 for index in shown),
        logarithmic=logarithmic,
        loss_caption=", ".join(filter(None, [caption, loss_words(experiment)])),
        kept=np.array([-1 if step is None else step for step in kept], dtype=np.int64),
        **_fan(seeds, floor),
    )


def _surface_title(experiment: Experiment) -> str:
    label = experiment.surface.label
    noise = "" if experiment.noise == "none" else f"noise: {picture_words(experiment)}"
    return ", ".join(filter(None, [label, noise, drawn_words(experiment)]))


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


def _heights(
    experiment: Experiment, losses: Floats, minima: tuple[Minimum, ...], ends: list[int]
) -> tuple[float, bool, str]:
    """Return what the loss panel's heights are above, whether its axis is logarithmic, and its caption."""
    floor = minima[0].loss if minima else 0.0
    known = "" if loss_words(experiment) else " known"  # room for the seeds
    if experiment.loss_axis == "log" and can_be_logarithmic(losses - floor, np.array(ends), bool(minima)):
        return floor, True, f"above the lowest{known}, {floor:.4g}" if floor else ""
    return 0.0, False, ""


def _fan(shown: list[_Seeds], floor: float) -> dict[str, Any]:
    """Return the scene's fields for all seeds, none where there is a single one."""
    if not any(one.several for one in shown):
        return {}
    band = {"band": np.array([np.column_stack([one.losses.lower, one.losses.upper]) - floor for one in shown])}
    if not any(len(one.drawn) > 1 for one in shown):
        return band
    paths = [[np.column_stack([path.points, path.losses - floor]) for path in one.drawn] for one in shown]
    ends = [[last_finite(path) for path in one.drawn] for one in shown]
    return {"fan": np.array(paths), "fan_ends": np.array(ends, dtype=np.int64), **band}


STAGED: dict[Kind, Callable[[Any, Choices], Drawable]] = {
    "surface": scene,
    "response": response_scene,
    "training": training_scene,
}
