"""A task made in a notebook or a script."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import numpy as np

from fall_line.validation import InputError, one_line
from networks._faults import faulty_data, faulty_record, faulty_view
from networks.task import Data, Task

KEPT = 64  # tasks that are remembered, so that the same task is the same one
LONGEST = 200  # letters of what a task complains of

_numbers = count(1)
_made: list[tuple[Task, Task]] = []


def own_task(task: Task) -> Task:
    """Return the task that `task` is under a key of its own; the same object is the same task.

    Raises:
        InputError: it can't be learned; the text says why.
    """
    for given, made in _made:
        if task is given or task is made:
            return made
    try:
        fault = next(_faults(task), None)
    except Exception as error:
        text = one_line(str(error).strip().partition("\n")[0])[:LONGEST].rstrip(".")
        raise InputError(f"The task can't be used ({type(error).__name__}: {text}).") from error
    if fault is not None:
        raise InputError(f"The task can't be used: {fault}")
    made = replace(frozen(task), key=f"own-{next(_numbers)}", listed=False)
    _made.append((task, made))
    del _made[:-KEPT]
    return made


def frozen(task: Task) -> Task:
    """Return `task` with the points that it has now, whatever becomes of where they come from."""
    data = Data(*map(np.array, task.data()))
    for part in data:
        part.flags.writeable = False
    return replace(task, data=lambda: data)


def _faults(task: Task) -> Iterator[str]:
    for name in ("label", "lesson", "source"):
        text = getattr(task, name)
        if not isinstance(text, str) or not text.strip():
            yield f"{name} must be a text that isn't empty."
    yield from faulty_record(task)
    yield from faulty_data(task)
    yield from faulty_view(task)
