"""What of a training is looked at, as a link has it beside the experiment: `…&view=plane&plane=ends&loss_axis=linear`.

These fields are no part of the experiment, and change nothing that is computed.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic_core import PydanticCustomError

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.query_string import fields_of
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.validation import one_of, refusal, truth, whole

VIEWS = ("learned", "plane", "sharpness")
PLANES = ("pca", "ends", "random", "vector")
MOST_SEED = 999_999
Reader = Callable[[str, TrainingExperiment], Any]


@dataclass(frozen=True)
class TrainingLook:
    """What is looked at.

    Attributes:
        view: what stands beside the history: what has been learned, weights on a plane, or gradient and sharpness.
        plane: which plane; see `PLANES`.
        plane_runs: the places of the runs through whose ends it goes, from 1 on, or None for the first two.
        plane_seed: of random directions.
        shown_seed: with which each run is shown where one is, or None for the first.
        loss_axis: of the history, log or linear.
        along: what the history goes along, steps or epochs.
        smooth: whether curves are drawn without their trembling.
        step: at which the player stands, or None for the last.
    """

    view: str = VIEWS[0]
    plane: str = PLANES[0]
    plane_runs: tuple[int, int] | None = None
    plane_seed: int = 0
    shown_seed: int | None = None
    loss_axis: str = "log"
    along: str = "steps"
    smooth: bool = False
    step: int | None = None


def _runs(text: str, experiment: TrainingExperiment) -> tuple[int, int]:
    count = len(experiment.runs)
    places = text.split(",")
    if len(places) != 2:
        raise refusal("plane_runs", text, "the places of two runs, such as 1,2")
    first, second = (whole("the place of a run in plane_runs", place, 1, count) for place in places)
    return first, second


READERS: dict[str, Reader] = {
    "view": lambda text, _: one_of("view", text, VIEWS),
    "plane": lambda text, _: one_of("plane", text, PLANES),
    "plane_runs": _runs,
    "plane_seed": lambda text, _: whole("plane_seed", text, 0, MOST_SEED),
    "shown_seed": lambda text, one: whole("shown_seed", text, one.all_seeds[0], one.all_seeds[-1]),
    "loss_axis": lambda text, _: one_of("loss_axis", text, ("log", "linear")),
    "along": lambda text, _: one_of("along", text, ("steps", "epochs")),
    "smooth": lambda text, _: truth("smooth", text),
    "step": lambda text, one: whole("step", text, 0, one.steps),
}


def read_look(query: str, experiment: TrainingExperiment) -> tuple[TrainingLook, list[str]]:
    """Return what the link `query` to `experiment` looks at, and a sentence for each field that can't be used."""
    look, problems = TrainingLook(), []
    for name, text in _fields(query):
        try:
            look = replace(look, **{name: READERS[name](text.strip(), experiment)})
        except PydanticCustomError as refused:
            sentence = str((refused.context or {})["text"])
            problems.append(f"{sentence[0].upper()}{sentence[1:]}.")
    return look, problems


def _fields(query: str) -> list[tuple[str, str]]:
    try:
        return [(name, text) for name, text in fields_of(query) if name in READERS]
    except ExperimentError:
        return []  # the sentence about it is that of the experiment


def tells_no_more(query: str) -> bool:
    """Return whether `query` names no experiment, and at most what is looked at."""
    try:
        return all(name in READERS for name, _ in fields_of(query))
    except ExperimentError:
        return False


def look_data(look: TrainingLook) -> dict[str, Any]:
    """Return `look` as the page's own code needs it."""
    return asdict(look)
