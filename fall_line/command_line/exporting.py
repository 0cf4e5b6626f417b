"""The command `export`: an experiment becomes a file, with a progress bar where someone looks at a terminal."""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fall_line.drawing.choices import SIZES, Choices, check_choices
from fall_line.drawing.timeline import timeline
from fall_line.experiments.kinds import KINDS, Kind
from fall_line.experiments.reading import AnyExperiment, read_any
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.exports import FORMATS, Format
from fall_line.training.cost import duration, estimated_seconds
from fall_line.validation import InputError, quoted

*OTHERS, LAST = (f".{key}" for key in FORMATS)
SUFFIXES = f"{', '.join(OTHERS)} or {LAST}"
EPILOG = """\
EXPERIMENT is taken to be, in this order,
  1. the name of a published experiment, as `list` shows it, on a surface, response/METHOD/SIGNAL
     or train/TASK/WHAT;
  2. the path of a JSON file that is there;
  3. a link or its query string, if there is a ? or a = in it;
  4. the path of a JSON file, if it ends in .json.
Write ./NAME for a file that is called like a published experiment.

examples:
  {called} export cross-method/wobbly wobbly.csv
  {called} export cross-method/wobbly wobbly.mp4 --size 1920x1080 --duration 6
  {called} export "surface=saddle&steps=60&run=adam,learning_rate=0.1" saddle.png --theme dark
  {called} export saddle.json saddle.gif --fps 25 --hold 2
  {called} export response/adam/rectangles adam.csv --hyperparameters
  {called} export response/adam/rectangles adam.mp4 --formula
  {called} export train/digits/five-methods digits.csv

exit codes:
  0  the file is there        2    an input can't be used; one sentence says why
  1  the file can't be made   130  stopped with Ctrl+C; no half file is left
"""
LONG = 20.0  # seconds of training that are told beforehand
AT_ONCE = ("json", "py")  # formats for which nothing is trained
# option, the choice that it sets, its argument, what it does
OPTIONS = (
    ("--fps", "fps", "N", "frames a second, 10 to 60 (30)"),
    ("--duration", "duration", "S", "seconds that the file plays, the hold included (5.5)"),
    ("--steps-per-frame", "steps_per_frame", "K", "how many steps each frame goes on, instead of --duration"),
    ("--hold", "hold", "S", "seconds for which the last frame stays (1.5)"),
    ("--from", "first_step", "STEP", "the step with which it begins (0)"),
    ("--to", "last_step", "STEP", "the step with which it ends (the last)"),
    ("--theme", "theme", "THEME", "light or dark (light)"),
    ("--line-width", "line_width", "W", "of the paths, pixels in a picture of 1200x800 (2)"),
    ("--text-size", "text_size", "SIZE", "small, slide or large: names of 4 %% of a slide's height, or more (small)"),
    ("--title", "heading", "TEXT", "a title of your own"),
)
SWITCHES = (
    ("--transparent", "transparent", True, "no background"),
    ("--formula", "formula", True, "the surface's formula under the title"),
    ("--no-title", "title", False, "no title"),
    ("--no-loss-panel", "loss_panel", False, "no loss curves"),
)
TABLE_SWITCHES = (
    ("--hyperparameters", "hyperparameters", True, "columns for the label and the hyperparameters of each run"),
    ("--decimal-comma", "decimal_comma", True, "numbers like 0,5, with a semicolon between the columns"),
    ("--statistics", "statistics", True, "a row a step: quartiles over the seeds, share within the tolerance"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the arguments of `export`."""
    parser.add_argument("experiment", metavar="EXPERIMENT", help="a published name, a link's query string or a file")
    kinds = "; ".join(f".{key}: {one.label}" for key, one in FORMATS.items())
    parser.add_argument("file", metavar="FILE", help=f"where to write it; the suffix decides what ({kinds})")
    presets = ", ".join(size.replace("×", "x") for size in SIZES)
    look = parser.add_argument_group("pictures and animations")
    look.add_argument("--size", metavar="WxH", help=f"pixels, even numbers, e.g. {presets} (1200x800)")
    for option, choice, metavar, text in OPTIONS:
        look.add_argument(option, dest=choice, metavar=metavar, help=text)
    for option, choice, value, text in SWITCHES:
        look.add_argument(option, dest=choice, action="store_const", const=value, help=text)
    table = parser.add_argument_group("tables (.csv)")
    for option, choice, value, text in TABLE_SWITCHES:
        table.add_argument(option, dest=choice, action="store_const", const=value, help=text)


def export(chosen: argparse.Namespace) -> str:
    """Write the file that the arguments ask for and return what was done, in one sentence.

    Raises:
        InputError: an argument can't be used.
        ExportError: the file can't be made.
    """
    path = Path(chosen.file)
    kind = _format(path)
    one = read_any(chosen.experiment)
    choices = _choices(chosen, kind, one.kind)
    if kind.animated:
        for note in timeline(choices, one.steps, kind.fastest).notes:
            print(note, file=sys.stderr)
    if kind.key not in AT_ONCE and isinstance(one, TrainingExperiment) and (seconds := estimated_seconds(one)) > LONG:
        print(f"This trains for about {duration(seconds)}; Ctrl+C stops it.", file=sys.stderr)
    try:
        with _progress(kind, path) as progress:
            kind.export(one, path, choices, progress)
    except OSError as error:
        raise _unwritable(chosen.file, error) from None
    return f"Wrote {_counted(one)} to {chosen.file}."


def _counted(one: AnyExperiment) -> str:
    return f"{'1 run' if len(one.runs) == 1 else f'{len(one.runs)} runs'} of {one.length_words}"


def _unwritable(file: str, error: OSError) -> InputError:
    if error.errno == errno.ENOSPC:
        return InputError(f"FILE is {quoted(file)}, but the disk is full; free some space and try again.")
    return InputError(f"FILE is {quoted(file)}; it must be a file that can be written ({error.strerror}).")


def _format(path: Path) -> Format:
    """Return the format that the name of `path` asks for, having seen that its folder is there."""
    kind = FORMATS.get(path.suffix[1:].lower())
    if kind is None:
        raise InputError(f"FILE is {quoted(str(path))}; its name must end in {SUFFIXES}.")
    if not os.path.isdir(path.parent):
        raise InputError(f"FILE is {quoted(str(path))}; its folder {quoted(str(path.parent))} must be there already.")
    return kind


def _choices(chosen: argparse.Namespace, form: Format, kind: Kind) -> Choices:
    """Return the choices among the arguments, which must all mean something to such a file of this kind."""
    heeded = form.heeded(kind)
    options = {choice: option for option, choice, *_ in (*OPTIONS, *SWITCHES, *TABLE_SWITCHES)}
    given: dict[str, Any] = {choice: value for choice in options if (value := getattr(chosen, choice)) is not None}
    if "heading" in given and "title" in given:
        raise InputError("--title says what the title is and --no-title that there is none; give one of them.")
    if chosen.size is not None:
        given |= _size(chosen.size)
        options |= {"width": "--size", "height": "--size"}
    if unheeded := [choice for choice in given if choice not in heeded]:
        meant = sorted({option for choice, option in {**options, "width": "--size"}.items() if choice in heeded})
        allowed = f"{', '.join(meant)} mean something there" if meant else "leave it out"
        of_what = f" of {KINDS[kind]}" if unheeded[0] in form.heeds - heeded else ""
        raise InputError(f"{options[unheeded[0]]} means nothing to a .{form.key} file{of_what}; {allowed}.")
    return check_choices(given)


def _size(text: str) -> dict[str, str]:
    width, cross, height = text.lower().replace("×", "x").partition("x")
    if not cross:
        raise InputError(f"--size is {quoted(text)}; it must be two even numbers of pixels like 1200x800.")
    return {"width": width, "height": height}


@contextmanager
def _progress(kind: Format, path: Path) -> Iterator[Callable[[int, int], None]]:
    """Give what is told of the progress; on a terminal it shows a bar."""
    from tqdm import tqdm  # noqa: PLC0415, only this command needs it

    with tqdm(desc=path.name, unit=" frames", leave=False, disable=None if kind.animated else True) as bar:

        def told(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield told
