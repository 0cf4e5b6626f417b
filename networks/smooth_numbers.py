"""A smooth function of two coordinates, which are given as two real numbers."""

from networks import _smooth_function
from networks.task import Task, View

smooth_numbers = Task(
    key="smooth_numbers",
    label="Smooth function of two numbers",
    data=_smooth_function.data_of_numbers,
    loss="squared",
    view=View((-1.0, -1.0), (1.0, 1.0)),
    lesson="An easy task for a small network; beside it stands the same function of the same points, given as bits.",
    also=("regression", "encoding", "representation"),
    source="The article's comments",
)
