"""A smooth function of two coordinates, which are given as their 16 bits."""

from networks import _smooth_function
from networks.task import Task, View

smooth_bits = Task(
    key="smooth_bits",
    label="Smooth function of 16 bits",
    data=_smooth_function.data_of_bits,
    loss="squared",
    view=View((-1.0, -1.0), (1.0, 1.0)),
    encode=_smooth_function.bits,
    decode=_smooth_function.place_of_bits,
    lesson=(
        "The same points and values as with two numbers, but neighbours differ in many bits: the training loss falls "
        "even lower, and the validation loss stays far behind."
    ),
    also=("binary", "regression", "encoding", "representation"),
    source="The article's comments",
)
