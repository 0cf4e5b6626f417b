"""The command `tune`: the best values of an experiment's runs, and what was tried as a file."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from fall_line.drawing.choices import Choices
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import CRITERIA
from fall_line.experiments.kinds import KINDS
from fall_line.experiments.link import to_query
from fall_line.experiments.reading import read_any
from fall_line.exports import FORMATS
from fall_line.exports._sweep_table import sweep_table
from fall_line.exports._table import write_table
from fall_line.trajectories.tuning import COMBINATIONS, VALUES, Tuning, shown_runs, tune_runs
from fall_line.validation import InputError, quoted

EPILOG = """\
EXPERIMENT is what `export` takes. All runs that are not hidden are tuned, each with as many values.
FILE.csv gets a row for each value that was tried, FILE.json the experiment with the best ones.

examples:
  {called} tune cross-method/wobbly
  {called} tune cross-method/wobbly sweep.csv --all --criterion best
  {called} tune "surface=saddle&steps=60&run=adam" tuned.json --criterion final
"""
SUFFIXES = (".csv", ".json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the arguments of `tune`."""
    parser.add_argument("experiment", metavar="EXPERIMENT", help="a published name, a link's query string or a file")
    parser.add_argument("file", metavar="FILE", nargs="?", help="where to write it, .csv or .json")
    told = ", ".join(f"{key}: {words}" for key, words in CRITERIA.items())
    parser.add_argument("--criterion", metavar="NAME", default="final", help=f"what is best ({told}); final")
    every = f"{COMBINATIONS} combinations of all hyperparameters instead of {VALUES} learning rates"
    parser.add_argument("--all", action="store_true", help=every)
    parser.add_argument(
        "--run", metavar="N", action="append", help="tune this run alone, 1 being the first; repeatable"
    )
    parser.add_argument("--decimal-comma", action="store_true", help="in a .csv numbers like 0,5 and ; between columns")


def tune(chosen: argparse.Namespace) -> Iterator[str]:
    """Tune what the arguments say and yield what was found, a line a run.

    Raises:
        InputError: an argument can't be used.
    """
    path = _path(chosen)
    experiment = read_any(chosen.experiment)
    if not isinstance(experiment, Experiment):
        raise InputError(f"Only paths over a surface are tuned, not {KINDS[experiment.kind]}.")
    tuning = tune_runs(experiment, _runs(experiment, chosen.run), chosen.criterion, chosen.all)
    if path is not None:
        _write(experiment, tuning, path, Choices(decimal_comma=chosen.decimal_comma))
    yield from (_found(experiment, index, tuning) for index in tuning.sweeps)
    yield f"With these values: {to_query(tuning.taken(experiment))}"
    if path is not None:
        yield f"Wrote {_what(path, tuning)} to {chosen.file}."


def _path(chosen: argparse.Namespace) -> Path | None:
    if chosen.file is None:
        if chosen.decimal_comma:
            raise InputError("--decimal-comma means nothing without a FILE that ends in .csv.")
        return None
    path = Path(chosen.file)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"FILE is {quoted(chosen.file)}; its name must end in {' or '.join(SUFFIXES)}.")
    if not os.path.isdir(path.parent):
        raise InputError(f"FILE is {quoted(chosen.file)}; its folder {quoted(str(path.parent))} must be there already.")
    if chosen.decimal_comma and path.suffix.lower() != ".csv":
        raise InputError("--decimal-comma means nothing to a .json file; leave it out.")
    return path


def _runs(experiment: Experiment, given: list[str] | None) -> list[int]:
    if given is None:
        shown = shown_runs(experiment)
        if not shown:
            raise InputError("All runs are hidden; say with --run which are to be tuned.")
        return shown
    last = len(experiment.runs)
    for text in given:
        if not (text.isascii() and text.isdigit() and len(text) <= 2 and 1 <= int(text) <= last):
            raise InputError(f"--run is {quoted(text)}; it must be a whole number from 1 to {last}.")
    return list(dict.fromkeys(int(text) - 1 for text in given))


def _write(experiment: Experiment, tuning: Tuning, path: Path, choices: Choices) -> None:
    try:
        if path.suffix.lower() == ".csv":
            write_table(sweep_table(experiment, tuning), choices, path)
        else:
            FORMATS["json"].export(tuning.taken(experiment), path)
    except OSError as error:
        raise InputError(f"FILE is {quoted(str(path))}; it can't be written ({error.strerror}).") from None


def _found(experiment: Experiment, index: int, tuning: Tuning) -> str:
    one, sweep = experiment.runs[index], tuning.sweeps[index]
    words, tried = CRITERIA[tuning.criterion], len(sweep.settings)
    if sweep.best is None:
        never = "came within the tolerance" if tuning.criterion == "steps" else "stayed finite"
        return f"{index + 1}  {one.name}: with none of {tried} values tried it {never}; it is as before"
    values = "  ".join(f"{key} {value:.12g}" for key, value in sweep.settings[sweep.best].items())
    return f"{index + 1}  {one.name}: {values}  {words} {sweep.scores[sweep.best]:.6g}  of {tried} values tried"


def _what(path: Path, tuning: Tuning) -> str:
    if path.suffix.lower() == ".json":
        return "the tuned experiment"
    return f"{sum(len(sweep.settings) for sweep in tuning.sweeps.values())} values tried"
