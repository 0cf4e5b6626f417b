"""Surfaces, optimizers and tasks of the user's own: each file of a folder is one, as if it stood in its package."""

import os
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

from fall_line.plugins.plugin_file import PluginError, blamed, read
from fall_line.plugins.trials import faults
from fall_line.settings import Settings
from fall_line.subgradients import with_subgradient
from fall_line.validation import InputError, quoted
from landscapes import SURFACES, Surface
from networks import TASKS, Task, frozen
from optimizers import OPTIMIZERS, Optimizer

# Of this process, in the order of the files: the plugins that were added, and why others weren't.
ADDED: list[Surface | Optimizer | Task] = []
REFUSED: list[PluginError] = []


def load(folder: str | Path) -> list[PluginError]:
    """Add the surface, optimizer or task of every Python file in `folder` and return why those left out were refused.

    Each file is first tried out in another process, so that one that loops for ever or ends the program does no harm.
    Files whose names start with an underscore are passed over. Call it before anything is computed.

    Raises:
        InputError: there is no such folder.
    """
    place = Path(folder).expanduser()
    try:
        names = sorted(name for name in os.listdir(place) if name.endswith(".py") and name[0] not in "._")
    except OSError as error:
        raise InputError(
            f"The folder of plugins is {quoted(str(folder))}; it must be a folder that can be read ({error.strerror})."
        ) from None
    paths = [place.resolve() / name for name in names]
    found = faults(paths)
    refused = [fault for path in paths if (fault := found[path] or _added(path)) is not None]
    REFUSED.extend(refused)
    return refused


def load_chosen(settings: Settings) -> None:
    """Add the plugins of the folder in `settings`, if there is one; what can't be used is told on stderr."""
    try:
        problems = [f"Plugin {fault}" for fault in load(settings.plugins)] if settings.plugins else []
    except InputError as error:
        problems = [str(error)]
    for problem in problems:
        print(problem, file=sys.stderr, flush=True)


def _added(path: Path) -> PluginError | None:
    """Add what the file holds, or return why not."""
    try:
        with redirect_stdout(sys.stderr):
            found = read(path)
        registry = _registry(found.thing)
        if found.thing.key in registry:
            raise PluginError(path.name, found.line, f"the key {quoted(found.thing.key)} is already taken.")
        thing = found.thing
        if isinstance(thing, Surface):
            thing = replace(thing, value=with_subgradient(thing.value))
        elif isinstance(thing, Task):
            with blamed(path, found.line):
                thing = frozen(thing)
        registry[thing.key] = thing
        ADDED.append(thing)
    except PluginError as fault:
        return fault
    return None


def _registry(thing: Surface | Optimizer | Task) -> dict:
    """Return where things of this kind are found by their keys."""
    if isinstance(thing, Surface):
        return SURFACES
    return TASKS if isinstance(thing, Task) else OPTIMIZERS
