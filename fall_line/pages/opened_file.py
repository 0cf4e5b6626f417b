"""Reads a JSON file that a reader opens."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from fall_line.experiments.mending import ExperimentError


def opened(file: dict[str, str], mend: Callable[[Any], tuple[BaseModel, list[str]]]) -> dict[str, Any]:
    """Return the experiment that `mend` finds in a file, of which there are name and text, and what can't be used."""
    try:
        experiment, problems = mend(json.loads(file["text"]))
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ExperimentError) else "it isn't valid JSON"
        return {"experiment": None, "problems": [f"The file {file['name']} can't be used: {reason.rstrip('.')}."]}
    return {"experiment": experiment.model_dump(mode="json"), "problems": problems}
