"""What a reader chooses of the plane of weights."""

from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.training_look import MOST_SEED, PLANES
from fall_line.validation import one_of, quoted, truth, whole

GRIDS = (0, 33, 101)  # places of a grid along each coordinate; 0 for none


@dataclass(frozen=True)
class PlaneChoice:
    """What a reader chooses of the plane.

    Attributes:
        kind: principal components of the paths; through the start and two ends; random; a random vector per weight.
        runs: whose ends it goes through; the first of them is also in the middle of the last two kinds.
        seed: of the last two kinds.
        grid: places along each coordinate.
        stands: whether the plane of `key` is kept as it is.
        key: of the plane before, or "".
        grid_key: of the grid that the page has already, or "".
        known: keys of the paths that the page has already.
        shown_seed: with which runs are shown, or None for the first.
    """

    kind: str = "pca"
    runs: tuple[int, int] = (0, 1)
    seed: int = 0
    grid: int = 33
    stands: bool = False
    key: str = ""
    grid_key: str = ""
    known: frozenset[str] = frozenset()
    shown_seed: int | None = None

    @property
    def made(self) -> tuple[str, tuple[int, ...], int, int | None]:
        """What makes one plane another than the one before, when the weights are the same."""
        through = {"ends": self.runs, "random": self.runs[:1], "vector": self.runs[:1]}.get(self.kind, ())
        return self.kind, through, self.seed if self.kind in ("random", "vector") else 0, self.shown_seed


def choice_of(data: Any, runs: int) -> PlaneChoice:
    """Return the choice in `data`, a mapping, for an experiment with `runs` runs.

    Raises:
        ExperimentError: something in it can't be used; the sentence says what is allowed.
    """
    try:
        return _choice(data, runs)
    except PydanticCustomError as error:
        sentence = str((error.context or {})["text"])
        raise ExperimentError(f"{sentence[0].upper()}{sentence[1:]}.") from None


def _choice(data: Any, runs: int) -> PlaneChoice:
    if not isinstance(data, dict):
        raise ExperimentError(f"A plane must be an object with its kind, not {quoted(data)}.")
    pair = data.get("runs", [0, min(1, runs - 1)])
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise ExperimentError(f"A plane goes through the ends of two runs, not {quoted(pair)}.")
    first, second = (whole("the place of a run", one, 0, runs - 1) for one in pair)
    grid = whole("grid", data.get("grid", 33), 0, max(GRIDS))
    return PlaneChoice(
        kind=one_of("the kind of plane", data.get("kind", "pca"), PLANES),
        runs=(first, second),
        seed=whole("the seed of the plane", data.get("seed", 0), 0, MOST_SEED),
        grid=min(GRIDS, key=lambda one: abs(one - grid)),
        stands=truth("stands", data.get("stands", False)),
        key=str(data.get("key", "")),
        grid_key=str(data.get("grid_key", "")),
        known=known_keys(data.get("known")),
    )


def known_keys(given: Any) -> frozenset[str]:
    """Return the keys that a page says it has; what is no list of texts is none."""
    return frozenset(one for one in given if isinstance(one, str)) if isinstance(given, list) else frozenset()
