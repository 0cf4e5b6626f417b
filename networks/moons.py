"""Two half moons that reach into each other."""

import numpy as np

from networks.task import Data, Task, View

EACH = 128  # points of a moon
NOISE = 0.15


def data() -> Data:
    """The upper half of a circle about (−½, −¼) and the lower half of one about (½, ¼), noise of σ = 0.15."""
    angle = np.linspace(0.0, np.pi, EACH)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    noise = np.random.RandomState(1).normal(0.0, NOISE, (2, 2 * EACH))
    return Data(np.concatenate([upper, -upper], axis=1) + noise, np.repeat([[0.0, 1.0]], EACH, axis=1))


moons = Task(
    key="moons",
    label="Two moons",
    data=data,
    loss="logistic",
    classes=("upper", "lower"),
    layers=(8, 8),
    steps=200,
    view=View((-2.0, -1.5), (2.0, 1.5)),
    lesson="A straight line gets not quite nine points of ten right; only a bend in the boundary gets the rest.",
    also=("half moons", "classification", "easy"),
    source="The shape of scikit-learn's make_moons, drawn anew",
)
