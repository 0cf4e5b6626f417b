"""The methods that train, with the learning rates with which a reader meets them here."""

from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

from fall_line.experiments.training_methods import first_rate, training_methods
from fall_line.hyperparameter import Hyper
from optimizers import Optimizer


@lru_cache(maxsize=256)
def hypers_of(optimizer: Optimizer) -> tuple[Hyper, ...]:
    """Return the hyperparameters of `optimizer`; the default of its learning rate is the one made for weights."""
    rate, *others = optimizer.hypers
    return (replace(rate, default=first_rate(optimizer)), *others)


def training_numbers() -> dict[str, Any]:
    """Return the label and hyperparameters of each method, as the page's own code needs them for the list."""
    return {
        key: {"label": one.label, "hypers": {hyper.key: asdict(hyper) for hyper in hypers_of(one)}}
        for key, one in training_methods().items()
    }
