"""The experiments that are timed."""

from typing import Any

METHODS = (
    "gradient_descent",
    "momentum",
    "nesterov",
    "adagrad",
    "rmsprop",
    "adadelta",
    "adam",
    "adamax",
    "adam_nesterov",
)


def nine_runs(steps: int) -> dict[str, Any]:
    """Return nine methods with their defaults on one surface."""
    return {"surface": "hills_and_canyon", "steps": steps, "runs": [{"optimizer": key} for key in METHODS]}


def nine_runs_query(steps: int, surface: str = "hills_and_canyon") -> str:
    """Return the same, or on another surface, as a link's query string."""
    return f"surface={surface}&steps={steps}" + "".join(f"&run={key}" for key in METHODS)
