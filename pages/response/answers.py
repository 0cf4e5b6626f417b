"""Answers to what the Response page asks, from checked input to plain data."""

from typing import Any

import orjson

from components.run_list import method_numbers
from figures.theme import PALETTES
from trajectories.published_responses import METHODS, PUBLISHED_RESPONSES, runs_of
from trajectories.response_answer import response_answer
from trajectories.response_experiment import REACH, answering, check
from trajectories.signals import EPOCHS, SIGNALS


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
            key: {"lesson": one.lesson, "experiment": one.experiment.model_dump(mode="json")}
            for key, one in PUBLISHED_RESPONSES.items()
        },
        "settings": {method.name: [run.hypers for run in runs_of(method)] for method in METHODS},
        "palettes": {theme: palette._asdict() for theme, palette in PALETTES.items()},
        "epochs": EPOCHS,
        "reach": REACH,
    }
