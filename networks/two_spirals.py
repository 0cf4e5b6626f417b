"""Two spirals wound around each other."""

import numpy as np

from networks.task import Data, Task, View

EACH = 128  # points of a spiral
TURNS = 1.5
NOISE = 0.02


def data() -> Data:
    """Two arms r ↦ r(sin 2πtr, cos 2πtr) and its mirror image, t = 1.5, with normal noise of σ = 0.02."""
    radius = np.sqrt((np.arange(EACH) + 0.5) / EACH)
    angle = 2 * np.pi * TURNS * radius
    arm = radius * np.stack([np.sin(angle), np.cos(angle)])
    noise = np.random.RandomState(0).normal(0.0, NOISE, (2, 2 * EACH))
    return Data(np.concatenate([arm, -arm], axis=1) + noise, np.repeat([[0.0, 1.0]], EACH, axis=1))


two_spirals = Task(
    key="two_spirals",
    label="Two spirals",
    data=data,
    loss="logistic",
    classes=("first", "second"),
    view=View((-1.2, -1.2), (1.2, 1.2)),
    lesson="Hard for its size: the loss lies still for a while, then the boundary winds itself up turn by turn.",
    also=("spiral", "classification", "plateau"),
    source="After Lang and Witbrock, Learning to tell two spirals apart, Connectionist Models Summer School, 1988",
)
