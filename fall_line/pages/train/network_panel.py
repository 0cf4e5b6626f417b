"""What is learned, by which network, and how it is trained: the choices that all runs share."""

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from fall_line.components.attributes import select_name
from fall_line.components.hint import hinted
from fall_line.components.hyperparameter_slider import hyperparameter_slider, written
from fall_line.components.searching import SEARCHED, option
from fall_line.experiments.schedules import SCHEDULES
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.pages.train import ids
from fall_line.pages.train.network_numbers import SEEDS, STEPS
from networks import ACTIVATIONS, INITIALIZATIONS, TASKS

GROWTHS = {"constant": "none"} | {key: f"by {one.label.lower()}" for key, one in SCHEDULES.items()}
CHOICES = {"activation": "Activation", "weights": "First weights", "growth": "How batches grow"}
NAMES = {"tanh": "tanh", "relu": "ReLU", "sigmoid": "sigmoid", "gelu": "GELU"}
FIRST_WEIGHTS = {"glorot": "Glorot, even", "he": "He, normal", "zero": "all zero"}


def network_panel(experiment: TrainingExperiment) -> list[html.Section]:
    """Return the three sections of the rail."""
    return [
        _section("Task", _task(experiment), html.P(id=ids.TASK_TEXT, className="prose")),
        _section(
            "Network",
            _typed("layers", "layers", "Hidden layers, the width of each", layers_words(experiment), _ABOUT_LAYERS),
            _chosen(ids.ACTIVATION, "activation", NAMES, ACTIVATIONS, experiment.activation, _ABOUT_ACTIVATION),
            _chosen(
                ids.INITIALIZATION, "weights", FIRST_WEIGHTS, INITIALIZATIONS, experiment.initialization, _ABOUT_WEIGHTS
            ),
        ),
        _section(
            "Training",
            hyperparameter_slider("experiment", "all runs", STEPS, experiment.steps, "steps"),
            _typed("batch", "batch", "Points in a minibatch", batch_words(experiment), _ABOUT_BATCH),
            _chosen(ids.GROWTH, "growth", GROWTHS, tuple(GROWTHS), growth(experiment), _ABOUT_GROWTH),
            html.P(id=ids.BATCHES, className="prose train-beside", hidden=True),
            _typed(
                "validation", "kept back", "Share of the points kept back", written(experiment.validation), _ABOUT_SHARE
            ),
            _typed("l2", "L2 λ", "L2 penalty λ", written(experiment.l2), _ABOUT_PENALTY),
            hyperparameter_slider("experiment", "all runs", SEEDS, experiment.seeds, "seeds"),
            _typed("seed", "seed", "First seed", written(experiment.seed), _ABOUT_SEED, _new_seed()),
            _typed("patience", "patience", "Patience in steps", written(experiment.patience), _ABOUT_PATIENCE),
            dmc.Switch(
                id=ids.RETURN_BEST, label="Return to best at the end", checked=experiment.return_best, size="xs"
            ),
        ),
    ]


_ABOUT_LAYERS = "The width of each hidden layer, with commas between, up to 4 of 1 to 64; none for a line or a plane."
_ABOUT_ACTIVATION = "What each neuron of a hidden layer makes of the sum that it gets."
_ABOUT_WEIGHTS = "How the first weights are drawn; biases begin at 0. All runs begin with the same ones."
_ABOUT_BATCH = "How many points a step learns from, or all. All runs meet them in the same order."
_ABOUT_GROWTH = (
    "Divides the size of a minibatch by the factor by which the schedule would scale a learning rate: where that "
    "falls, batches grow, and there is less noise."
)
_ABOUT_SHARE = (
    "What share of the points is kept back, 0 to 0.5. No run learns from them: their loss, the validation loss, tells "
    "what is understood."
)
_ABOUT_PENALTY = "Adds λ/2 times the sum of all squared weights to the loss."
_ABOUT_SEED = "The same seed draws the same first weights and the same minibatches; all runs share it."
_ABOUT_PATIENCE = "After so many steps without a lower validation loss a run stops; 0 never stops."


def layers_words(experiment: TrainingExperiment) -> str:
    """Return the widths of the hidden layers as their field has them."""
    return ", ".join(map(str, experiment.layers)) or "none"


def batch_words(experiment: TrainingExperiment) -> str:
    """Return the size of a minibatch as its field has it."""
    return str(experiment.batch) if experiment.batch else "all"


def growth(experiment: TrainingExperiment) -> str:
    """Return the kind of schedule by which minibatches grow, or "constant"."""
    return str(experiment.batch_schedule.get("kind", "constant"))


def _section(title: str, *parts: Component) -> html.Section:
    return html.Section([html.H2(title), *parts], className="rail-section train-numbers")


def _task(experiment: TrainingExperiment) -> dmc.Select:
    groups: dict[str, list[dict[str, Any]]] = {"Classes": [], "Values": []}
    for one in TASKS.values():
        kind = "Classes" if one.classes else "Values"
        groups[kind].append(option(one.key, one.label, one.also, about=(one.lesson, one.source)))
    return dmc.Select(
        id=ids.TASK,
        data=[{"group": title, "items": items} for title, items in groups.items()],
        value=experiment.task.key,
        allowDeselect=False,
        **SEARCHED,
        size="sm",
        maxDropdownHeight=420,
        attributes=select_name("Task"),
    )


def _typed(key: str, word: str, name: str, text: str, about: str, *more: Component) -> html.Div:
    field = dmc.TextInput(
        id=ids.field(key), value=text, debounce=True, size="xs", attributes={"input": {"aria-label": name}}
    )
    return html.Div([hinted(word, about, "hyper-symbol"), field, *more], className="train-field")


def _chosen(id: str, word: str, names: dict[str, str], keys: tuple[str, ...], value: str, about: str) -> html.Div:
    choice = dmc.Select(
        id=id,
        data=[{"value": key, "label": names.get(key, key)} for key in keys],
        value=value,
        allowDeselect=False,
        size="xs",
        attributes=select_name(CHOICES[word]),
    )
    return html.Div([hinted(word, about, "hyper-symbol"), choice], className="train-field")


def _new_seed() -> html.Button:
    return html.Button("New seed", id=ids.NEW_SEED, className="button quiet")
