"""Handwritten digits on 8 × 8 pixels."""

from pathlib import Path

import numpy as np

from networks.task import Data, Task

FILE = Path(__file__).with_name("digits.npz")


def data() -> Data:
    """The 1,797 pictures, a column of 64 pixels from 0 to 1 each, row by row; a row of targets for each digit."""
    with np.load(FILE) as kept:
        pixels, digits = kept["pixels"], kept["digits"]
    return Data(pixels.T / 16.0, (digits == np.arange(10)[:, None]).astype(float))


digits = Task(
    key="digits",
    label="Handwritten digits",
    data=data,
    loss="cross_entropy",
    classes=tuple("0123456789"),
    layers=(32,),
    batch=64,
    image=(8, 8),
    lesson="All methods get there; they differ in how fast, and in how far the validation loss stays behind.",
    also=("MNIST", "images", "classification", "handwriting"),
    source=(
        "E. Alpaydin and C. Kaynak, Optical recognition of handwritten digits, UCI Machine Learning Repository, 1998, "
        "doi:10.24432/C50P49: its test set, as scikit-learn (BSD-3-Clause) passes it on; CC BY 4.0"
    ),
)
