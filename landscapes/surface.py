"""What a surface is: a function of x and y, and what a reader should know about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from jax import Array
from numpy.typing import NDArray

from fall_line.hyperparameter import Hyper


class Box(NamedTuple):
    """A rectangle in the plane, ends included."""

    x_low: float
    x_high: float
    y_low: float
    y_high: float


class Minimum(NamedTuple):
    """A local minimum: where it lies and the loss there."""

    x: float
    y: float
    loss: float


@dataclass(frozen=True, eq=False)
class Surface:
    """A loss surface J(x, y). Two are the same if their keys are.

    Attributes:
        key: the name used in links, files and the command line; also the module's name.
        label: the name a reader sees.
        value: `value(x, y, **parameters)`, elementwise on JAX arrays of any one shape, float64 in and out. Only
            JAX operations: gradients come from `jax.grad` and must be finite everywhere in the domain. Where a kink has
            none, `with_subgradient` gives one to surfaces that are typed, own or plugins.
        domain: the part of the plane that is shown at first.
        start: where trajectories start unless the reader says otherwise.
        minima: the known local minima for every setting of the parameters, the lowest first; `()` if there are none.
        formula: J as LaTeX, without dollar signs.
        lesson: one sentence, what to see here.
        source: paper, book or article.
        also: what people call it or say of it, e.g. `valley`; the picker's search knows these.
        parameters: numbers of the surface that get sliders.
        levels: contour levels in increasing order, or `None` to have them made from the values.
        spacing: how made levels are spread between the least and the greatest value.
        grid_value: the same as `value` computed by NumPy, or `None`: for surfaces that are new so often that compiling
            a grid of losses would take longer than computing it.
        listed: whether it is in the catalogue, so that `minima` is all there is to know of them. Those of a surface
            that was typed or made on the way are searched for, and its compiled programs are kept for a while only.
    """

    key: str
    label: str
    value: Callable[..., Array]
    domain: Box
    start: tuple[float, float]
    minima: tuple[Minimum, ...]
    formula: str
    lesson: str
    source: str
    also: tuple[str, ...] = ()
    parameters: tuple[Hyper, ...] = ()
    levels: tuple[float, ...] | None = None
    spacing: Literal["linear", "log"] = "linear"
    grid_value: Callable[..., NDArray[np.float64]] | None = None
    listed: bool = True

    def __eq__(self, other: object) -> bool:
        return self.key == other.key if isinstance(other, Surface) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.key)
