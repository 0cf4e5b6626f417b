"""A curve of one variable, measured with noise."""

import numpy as np

from networks.task import Data, Task, View

POINTS = 96
NOISE = 0.15


def data() -> Data:
    """y = sin 3πx · e⁻ˣ/2 at 96 places of [−1, 1], with normal noise of σ = 0.15."""
    random = np.random.RandomState(4)
    place = np.sort(random.uniform(-1.0, 1.0, (1, POINTS)), axis=1)
    height = np.sin(3 * np.pi * place) * np.exp(-place) / 2
    return Data(place, height + random.normal(0.0, NOISE, (1, POINTS)))


noisy_curve = Task(
    key="noisy_curve",
    label="Noisy curve",
    data=data,
    loss="squared",
    view=View((-1.2,), (1.2,)),
    lesson="Slow waves are learned first, fast ones later; with many steps the curve begins to follow the noise.",
    also=("regression", "fit", "overfitting"),
    source="Drawn anew",
)
