"""Everything that an exported picture shows, as finished arrays: drawing it needs no engine."""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from fall_line.drawing.choices import Choices
from fall_line.drawing.legend import Words

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scene:
    """A surface, the paths of the shown runs over it, and how they are to be drawn.

    Attributes:
        choices: how it looks and moves.
        title: the surface's name, or the reader's own title.
        formula: J as LaTeX without dollar signs.
        x (n,), y (m,), losses (m, n): the surface on a grid that covers the view; not finite values are gaps.
        levels: (l,) increasing losses with a contour line each.
        view: (4,) x_low, x_high, y_low, y_high; has the plot's aspect, so that both axes have one scale.
        minima: (k, 3) x, y, loss, the lowest first.
        points: (runs, steps + 1, 2), row 0 is the start.
        heights: (runs, steps + 1), what the loss panel shows: the loss itself, or its height above the lowest known.
        ends: (runs,) the last finite step, -1 if there is none.
        names, values: what each run is called and its hyperparameters as text.
        styles: which of the 16 line styles each run has.
        logarithmic: whether the loss axis is.
        loss_caption: what the loss panel shows, in words.
        fan: (runs, seeds, steps + 1, 3) x, y and height of the paths of the seeds drawn, or (0, 0, 0, 3) without.
        fan_ends: (runs, seeds) their last finite steps.
        remark: what holds for all runs, or "".
        band: (runs, steps + 1, 2) the lower and the upper quartile of all seeds' heights, or (0, 0, 2) without.
        kept: (runs,) the step to whose point each run goes back at the end of the last step, -1 if it stays.
    """

    choices: Choices
    title: str
    formula: str
    x: Floats
    y: Floats
    losses: Floats
    levels: Floats
    view: Floats
    minima: Floats
    points: Floats
    heights: Floats
    ends: NDArray[np.int64]
    names: tuple[str, ...]
    values: tuple[str, ...]
    styles: tuple[int, ...]
    logarithmic: bool
    loss_caption: str
    fan: Floats = field(default_factory=lambda: np.zeros((0, 0, 0, 3)))
    fan_ends: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))
    band: Floats = field(default_factory=lambda: np.zeros((0, 0, 2)))
    kept: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    remark: str = ""
    kind: ClassVar[str] = "surface"
    counted: ClassVar[str] = "step"

    @property
    def steps(self) -> int:
        """The experiment's number of steps."""
        return self.points.shape[1] - 1

    @property
    def words(self) -> Words:
        """What is written in it."""
        return Words(self.title, self.names, self.values, self.remark)
