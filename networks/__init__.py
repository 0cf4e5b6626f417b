"""What networks learn. One file is one task."""

from fall_line.registry import discover
from networks._own import frozen, own_task
from networks.task import (
    ACTIVATIONS,
    INITIALIZATIONS,
    MAX_LAYERS,
    MAX_STEPS,
    MAX_WIDTH,
    MOST_VALIDATION,
    Data,
    Task,
    View,
)

TASKS: dict[str, Task] = discover(__name__, Task)

__all__ = [
    "ACTIVATIONS",
    "INITIALIZATIONS",
    "MAX_LAYERS",
    "MAX_STEPS",
    "MAX_WIDTH",
    "MOST_VALIDATION",
    "TASKS",
    "Data",
    "Task",
    "View",
    "frozen",
    "own_task",
]
