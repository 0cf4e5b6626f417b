"""Update rules. One file is one method."""

from fall_line.registry import discover
from optimizers.optimizer import Optimizer, Problem

OPTIMIZERS: dict[str, Optimizer] = discover(__name__, Optimizer)

__all__ = ["OPTIMIZERS", "Optimizer", "Problem"]
