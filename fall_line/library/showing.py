"""The page itself in a notebook's cell, from a server beside it."""

import threading
from functools import cache
from typing import TYPE_CHECKING, Any

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.link import to_query
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.experiments.training_link import to_query as training_query
from fall_line.library.descending import descend
from fall_line.library.runs import Runs
from fall_line.library.trainings import Trainings
from fall_line.serving import page_server
from fall_line.validation import InputError, quoted
from landscapes import PREFIX, SURFACES
from networks import TASKS
from optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from IPython.display import IFrame

FRAMED_BY = "http://localhost:* http://127.0.0.1:* https://localhost:* vscode-webview:"  # where notebooks are shown


def show(runs: Runs | Trainings | str | Any, height: int = 900) -> "IFrame":
    """Return the page, opened with `runs`, for a cell of a notebook; its server runs in this process, on loopback.

    Surfaces, tasks and methods that were made in Python are there as well, as long as this process lives: with sliders,
    outcomes, inspector and exports.

    Args:
        runs: what `descend` or `train` returned, or whatever `descend` takes as a whole experiment.
        height: of the cell, pixels.

    Raises:
        InputError: the experiment or the height can't be used, or this is no notebook.
    """
    try:
        from IPython.display import IFrame  # noqa: PLC0415, only a notebook has it
    except ImportError:
        raise InputError("show needs a notebook; elsewhere open runs.link() while the page is served.") from None
    if isinstance(height, bool) or not isinstance(height, int) or not 200 <= height <= 10_000:
        raise InputError(f"Height is {quoted(height)}; it must be a whole number of pixels from 200 to 10000.")
    experiment = (runs if isinstance(runs, Runs | Trainings) else descend(runs)).experiment
    _offer(experiment)
    return IFrame(f"{address()}{_opened(experiment)}", width="100%", height=height)


def _opened(experiment: Experiment | TrainingExperiment) -> str:
    """Return the page that shows `experiment`, with its query."""
    if isinstance(experiment, TrainingExperiment):
        return f"train?{training_query(experiment)}"
    return f"?{to_query(experiment)}"


def _offer(experiment: Experiment | TrainingExperiment) -> None:
    """Put what was made in Python among what the page knows."""
    if isinstance(experiment, TrainingExperiment):
        TASKS.setdefault(experiment.task.key, experiment.task)
    elif not experiment.surface.key.startswith(PREFIX):
        SURFACES.setdefault(experiment.surface.key, experiment.surface)
    for one in experiment.runs:
        OPTIMIZERS.setdefault(one.optimizer.key, one.optimizer)


@cache
def address() -> str:
    """Return where the page is served, having started its server if this is the first time."""
    server = page_server("127.0.0.1", 0, framed_by=FRAMED_BY)
    threading.Thread(target=server.serve_forever, name="fall-line", daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"
