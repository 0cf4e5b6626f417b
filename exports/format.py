"""What a file format is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trajectories.experiment import Experiment


@dataclass(frozen=True)
class Format:
    """A kind of file that an experiment can be written to.

    Attributes:
        key: the file name's suffix without the dot, in lower case; also the module's name.
        label: what a reader gets, a few words.
        write: `write(experiment, path)` makes or replaces the file at `path`. Either the whole file stands there
            afterwards or what stood there before; raises OSError if it can't be written.
    """

    key: str
    label: str
    write: Callable[["Experiment", Path], None]
