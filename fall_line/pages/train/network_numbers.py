"""The numbers of a training that have a slider, and belong to no run."""

from dataclasses import asdict
from typing import Any

from fall_line.experiments.training_experiment import MAX_SEEDS, MAX_STEPS, MOST_VALIDATION
from fall_line.hyperparameter import Hyper

STEPS = Hyper("steps", "steps", "steps", 500, 1, MAX_STEPS, "log", "How often the weights are changed.")
VALIDATION = Hyper(
    "validation", "kept back", "share of the points kept back", 0.25, 0, MOST_VALIDATION,
    note="Nobody learns from the points that are kept back: their loss, the validation loss, tells what is understood.",
)  # fmt: skip
SEEDS = Hyper(
    "seeds", "seeds", "seeds", 1, 1, MAX_SEEDS,
    note="With how many first weights and orders of the points each run is trained; all are drawn.",
)  # fmt: skip
WHOLE = (STEPS, SEEDS)


def network_numbers() -> dict[str, dict[str, Any]]:
    """Return their ranges, as the page's own code needs them."""
    return {one.key: asdict(one) | {"whole": one in WHOLE} for one in (STEPS, VALIDATION, SEEDS)}
