"""A ring around a smaller ring."""

import numpy as np

from networks.task import Data, Task, View

EACH = 128  # points of a ring
NOISE = 0.1
INNER = 0.5


def data() -> Data:
    """Points on circles of radius 1 and ½ about the origin, with normal noise of σ = 0.1."""
    angle = 2 * np.pi * np.arange(EACH) / EACH
    ring = np.stack([np.cos(angle), np.sin(angle)])
    noise = np.random.RandomState(2).normal(0.0, NOISE, (2, 2 * EACH))
    return Data(np.concatenate([ring, INNER * ring], axis=1) + noise, np.repeat([[0.0, 1.0]], EACH, axis=1))


circles = Task(
    key="circles",
    label="Two circles",
    data=data,
    loss="logistic",
    classes=("outer", "inner"),
    layers=(8, 8),
    steps=200,
    view=View((-1.5, -1.5), (1.5, 1.5)),
    lesson="No line parts a ring from what is inside it: watch the first layer's lines close up to a polygon.",
    also=("rings", "classification"),
    source="The shape of scikit-learn's make_circles, drawn anew",
)
