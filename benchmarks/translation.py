"""What translated programs cost: how long the server takes for each, and how large they are.

    python -m benchmarks.translation

All surfaces, all rules and typed formulas, one smooth and one with kinks; beside them, in the same run, how long XLA
takes to compile a surface and a rule as one program.
"""

import gzip
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from fall_line.experiments.mending import check
from fall_line.trajectories.run import run
from fall_line.translation.rule import rule_module
from fall_line.translation.surface import surface_module
from landscapes import SURFACES, find_surface
from optimizers import OPTIMIZERS

FORMULAS = ("x^2/3 + y^2 + 2*exp(-(x-1)^2-(y+1)^2)", "abs(x) + sqrt(1 + y^2)*cos(x)^2")
ROW = "{:<44}{:>6}{:>9}{:>9}{:>9}{:>11}{:>11}"


def timed(make: Callable[[], Any]) -> tuple[Any, float]:
    """Return what is made, and the ms that it took."""
    begun = time.perf_counter()
    made = make()
    return made, 1000 * (time.perf_counter() - begun)


def tell(what: str, makers: list[Callable[[], str]]) -> None:
    """Print ms, and bytes raw and compressed, of one or several programs."""
    made = [timed(make) for make in makers]
    times = [ms for _, ms in made]
    whole = "".join(text for text, _ in made).encode()
    apart = sum(len(gzip.compress(text.encode())) for text, _ in made)
    numbers = (f"{np.median(times):.0f}", f"{max(times):.0f}", f"{sum(times):.0f}", len(whole), apart)
    print(ROW.format(what, len(made), *numbers), flush=True)


def main() -> None:
    """Print a line for each sort of program."""
    surface_module(SURFACES["simple_quad"])  # JAX itself comes up
    print(ROW.format("", "", "median", "most", "all ms", "bytes", "gzip"))
    tell("surfaces", [partial(surface_module, one) for one in SURFACES.values()])
    tell("rules", [partial(rule_module, one) for one in OPTIMIZERS.values()])
    for text in FORMULAS:
        surface = find_surface(f"formula:{text}")
        tell(text, [partial(surface_module, surface)])
    experiments = [check({"surface": key, "runs": [{"optimizer": "adam"}]}) for key in list(SURFACES)[:5]]
    times = [timed(partial(run, one))[1] for one in experiments]
    print(f"beside it, XLA compiles Adam on a surface and walks it once: median {np.median(times):.0f} ms")


if __name__ == "__main__":
    main()
