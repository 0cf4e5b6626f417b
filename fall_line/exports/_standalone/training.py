"""The page of its own that shows the training of a network."""

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

import orjson

from fall_line.drawing.choices import Choices
from fall_line.exports._standalone.document import built, compressed, document, footer, fragment, hidden, tuned

if TYPE_CHECKING:
    from fall_line.experiments.training_experiment import TrainingExperiment

STYLES = [built("offline-train.css")]
SCRIPTS = [built("offline-train.js")]
KEPT = 2  # experiments whose numbers are remembered


def training_page(experiment: "TrainingExperiment", choices: Choices) -> str:
    """Return the page that shows `experiment`, as HTML; its numbers are those of the Train page."""
    from fall_line.exports._training_scene import network_words, training_title  # noqa: PLC0415, they need the engine

    data = _data(experiment, choices)
    runs = "1 run" if len(experiment.runs) == 1 else f"{len(experiment.runs)} runs"
    texts = {
        "kind": "train",
        "theme": choices.theme,
        "text_size": choices.text_size,
        "name": choices.heading or training_title(experiment),
        "subtitle": f"{runs} of {experiment.length_words}",
        "formula": escape(network_words(experiment)) if choices.formula else "",
        "main": _main(experiment, data),
    }
    return document(
        texts,
        {"title": choices.title, "formula": choices.formula},
        {"experiment": experiment.model_dump(mode="json"), "data": data},
        STYLES,
        SCRIPTS,
    )


def _main(experiment: "TrainingExperiment", data: dict[str, Any]) -> str:
    from fall_line import __version__  # noqa: PLC0415, the package is still being read when formats are
    from fall_line.experiments.published_trainings import PUBLISHED_TRAININGS, name_of  # noqa: PLC0415

    name = name_of(experiment)
    lesson = PUBLISHED_TRAININGS[name].lesson if name else ""
    linkable = experiment.task.listed and all(run.optimizer.listed for run in experiment.runs)
    return fragment(
        "training",
        player=fragment("player", counted="step"),
        footer=footer("train", data["answer"]["query"] if linkable else ""),
        lesson=escape(lesson),
        lesson_hidden=hidden(not lesson),
        of_values="" if experiment.task.classes else " of-values",
        summary=escape(" ".join(f"{one['name']}: {one['sentence']}" for one in data["answer"]["reports"])),
        tuned=tuned(experiment.runs),
        version=escape(__version__),
        source=escape(experiment.task.source),
    )


def _data(experiment: "TrainingExperiment", choices: Choices) -> dict[str, Any]:
    """Return what client/standalone/train.ts reads."""
    from fall_line.figures.theme import PALETTES  # noqa: PLC0415, the engine is needed only here

    answer, views = _computed(experiment)
    return {
        "answer": answer,
        "views": views,
        "classes": bool(experiment.task.classes),
        "palettes": {theme: palette._asdict() for theme, palette in PALETTES.items()},
        "symbols": [
            [
                (hyper.key, hyper.symbol, *filter(None, [one.schedule_words(hyper, numbers=True)]))
                for hyper in one.optimizer.hypers
            ]
            for one in experiment.runs
        ],
        "line_width": choices.line_width,
    }


@lru_cache(maxsize=KEPT)
def _computed(experiment: "TrainingExperiment") -> tuple[dict[str, Any], str]:
    """Return what the Train page is told, and compressed what is shown of weights, which is most of the numbers.

    Both are kept, so that a file's size and the file itself take one training.
    """
    from fall_line.exports._standalone.training_views import learned, plane  # noqa: PLC0415, they need the engine
    from fall_line.exports._trained import first_seeds  # noqa: PLC0415

    firsts = first_seeds(experiment)
    views = {"learned": learned(experiment, firsts), "plane": plane(experiment, firsts)}
    return _answer(experiment, firsts), compressed(orjson.dumps(views))


def _answer(experiment: "TrainingExperiment", firsts: list[Any]) -> dict[str, Any]:
    """Return what the Train page is told of the whole training."""
    from fall_line.explanations.training_answer import Told, training_answer  # noqa: PLC0415, they need the engine
    from fall_line.exports._trained import trained  # noqa: PLC0415

    def told(key: str, history: Any) -> Told:
        last = int(history.steps[-1])
        return Told(key, history, last, last if last < experiment.steps else None, True)

    runs = [
        [told(f"{run} {seed}", first if seed == 0 else one.history) for seed, one in enumerate(seeds)]
        for run, (first, seeds) in enumerate(zip(firsts, trained(experiment), strict=True))
    ]
    return training_answer(experiment, runs, {})
