"""A page of its own: picture, player and numbers in one file that asks nothing of anybody."""

import base64
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from fall_line.drawing.choices import Choices
from fall_line.exports._standalone.document import built, compressed, document, footer, fragment, hidden, tuned
from fall_line.exports._standalone.response import response_page
from fall_line.exports._standalone.training import training_page
from fall_line.exports._standalone.walking import walking
from fall_line.exports._whole_file import whole_file
from fall_line.exports.format import Format

if TYPE_CHECKING:
    from fall_line.experiments.experiment import Experiment
    from fall_line.experiments.response_experiment import ResponseExperiment
    from fall_line.experiments.training_experiment import TrainingExperiment
    from landscapes import Box

STYLES = [built("offline-explore.css")]
SCRIPTS = [built("offline-explore.js")]

CELLS = 200  # of the contour's grid along the longer side of the view
WIDEST, TALLEST = 2.4, 1.1  # plots have this width, and this height, in terms of the other side
SPARE = 1.2  # of what such plots show is drawn, for panning
BROADEST, COARSE = 9.6, 5  # in wide and low windows the contour goes on to this width, in cells that are broader


def write(experiment: "Experiment", choices: Choices, path: Path) -> None:
    """Write a page that shows `experiment` as the Explore page does: it plays, and start and sliders can be moved.

    It has everything in it, works from any place without a network, and forbids the browser to fetch anything. The
    experiment stands in it as JSON, in the element `experiment`, and with it what the engine computed; what is moved
    is computed by the translated programs of the surface and of the methods. Where there are none, or the noise is
    too long, the file says what stays as it is.

    Raises:
        OSError: the file can't be written.
    """
    text = _page(experiment, choices)
    with whole_file(path) as file:
        file.write(text)


def write_response(experiment: "ResponseExperiment", choices: Choices, path: Path) -> None:
    """Write a page that shows `experiment` as the Response page does, with a player that moves the cursor.

    Raises:
        OSError: the file can't be written.
    """
    text = response_page(experiment, choices)
    with whole_file(path) as file:
        file.write(text)


def write_training(experiment: "TrainingExperiment", choices: Choices, path: Path) -> None:
    """Write a page that shows `experiment` as the Train page does, with a player that goes through the training.

    Raises:
        OSError: the file can't be written.
    """
    text = training_page(experiment, choices)
    with whole_file(path) as file:
        file.write(text)


def _page(experiment: "Experiment", choices: Choices) -> str:
    from fall_line.experiments.link import unlinkable  # noqa: PLC0415
    from fall_line.explanations.answer import answer  # noqa: PLC0415, the engine is needed only here

    told, walked = answer(experiment), walking(experiment)
    main = fragment(
        "surface",
        player=fragment("player", counted="step"),
        footer=footer("", "" if unlinkable(experiment) else told["query"]),
        losses_hidden=hidden(not choices.loss_panel),
        tolerance=", ".join(filter(None, [f"{experiment.tolerance:g}", told["noise"]["median"]])),
        summary=escape(told["summary"]),
        tuned=tuned(experiment.runs),
        why=escape(walked.why),
        why_hidden=hidden(not walked.why),
        moved_hidden=hidden(walked.data is None),
    )
    texts = {
        "kind": "explore",
        "theme": choices.theme,
        "text_size": choices.text_size,
        "name": choices.heading or experiment.surface.label,
        "subtitle": subtitle(experiment),
    }
    formula = _formula(experiment.surface.formula) if choices.formula else ""
    return document(
        texts | {"formula": formula, "main": main},
        {"title": choices.title, "formula": choices.formula},
        {
            "experiment": experiment.model_dump(mode="json"),
            "data": _data(experiment, choices, told) | {"walking": walked.data},
        },
        STYLES,
        SCRIPTS,
        walked.script,
    )


def _formula(formula: str) -> str:
    from fall_line.exports._standalone.formula import svg  # noqa: PLC0415, it loads Matplotlib

    return svg(formula)


