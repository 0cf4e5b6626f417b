"""Noise in the gradient: its kind, its size, its seeds. Closed, the panel says in a few words what there is."""

from dataclasses import asdict
from typing import Any

import dash_mantine_components as dmc
from dash import html

from fall_line.components.attributes import data
from fall_line.components.hint import hinted
from fall_line.components.hyperparameter_slider import hyperparameter_slider, written
from fall_line.components.ids import field
from fall_line.experiments.experiment import MAX_SEEDS, Experiment
from fall_line.experiments.noise_kinds import COPIES, NOISE_KINDS
from fall_line.experiments.noise_words import noise_words
from fall_line.hyperparameter import Hyper
from fall_line.pages.explore import ids

SIGMA = Hyper("sigma", "σ", "noise", 0.3, 1e-3, 100.0, "log", "How strong the noise is; a typed 0 switches it off.")
BATCH = Hyper("batch", "batch", "copies in a minibatch", 4, 1, COPIES, note=f"How many of {COPIES} copies a step sees.")
SEEDS = Hyper(
    "seeds", "seeds", "seeds", 1, 1, MAX_SEEDS, note="How many paths each run walks, each with its own noise."
)
ABOUT = {
    "none": "Every step sees the exact gradient.",
    "additive": "Each step sees the gradient plus σ times a normal number, drawn anew for each coordinate.",
    "multiplicative": "Each step sees the gradient with each coordinate times 1 + σ times a normal number.",
    "minibatch": (
        f"There are {COPIES} copies of the surface, shifted at random by about σ, and each step sees the mean gradient "
        "of a few of them. The surface shown is the mean of all copies."
    ),
}


def noise_numbers() -> dict[str, dict[str, Any]]:
    """Return the ranges of the panel's sliders, as the page's own code needs them."""
    return {"sigma": asdict(SIGMA), "batch": asdict(BATCH) | {"whole": True}, "seeds": asdict(SEEDS) | {"whole": True}}


def noise_panel(experiment: Experiment) -> html.Details:
    """Return the panel, closed."""
    return html.Details(
        id=ids.NOISE_PANEL,
        className="noise",
        **data(noise=experiment.noise),
        children=[
            html.Summary([html.H2("Gradient noise"), html.Span(noise_words(experiment), id=ids.NOISE_WORDS)]),
            dmc.SegmentedControl(
                id=ids.NOISE,
                data=[{"value": key, "label": label} for key, label in NOISE_KINDS.items()],
                value=experiment.noise,
                size="xs",
                fullWidth=True,
                className="choice",
                attributes={"root": {"aria-label": "Kind of noise"}},
            ),
            *(html.P(text, className=f"prose noise-about noise-of-{kind}") for kind, text in ABOUT.items()),
            html.Div(_numbers(experiment), className="noise-numbers"),
        ],
    )


def _numbers(experiment: Experiment) -> list:
    return [
        hyperparameter_slider("experiment", "gradient noise", SIGMA, experiment.sigma),
        html.Div(
            hyperparameter_slider("experiment", "gradient noise", BATCH, experiment.batch, "copies"),
            className="noise-of-minibatch",
        ),
        hyperparameter_slider("experiment", "gradient noise", SEEDS, experiment.seeds, "seeds"),
        _seed(experiment),
        html.P(id=ids.FEWER_SEEDS, className="prose", role="status", hidden=True),
    ]


def _seed(experiment: Experiment) -> html.Div:
    text = dmc.TextInput(
        id=field("seed"),
        value=written(experiment.seed),
        debounce=True,
        size="xs",
        attributes={"input": {"aria-label": "First seed of the noise", "inputMode": "numeric"}},
    )
    name = hinted("seed", "The same seed gives the same noise; all runs share it.", "hyper-symbol")
    return html.Div([name, text, html.Button("New seed", id=ids.NEW_SEED, className="button quiet")], className="seed")
