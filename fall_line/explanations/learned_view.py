"""What each run has learned at a step, as the page is sent it."""

import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.explanations.grid_encoding import encoded
from fall_line.training.ending import best_step
from fall_line.training.history import Floats, History
from fall_line.training.learned import (
    PLACES,
    confusion_matrix,
    decision_map,
    first_layer_pictures,
    fitted_curve,
    kind_of,
    measured,
    outputs_at,
    places_of,
    true_classes,
)
from fall_line.training.perceptron import Perceptron
from fall_line.training.split import split
from fall_line.training.train import network_of
from networks import Data, Task


def learned_view(
    experiment: TrainingExperiment,
    histories: Sequence[History | None],
    step: int,
    places: int = PLACES,
    known: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Return what is drawn of what the runs with these `histories` have learned, ready for JSON.

    `points` has where the points lie and what is right of them, `runs` for each run null if it has not begun, or: the
    `step` whose weights are shown, the nearest one that is kept; how well it does; and by `kind` of task

    * `outputs`, z over the view as grids, a grid an output, rows from low to high (map);
    * `values`, z along the view, base64 of float32 (outputs, places) (curve), or at the points (values);
    * `counts`, confusion matrices (confusion);

    with `pictures`, base64 of float32 (neurons, rows, columns), where the inputs are pictures.

    Each has a `key`; of points and runs whose key is `known` nothing else is sent.
    """
    task, network = experiment.task, network_of(experiment)
    parted = split(task, experiment.validation)
    points_key = f"{task.key} {experiment.validation!r}"
    seen = [None if one is None else weights_at(experiment, one, step) for one in histories]
    keys = ["" if one is None else _key_of(experiment, *one, places) for one in seen]
    return {
        "kind": kind_of(task),
        "loss": task.loss,
        "classes": task.classes,
        "view": task.view._asdict() if task.view else None,
        "image": task.image,
        "places": places,
        "points_key": points_key,
        "points": None
        if points_key in known
        else {name: _points(task, data) for name, data in parted._asdict().items()},
        "runs": [
            None
            if one is None
            else {"key": key} | ({} if key in known else _run(task, network, *one, parted._asdict(), places))
            for one, key in zip(seen, keys, strict=True)
        ],
    }


def _key_of(experiment: TrainingExperiment, step: int, weights: Floats, places: int) -> str:
    """Return what a run's picture is called: the same weights and points have the same one."""
    said = experiment.model_dump_json(include={"task", "layers", "activation", "validation"})
    return hashlib.blake2b(f"{said} {step} {places}".encode() + weights.tobytes(), digest_size=12).hexdigest()


def weights_at(experiment: TrainingExperiment, history: History, step: int) -> tuple[int, Floats]:
    """Return the kept step that is nearest to `step` and its weights; at the end those to which a run goes back."""
    best = best_step(experiment, history) if step >= history.steps[-1] else None
    nearest = int(np.abs(history.kept - (step if best is None else best)).argmin())
    return int(history.kept[nearest]), history.weights[nearest]


def _points(task: Task, data: Data) -> dict[str, Any]:
    places = places_of(task, data)
    classed = task.loss != "squared"
    return {
        "count": data.inputs.shape[1],
        "at": None if places is None else packed(places),
        "right": packed(true_classes(task.loss, data.targets) if classed else data.targets),
    }


def _run(
    task: Task, network: Perceptron, step: int, weights: Floats, parts: dict[str, Data], places: int
) -> dict[str, Any]:
    outputs = {name: outputs_at(network, weights, data.inputs) for name, data in parts.items()}
    pictures = first_layer_pictures(network, task, weights) if task.image else None
    return {
        "step": step,
        **{name: measured(task.loss, outputs[name], data.targets)._asdict() for name, data in parts.items()},
        **_seen(task, network, weights, outputs, parts, places),
        "neurons": 0 if pictures is None else len(pictures),
        "pictures": None if pictures is None else packed(pictures),
    }


def _seen(
    task: Task,
    network: Perceptron,
    weights: Floats,
    outputs: dict[str, Floats],
    parts: dict[str, Data],
    places: int,
) -> dict[str, Any]:
    kind = kind_of(task)
    if kind == "map":
        return {"outputs": [encoded(one.astype(float)) for one in decision_map(network, task, weights, places)]}
    if kind == "curve":
        return {"values": packed(fitted_curve(network, task, weights))}
    if kind == "values":
        return {"values": {name: packed(one) for name, one in outputs.items()}}
    return {
        "counts": {
            name: confusion_matrix(task.loss, outputs[name], data.targets).tolist() for name, data in parts.items()
        }
    }


def packed(values: NDArray[Any]) -> str:
    """Return `values` as base64 of float32, C-ordered and little-endian."""
    with np.errstate(over="ignore"):
        return base64.b64encode(values.astype("<f4").tobytes()).decode("ascii")
