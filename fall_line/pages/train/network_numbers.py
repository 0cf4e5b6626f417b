"""The numbers of a training that have a slider, and belong to no run: none of them makes a program be compiled anew."""

from dataclasses import asdict
from typing import Any

from fall_line.experiments.training_experiment import MAX_SEEDS
from fall_line.hyperparameter import Hyper
from networks import MAX_STEPS

STEPS = Hyper("steps", "steps", "steps", 500, 1, MAX_STEPS, "log", "How often the weights are changed.")
SEEDS = Hyper(
    "seeds", "seeds", "seeds", 1, 1, MAX_SEEDS,
    note="With how many first weights and orders of the points each run is trained; all are drawn.",
)  # fmt: skip
WHOLE = (STEPS, SEEDS)


def network_numbers() -> dict[str, dict[str, Any]]:
    """Return their ranges, as the page's own code needs them."""
    return {one.key: asdict(one) | {"whole": True} for one in WHOLE}
