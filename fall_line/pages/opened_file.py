"""Reads a JSON file that a reader opens."""

import base64
import json
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from fall_line.experiments.mending import ExperimentError


def opened(contents: str, name: str | None, mend: Callable[[Any], tuple[BaseModel, list[str]]]) -> dict[str, Any]:
    """Return the experiment that `mend` finds in an uploaded file and sentences about what in it can't be used."""
    try:
        data = json.loads(base64.b64decode(contents.partition(",")[2]).decode("utf-8"))
        experiment, problems = mend(data)
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, ExperimentError) else "it isn't valid JSON"
        return {"experiment": None, "problems": [f"The file {name} can't be used: {reason.rstrip('.')}."]}
    return {"experiment": experiment.model_dump(mode="json"), "problems": problems}
