"""The page of its own that shows answers to a gradient signal."""

from html import escape
from typing import TYPE_CHECKING, Any

from fall_line.drawing.choices import Choices
from fall_line.exports._standalone.document import built, document, footer, fragment, hidden, tuned

if TYPE_CHECKING:
    from fall_line.experiments.response_experiment import ResponseExperiment

STYLES = [built("offline-response.css")]
SCRIPTS = [built("offline-response.js")]


def response_page(experiment: "ResponseExperiment", choices: Choices) -> str:
    """Return the page that shows `experiment`, as HTML; what is asked for as zoom and chosen run is there at first."""
    from fall_line.experiments.published_responses import PUBLISHED_RESPONSES, name_of  # noqa: PLC0415, they need the engine
    from fall_line.explanations.response_answer import response_answer  # noqa: PLC0415

    told = response_answer(experiment)
    name = name_of(experiment)
    lesson = PUBLISHED_RESPONSES[name].lesson if name else ""
    title, formula = _words(experiment)
    main = fragment(
        "response",
        player=fragment("player", counted="epoch"),
        footer=footer("response", told["query"]),
        lesson=escape(lesson),
        lesson_hidden=hidden(not lesson),
        tuned=tuned(experiment.runs),
    )
    runs = f"{len(experiment.runs)} run{'' if len(experiment.runs) == 1 else 's'}"
    subtitle = f"{runs} over {experiment.steps + 1} epochs"
    texts = {
        "kind": "response",
        "theme": choices.theme,
        "text_size": choices.text_size,
        "name": choices.heading or title,
        "subtitle": subtitle,
    }
    return document(
        texts | {"formula": escape(formula) if choices.formula else "", "main": main},
        {"title": choices.title, "formula": choices.formula},
        {"experiment": experiment.model_dump(mode="json"), "data": _data(experiment, choices, told)},
        STYLES,
        SCRIPTS,
    )


def _words(experiment: "ResponseExperiment") -> tuple[str, str]:
    """Return the title and how the signal is made."""
    from fall_line.exports._staging import response_scene  # noqa: PLC0415

    scene = response_scene(experiment, Choices())
    return scene.title, scene.formula


def _data(experiment: "ResponseExperiment", choices: Choices, told: dict[str, Any]) -> dict[str, Any]:
    """Return what client/standalone/response.ts reads: the answer as the page gets it, and what curves look like."""
    from fall_line.experiments.drawn_signal import REACH  # noqa: PLC0415
    from fall_line.figures.theme import PALETTES  # noqa: PLC0415

    return {
        "answer": told,
        "reach": REACH,
        "palettes": {theme: palette._asdict() for theme, palette in PALETTES.items()},
        "symbols": [[(hyper.key, hyper.symbol) for hyper in one.optimizer.hypers] for one in experiment.runs],
        "line_width": choices.line_width,
    }
