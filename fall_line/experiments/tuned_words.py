"""How the runs of an experiment were tuned, in words; needs no engine."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fall_line.experiments.experiment_run import Run


def tuned_words(runs: Iterable["Run"]) -> str:
    """Return how `runs` were tuned, said once, or "": of some of them or in different ways with their names."""
    everyone = list(runs)
    ways = {one.tuned_words: None for one in everyone if one.tuned}
    if len(ways) == 1 and all(one.tuned for one in everyone):
        return next(iter(ways))
    of_way = {way: ", ".join(one.name for one in everyone if one.tuned_words == way) for way in ways}
    return "; ".join(f"{way} ({names})" for way, names in of_way.items())
