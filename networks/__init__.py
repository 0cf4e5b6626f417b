"""What networks learn. One file is one task."""

from fall_line.registry import discover
from networks.task import Data, Task, View

TASKS: dict[str, Task] = discover(__name__, Task)

__all__ = ["TASKS", "Data", "Task", "View"]
