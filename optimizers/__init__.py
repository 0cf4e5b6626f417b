"""Update rules. One file is one method."""

from optimizers.optimizer import Optimizer, Problem
from registry import discover

OPTIMIZERS: dict[str, Optimizer] = discover(__name__, Optimizer)

__all__ = ["OPTIMIZERS", "Optimizer", "Problem"]
