"""Ids of the Train page, declared once. Those written in client/train are the same words."""

from typing import Any

PLOT = "train-plot"
PLOT_TEXT = "train-plot-text"
GO_ON = "train-go-on"
CONTINUED = "train-continued"
CONTINUED_TEXT = "train-continued-text"
BEFORE = "train-before"
TAKE_BACK = "train-take-back"
PROGRESS = "train-progress"
PROGRESS_BAR = "train-progress-bar"
PROGRESS_TEXT = "train-progress-text"
PAUSE = "train-pause"
CANCEL = "train-cancel"
LONG = "train-long"
RUNS = "train-runs"
SETTINGS = "settings"
LESSON = "train-lesson"
TASK_TEXT = "train-task-text"
OUTCOMES = "train-outcomes"
PLAYER = "train-player"
VIEWS = "train-views"
TIP = "train-tip"
SUMMARY = "train-summary"

TASK = "train-task"
ACTIVATION = "train-activation"
GROWTH = "train-growth"
BATCHES = "train-batches"
INITIALIZATION = "train-initialization"
LOSS_AXIS = "train-loss-axis"
ALONG = "train-along"
SMOOTH = "train-smooth"
RETURN_BEST = "train-return-best"
PUBLISHED = "train-published"
ADD_RUN = "train-add"
NEW_SEED = "train-new-seed"
OPEN_FILE = "train-open-file"
COPY_LINK = "train-copy"

OPENING = "train-opening"
CATALOGUE = "train-catalogue"
OPENED = "train-opened"
STRUCTURE = "train-structure"
SINK = "train-sink"

# The same words as on the Explore page: one code writes into both.
WORKING = "working"


def field(key: Any) -> dict[str, Any]:
    """A field of the training that has no slider: `layers`, `batch`, `validation`, `l2`, `seed`, `patience`."""
    return {"type": "training", "key": key}
