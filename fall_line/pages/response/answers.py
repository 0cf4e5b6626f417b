"""Answers to what the Response page asks, from checked input to plain data."""

from typing import Any

import orjson

from fall_line.components.run_list import method_numbers
from fall_line.experiments.drawn_signal import REACH
from fall_line.experiments.published_responses import METHODS, PUBLISHED_RESPONSES, runs_of
from fall_line.experiments.response_experiment import answering, check
from fall_line.experiments.signals import EPOCHS, SIGNALS
from fall_line.explanations.response_answer import response_answer
from fall_line.figures.theme import PALETTES


def answers(experiment: Any) -> bytes:
    """Return the answer to an experiment as JSON.

    Raises:
        ExperimentError: something in it can't be used.
    """
    return orjson.dumps(response_answer(check(experiment)))


def catalogue() -> dict[str, Any]:
    """Return what the page's own code must know, ready for JSON."""
    return {
        "optimizers": method_numbers(answering()),
        "signals": {key: {"label": one.label, "formula": one.formula} for key, one in SIGNALS.items()},
        "published": {
            key: {"title": one.title, "lesson": one.lesson, "experiment": one.experiment.model_dump(mode="json")}
            for key, one in PUBLISHED_RESPONSES.items()
        },
        "settings": {method.name: [run.hypers for run in runs_of(method)] for method in METHODS},
        "palettes": {theme: palette._asdict() for theme, palette in PALETTES.items()},
        "epochs": EPOCHS,
        "reach": REACH,
    }
