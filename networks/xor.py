"""Opposite quarters of a square belong together."""

import numpy as np

from networks.task import Data, Task, View

POINTS = 256
GAP = 0.08


def data() -> Data:
    """Points spread evenly over [−1, 1]² without a strip of ±0.08 about either axis; class 1 where xy < 0."""
    random = np.random.RandomState(3)
    size = random.uniform(GAP, 1.0, (2, POINTS))
    sign = np.where(random.uniform(size=(2, POINTS)) < 0.5, -1.0, 1.0)
    inputs = sign * size
    return Data(inputs, (inputs[:1] * inputs[1:] < 0).astype(float))


xor = Task(
    key="xor",
    label="Exclusive or",
    data=data,
    loss="logistic",
    classes=("same signs", "opposite signs"),
    layers=(8,),
    steps=200,
    view=View((-1.2, -1.2), (1.2, 1.2)),
    lesson="Without a hidden layer nothing is learned at all; the origin of the weights is a saddle.",
    also=("checkerboard", "Minsky", "classification", "parity"),
    source="Minsky and Papert, Perceptrons, 1969; points drawn anew",
)