def subtitle(experiment: "Experiment") -> str:
    """Return parameters, steps, start and noise in a line."""
    from fall_line.experiments.noise_words import drawn_words, picture_words  # noqa: PLC0415

    assert experiment.start is not None
    parameters = (f"{hyper.symbol} {experiment.parameters[hyper.key]:g}" for hyper in experiment.surface.parameters)
    steps = "1 step" if experiment.steps == 1 else f"{experiment.steps:,} steps"
    x, y = experiment.start
    noise = [] if experiment.noise == "none" else [f"noise: {picture_words(experiment)}"]
    noise += filter(None, [drawn_words(experiment)])
    return " · ".join([*parameters, f"{steps} from ({x:.4g}, {y:.4g})", *noise]).replace("-", "−")


def _data(experiment: "Experiment", choices: Choices, told: dict[str, Any]) -> dict[str, Any]:
    """Return what client/standalone/explore.ts reads: the page's answer, both themes' colours, the contour."""
    from fall_line.figures.theme import PALETTES  # noqa: PLC0415

    return {
        "answer": told,
        "contour": _contour(experiment),
        "palettes": {theme: palette._asdict() for theme, palette in PALETTES.items()},
        "view": list(experiment.shown),
        "symbols": [
            [
                (hyper.key, hyper.symbol, *filter(None, [one.schedule_words(hyper, numbers=True)]))
                for hyper in one.optimizer.hypers
            ]
            for one in experiment.runs
        ],
        "line_width": choices.line_width,
    }


def _contour(experiment: "Experiment") -> dict[str, Any]:
    """Return the contour: grid, levels, the way back from a place among them to a loss, and the minima.

    `heights` is z as the Explore page gets it, its numbers compressed: a file isn't compressed on its way.
    """
    from fall_line.explanations.grid_encoding import encoded  # noqa: PLC0415, the engine is needed only here
    from fall_line.figures.levels import TABLE, contour_levels, place_among, way_back  # noqa: PLC0415
    from fall_line.trajectories.loss import domain_losses, loss_grid  # noqa: PLC0415
    from fall_line.trajectories.minima import minima_of  # noqa: PLC0415

    landscape, surface = experiment.landscape, experiment.surface
    x, y = _grid(experiment.shown)
    levels = contour_levels(surface, domain_losses(landscape), experiment.levels)
    packed = encoded(place_among(levels, loss_grid(landscape, x, y)))
    return {
        "x": _packed(x),
        "y": _packed(y),
        "heights": packed | {name: compressed(base64.b64decode(packed[name])) for name in ("planes", "outside")},
        "levels": levels.tolist(),
        "way_back": way_back(levels).tolist(),
        "per_level": TABLE,
        "spacing": None if experiment.levels == "published" and surface.levels is not None else surface.spacing,
        "domain": list(surface.domain),
        "minima": [list(one) for one in minima_of(landscape)],
    }


def _packed(numbers: np.ndarray) -> str:
    return base64.b64encode(numbers.astype("<f8").tobytes()).decode("ascii")


def _grid(view: "Box") -> tuple[np.ndarray, np.ndarray]:
    """Return ticks that cover what plots of every usual shape show of `view`, and some beyond it."""
    width, height = view.x_high - view.x_low, view.y_high - view.y_low
    step = max(width, height) / CELLS
    x = _ticks(view.x_low + width / 2, SPARE * max(width, WIDEST * height), step)
    y = _ticks(view.y_low + height / 2, SPARE * max(height, TALLEST * width), step)
    beyond = (BROADEST * height - (x[-1] - x[0])) / 2
    more = np.arange(1, beyond / (COARSE * step) + 1) * COARSE * step
    return np.concatenate([x[0] - more[::-1], x, x[-1] + more]), y


def _ticks(middle: float, length: float, step: float) -> np.ndarray:
    return np.linspace(middle - length / 2, middle + length / 2, int(length / step) + 2)


html = Format(
    key="html",
    label="Interactive page, works offline (HTML)",
    media_type="text/html",
    write=write,
    write_response=write_response,
    write_training=write_training,
    heeds=frozenset({"theme", "title", "heading", "formula", "loss_panel", "line_width", "text_size"}),
)
