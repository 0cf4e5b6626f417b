"""Update rules. One file is one method."""

from fall_line.hyperparameter import Hyper
from fall_line.registry import discover
from optimizers._own import own_optimizer
from optimizers.optimizer import Optimizer, Problem

OPTIMIZERS: dict[str, Optimizer] = discover(__name__, Optimizer)

__all__ = ["OPTIMIZERS", "Hyper", "Optimizer", "Problem", "own_optimizer"]
