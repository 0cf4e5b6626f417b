"""Update rules. One file is one method."""

from fall_line.hyperparameter import Hyper
from fall_line.registry import discover
from optimizers._own import own_optimizer
from optimizers.optimizer import Optimizer, Problem

_FOUND = discover(__name__, Optimizer)
# Those with which a course begins come first.
OPTIMIZERS: dict[str, Optimizer] = dict(sorted(_FOUND.items(), key=lambda one: one[1].taught or len(_FOUND)))

__all__ = ["OPTIMIZERS", "Hyper", "Optimizer", "Problem", "own_optimizer"]
