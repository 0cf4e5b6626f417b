"""Paths as a table, a row for each step."""

import importlib
import importlib.util
from typing import Any

import numpy as np

from fall_line.experiments.experiment import Experiment
from fall_line.trajectories.run import Fan
from fall_line.validation import InputError, quoted

LIBRARIES = ("pandas", "polars")


def columns(experiment: Experiment, all_fans: list[Fan]) -> dict[str, np.ndarray]:
    """Return the table's columns by their names, each of one length."""
    tables = [
        _columns(number, run.name, run.optimizer.key, experiment, fan)
        for number, (run, fan) in enumerate(zip(experiment.runs, all_fans, strict=True), start=1)
    ]
    return {name: np.concatenate([table[name] for table in tables]) for name in tables[0]}


def _columns(number: int, name: str, key: str, experiment: Experiment, fan: Fan) -> dict[str, np.ndarray]:
    rows, count = experiment.steps + 1, len(fan.paths)
    points, gradients = (np.concatenate([getattr(path, of) for path in fan.paths]) for of in ("points", "gradients"))
    table = {
        "run": np.full(rows * count, number),
        "name": np.full(rows * count, name, dtype=object),
        "optimizer": np.full(rows * count, key, dtype=object),
        "step": np.tile(np.arange(rows), count),
        "x": points[:, 0],
        "y": points[:, 1],
        "loss": np.concatenate([path.losses for path in fan.paths]),
        "gradient_x": gradients[:, 0],
        "gradient_y": gradients[:, 1],
    }
    if count > 1:
        table["seed"] = np.repeat(np.array(experiment.all_seeds), rows)
        table["median"] = np.repeat(np.arange(count) == fan.middle, rows)
    return table


def framed(table: dict[str, np.ndarray], library: str | None) -> Any:
    """Return `table` as a frame of `library`, "pandas", "polars" or "dict", or of the first that is installed.

    Raises:
        InputError: there is no such library here.
    """
    if library is None:
        library = next((name for name in LIBRARIES if importlib.util.find_spec(name)), "dict")
    if library == "dict":
        return table
    if library not in LIBRARIES:
        raise InputError(f"Library is {quoted(library)}; it must be {', '.join(LIBRARIES)} or dict.")
    try:
        return importlib.import_module(library).DataFrame(table)
    except ImportError:
        raise InputError(f"{library} isn't installed here; install it, or leave the library out.") from None
