"""Three species of iris by the sizes of their flowers."""

from pathlib import Path

import numpy as np

from networks.task import Data, Task

FILE = Path(__file__).with_name("iris.npz")


def data() -> Data:
    """The 150 flowers, four sizes each, scaled to [0, 1]; a row of targets for each species."""
    with np.load(FILE) as kept:
        sizes, species = kept["sizes"], kept["species"]
    low, high = sizes.min(axis=0), sizes.max(axis=0)
    return Data(((sizes - low) / (high - low)).T, (species == np.arange(3)[:, None]).astype(float))


iris = Task(
    key="iris",
    label="Iris flowers",
    data=data,
    loss="cross_entropy",
    classes=("setosa", "versicolor", "virginica"),
    layers=(8,),
    steps=200,
    lesson="So small that a step costs nothing: one species is told apart at once, the other two overlap.",
    also=("Fisher", "flowers", "classification"),
    source=(
        "R. A. Fisher, The use of multiple measurements in taxonomic problems, 1936; UCI Machine Learning Repository, "
        "doi:10.24432/C56C76, as scikit-learn (BSD-3-Clause) passes it on; CC BY 4.0"
    ),
)
