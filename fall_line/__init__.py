"""Fall Line: watch optimizers descend a loss surface, and train networks.

import fall_line as fl
runs = fl.descend(lambda x, y: (x**2 + 7*y**2)/2, start=(3, 1), runs=[fl.run("adam", learning_rate=0.1)])
runs.losses, runs.outcomes, runs.figure(), runs.save("race.mp4"), fl.show(runs)
trainings = fl.train("two_spirals", runs=["momentum", "adam"])
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fall_line.exports.format import ExportError
    from fall_line.library.descending import descend, run
    from fall_line.library.runs import Runs
    from fall_line.library.showing import show
    from fall_line.library.training import train
    from fall_line.library.trainings import Trainings
    from fall_line.validation import InputError

__version__ = "0.2.0.dev0"
__all__ = ["ExportError", "InputError", "Runs", "Trainings", "__version__", "descend", "run", "show", "train"]

# Surfaces and optimizers need modules of this package, so what needs them in turn is imported when it is asked for.
_PLACES = {
    "ExportError": "exports.format",
    "InputError": "validation",
    "Runs": "library.runs",
    "Trainings": "library.trainings",
    "descend": "library.descending",
    "run": "library.descending",
    "show": "library.showing",
    "train": "library.training",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module  # noqa: PLC0415

    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
