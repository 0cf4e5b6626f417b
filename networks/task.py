"""What a task is: points that a network learns from, the network to begin with, and what to see."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Loss = Literal["logistic", "cross_entropy", "squared"]

# What a network may be, whoever chooses it.
ACTIVATIONS = ("tanh", "relu", "sigmoid", "gelu")
INITIALIZATIONS = ("glorot", "he", "zero")
MAX_LAYERS, MAX_WIDTH = 4, 64
MAX_STEPS = 10_000
MOST_VALIDATION = 0.5


class Data(NamedTuple):
    """Points and what is to be said of them.

    Attributes:
        inputs: (features, points) float64, finite.
        targets: (outputs, points) float64: 0 or 1 of two classes, a single 1 a column of several, else the values.
    """

    inputs: Floats
    targets: Floats


class View(NamedTuple):
    """The part of a task's one or two coordinates that is shown, ends included."""

    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Task:
    """What a network learns. Two are the same if their keys are.

    Attributes:
        key: the name used in links, files and the command line; also the module's name.
        label: the name a reader sees.
        data: `data() -> Data`, the same numbers at each call and in each version of NumPy.
        loss: the mean over the points of `logistic`, log(1 + eᶻ) − yz of one output z, for two classes;
            `cross_entropy`, log Σ eᶻ − z of the right class, for several; or `squared`, ½‖z − y‖², for values.
        lesson: one sentence, what to see here.
        source: paper, book, article or data set, with whatever its licence asks to be said.
        classes: what the classes are called, in the order of the targets; () if values are learned.
        also: what people call it or look for it by; the picker's search knows these.
        layers: neurons in each hidden layer of the network that a reader meets first.
        activation: of its hidden layers, one of `ACTIVATIONS`.
        initialization: of its weights, one of `INITIALIZATIONS`.
        steps: of a first training.
        batch: points in a minibatch of a first training; 0 for all of them.
        validation: share of the points that are kept back to validate.
        view: where one or two coordinates are looked at, or None: there is no picture of the inputs' plane.
        encode: `encode(coordinates) -> inputs`, (1 or 2, points) to (features, points): what the network is given of
            a place in the view. None: the coordinates themselves.
        decode: the way back, for the points to be shown in the view; without it they aren't where there is an `encode`.
        image: rows and columns of the picture that the features are, or None.
        listed: whether it is in the catalogue; the programs of one that isn't are kept for a while only.
    """

    key: str
    label: str
    data: Callable[[], Data]
    loss: Loss
    lesson: str
    source: str
    classes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    layers: tuple[int, ...] = (16, 16)
    activation: str = "tanh"
    initialization: str = "glorot"
    steps: int = 500
    batch: int = 0
    validation: float = 0.25
    view: View | None = None
    encode: Callable[[Floats], Floats] | None = None
    decode: Callable[[Floats], Floats] | None = None
    image: tuple[int, int] | None = None
    listed: bool = True

    def __eq__(self, other: object) -> bool:
        return self.key == other.key if isinstance(other, Task) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def points(self) -> int:
        """How many points there are."""
        return _points(self)

    def inputs_at(self, coordinates: Floats) -> Floats:
        """Return what the network is given of places (1 or 2, points) in the view, as (features, points)."""
        return coordinates if self.encode is None else self.encode(coordinates)

    def coordinates_of(self, inputs: Floats) -> Floats | None:
        """Return where `inputs` (features, points) lie in the view, (1 or 2, points), or None if nobody can tell."""
        if self.encode is None:
            return inputs
        return None if self.decode is None else self.decode(inputs)


@lru_cache(maxsize=256)
def _points(task: Task) -> int:
    return task.data().inputs.shape[1]
