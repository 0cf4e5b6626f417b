"""What the Response page is sent for an experiment: the signal, every run's updates and memory, the links."""

import base64
from typing import Any

import numpy as np

from fall_line.experiments.page_links import descent_of
from fall_line.experiments.response_experiment import ResponseExperiment
from fall_line.experiments.response_link import to_query
from fall_line.trajectories.response import response


def response_answer(experiment: ResponseExperiment) -> dict[str, Any]:
    """Return everything that the page draws for `experiment`, ready for JSON.

    `signal` is base64 of float64 (epochs,), of which the page answers by itself while something is dragged; `updates`
    of float32 (runs, epochs), both C-ordered and little-endian.
    `memory` has for each run the symbols of its accumulators and base64 of float32 (accumulators, epochs).
    `explore` has the fields of a link with which the Explore page lets all runs descend a surface.
    """
    signal = experiment.values
    responses = [response(run.optimizer, run.hypers, signal) for run in experiment.runs]
    return {
        "epochs": len(signal),
        "signal": _base64(signal.astype("<f8")),
        "updates": _packed(np.stack([one.updates for one in responses])),
        "memory": [
            {"symbols": list(run.optimizer.memory), "values": _packed(one.memory)}
            for run, one in zip(experiment.runs, responses, strict=True)
        ],
        "names": [run.name for run in experiment.runs],
        "explore": descent_of(experiment),
        "query": to_query(experiment),
    }


def _packed(values: np.ndarray) -> str:
    with np.errstate(over="ignore"):
        return _base64(values.astype("<f4"))


def _base64(values: np.ndarray) -> str:
    return base64.b64encode(values.tobytes()).decode("ascii")
