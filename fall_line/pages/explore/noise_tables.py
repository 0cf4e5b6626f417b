"""The random numbers of the noise, for the page that walks its runs itself."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from fall_line.experiments.experiment import COUNTED, MAX_STEPS
from fall_line.experiments.landscape import SHIFTS
from fall_line.trajectories.conditions import ROWS
from fall_line.trajectories.noise import normals, ranks
from fall_line.validation import InputError

MOST = 200_000  # steps of all seeds
LIMITS = {"seed": COUNTED["seed"], "seeds": COUNTED["seeds"], "steps": (1, MAX_STEPS)}


def noise_table(question: Mapping[str, Any]) -> bytes:
    """Return the numbers that the seeds `seed` … `seed + seeds − 1` meet in their first `steps` steps, little-endian.

    Of the kind "normals" float64 (seeds, steps, 2); of "ranks" how the 32 copies of the surface lie, float64 (32, 2)
    with mean 0 and standard deviation 1, and then uint8 (seeds, steps, 32).

    Raises:
        InputError: the kind is another one, a number is none or too great.
    """
    kind = question.get("kind")
    if kind not in ("normals", "ranks"):
        raise InputError("The kind of a noise table must be ‘normals’ or ‘ranks’.")
    seed, seeds, steps = (_whole(question, name) for name in ("seed", "seeds", "steps"))
    if seeds * steps > MOST:
        raise InputError(f"A noise table has at most {MOST} steps of all seeds.")
    tables = [
        np.asarray((normals if kind == "normals" else ranks)(one, ROWS))[:steps] for one in range(seed, seed + seeds)
    ]
    body = np.stack(tables)
    return body.astype("<f8").tobytes() if kind == "normals" else SHIFTS.astype("<f8").tobytes() + body.tobytes()


def _whole(question: Mapping[str, Any], name: str) -> int:
    low, high = LIMITS[name]
    text = str(question.get(name, ""))
    if not (text.isascii() and text.isdigit() and len(text) < 9 and low <= int(text) <= high):
        raise InputError(f"{name} must be a whole number from {low} to {high}.")
    return int(text)
