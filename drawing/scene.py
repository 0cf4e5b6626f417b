"""Everything that an exported picture shows, as finished arrays: drawing it needs no engine."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from drawing.choices import Choices

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scene:
    """A surface, the paths of the shown runs over it, and how they are to be drawn.

    Attributes:
        choices: how it looks and moves.
        title: the surface's name.
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
    counted: ClassVar[str] = "step"

    @property
    def steps(self) -> int:
        """The experiment's number of steps."""
        return self.points.shape[1] - 1


ARRAYS = ("x", "y", "losses", "levels", "view", "minima", "points", "heights", "ends")
WORDS = ("title", "formula", "names", "values", "styles", "logarithmic", "loss_caption")


def save(scene: Scene, path: Path) -> None:
    """Write `scene` to `path`, an .npz file without pickled objects."""
    words = {name: getattr(scene, name) for name in WORDS} | {"choices": scene.choices.model_dump()}
    np.savez(path, words=np.array(json.dumps(words)), **{name: getattr(scene, name) for name in ARRAYS})


def load(path: Path) -> Scene:
    """Return the scene that `save` wrote to `path`."""
    with np.load(path, allow_pickle=False) as file:
        words = json.loads(str(file["words"]))
        arrays = {name: file[name] for name in ARRAYS}
    words["choices"] = Choices.model_construct(**words["choices"])
    lists = {name: tuple(words[name]) for name in ("names", "values", "styles")}
    return Scene(**(words | lists), **arrays)
