"""What a sheet costs the server and the wire, beside one live call for each stop of the slider.

    python -m benchmarks.sheet

Nine runs of 125 and of 1000 steps; the sheet of one run's learning rate, of linked learning rates, and of the steps,
which is walked to the longest whatever the experiment has. Beside it in the same run: a call for each stop, of the runs
that move, and the same coordinates and losses as squeezed float32.
"""

import struct
import time
import zlib
from collections.abc import Iterable
from contextlib import closing
from statistics import median
from typing import Any, NamedTuple

import numpy as np
from flask import Response

from benchmarks.experiments import nine_runs
from fall_line.components.hyperparameter_slider import STOPS, position
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import check
from fall_line.hyperparameter import Hyper
from fall_line.pages.explore.catalogue import STEPS
from fall_line.pages.explore.sheets import GZIP, sheet_answer
from fall_line.trajectories.run import run
from fall_line.trajectories.sheet import Stop, longest, read_variations, sheet
from optimizers import OPTIMIZERS

TIMES = 5
RUN = 0  # whose learning rate moves
VIEW = [-3.0, 3.0, -3.0, 3.0]
LINE = "{:>5}  {:<22}{:>6}{:>10}{:>9}{:>11}{:>13}{:>13}{:>15}"
HEADS = (
    "steps",
    "sheet of",
    "stops",
    "first ms",
    "last ms",
    "sent kB",
    "unpacked kB",
    "float32 kB",
    "201 calls ms",
    "ratio",
)


class Sent(NamedTuple):
    """A sheet as it was sent: ms until its first stops and its last ones were there, its bytes, its stops."""

    first: float
    last: float
    squeezed: int
    unpacked: int
    stops: int


def stops(hyper: Hyper) -> list[float]:
    """Return the values at which a slider of `hyper`, which is logarithmic, stops."""
    places = np.linspace(position(hyper, hyper.low), position(hyper, hyper.high), STOPS + 1)
    return [min(max(float(f"{10**place:.3g}"), hyper.low), hyper.high) for place in places]


def rate_of(run_: int) -> Hyper:
    """Return the learning rate of the run's method."""
    method = nine_runs(1)["runs"][run_]["optimizer"]
    return next(hyper for hyper in OPTIMIZERS[method].hypers if hyper.key == "learning_rate")


def linked() -> list[dict[str, Any]]:
    """Return what varies if all learning rates are moved by the same factor."""
    factors = np.array(stops(rate_of(RUN))) / rate_of(RUN).default
    rates = [rate_of(k) for k in range(len(nine_runs(1)["runs"]))]
    values = [np.clip(rate.default * factors, rate.low, rate.high).tolist() for rate in rates]
    return [{"run": k, "key": "learning_rate", "values": one} for k, one in enumerate(values)]


def sent(question: dict[str, Any]) -> Sent:
    """Return what the page's question is answered with, the medians of some rounds; the first may compile."""
    rounds = [_sent(question) for _ in range(TIMES + 1)][1:]
    return rounds[-1]._replace(first=median(one.first for one in rounds), last=median(one.last for one in rounds))


def _sent(question: dict[str, Any]) -> Sent:
    begun = time.perf_counter()
    answer = sheet_answer(question)
    assert isinstance(answer, Response), answer
    pieces, stamps = [], []
    with closing(answer):
        for piece in answer.iter_encoded():
            pieces.append(piece)
            stamps.append(1000 * (time.perf_counter() - begun))
    unpacked = zlib.decompress(b"".join(pieces), GZIP)
    # The header is a piece of its own, before anything is walked.
    return Sent(stamps[1], stamps[-1], sum(map(len, pieces)), len(unpacked), _blocks(unpacked))


def _blocks(unpacked: bytes) -> int:
    """Return how many blocks follow the header."""
    at, found = 0, -1
    while at < len(unpacked):
        at += 4 + struct.unpack_from("<I", unpacked, at)[0]
        found += 1
    return found


def as_float32(chunks: Iterable[list[Stop]]) -> int:
    """Return how many bytes the coordinates and losses take as float32, squeezed like a sheet."""
    squeeze = zlib.compressobj(1, wbits=GZIP)
    size = 0
    for path in (path for chunk in chunks for stop in chunk for fan in stop.fans for path in fan.paths):
        for array in (path.points[:, 0], path.points[:, 1], path.losses):
            with np.errstate(over="ignore"):
                size += len(squeeze.compress(array.astype("<f4").tobytes()))
    return size + len(squeeze.flush())


def calls(experiment: Experiment, vary: Any) -> list[Experiment]:
    """Return one experiment for each stop, with the runs that move."""
    if vary == "steps":
        return [experiment.model_copy(update={"steps": round(steps)}) for steps in stops(STEPS)]
    made = []
    for values in zip(*(one["values"] for one in vary), strict=True):
        moved = [(experiment.runs[one["run"]], value) for one, value in zip(vary, values, strict=True)]
        runs = tuple(
            run_.model_copy(update={"hypers": run_.hypers | {"learning_rate": value}}) for run_, value in moved
        )
        made.append(experiment.model_copy(update={"runs": runs}))
    return made


def one_by_one(experiments: list[Experiment]) -> float:
    """Return the ms for all of them, one after the other."""
    run(experiments[0])
    begun = time.perf_counter()
    for one in experiments:
        run(one)
    return 1000 * (time.perf_counter() - begun)


def print_row(name: str, steps: int, vary: Any) -> None:
    """Measure one sheet and print a line."""
    experiment = check(nine_runs(steps))
    ours = sent({"experiment": nine_runs(steps), "view": VIEW, "vary": vary})
    walked = longest(experiment) if vary == "steps" else sheet(experiment, read_variations(experiment, vary))
    times = (f"{ours.first:.1f}", f"{ours.last:.1f}")
    kilobytes = (f"{size / 1000:.0f}" for size in (ours.squeezed, ours.unpacked, as_float32(walked)))
    calls_ms = f"{one_by_one(calls(experiment, vary)):.0f}"
    print(LINE.format(steps, name, ours.stops, *times, *kilobytes, calls_ms), flush=True)


def main() -> None:
    """Print the table."""
    print(f"ms until the first stops and the last ones, medians of {TIMES}; a call only walks")
    print(LINE.format(*HEADS))
    one = [{"run": RUN, "key": "learning_rate", "values": stops(rate_of(RUN))}]
    for steps in (125, 1000):
        for name, vary in (("one learning rate", one), ("linked learning rates", linked()), ("the steps", "steps")):
            print_row(name, steps, vary)


if __name__ == "__main__":
    main()
