"""The command line: `python app.py` serves the page, `list` shows what there is, `export` writes files."""

import argparse
import errno
import io
import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from exports import FORMATS, Format
from hyperparameter import Hyper
from landscapes import SURFACES
from optimizers import OPTIMIZERS
from trajectories.experiment import Experiment
from trajectories.link import from_query
from trajectories.mending import ExperimentError, check
from trajectories.published import PUBLISHED, find
from validation import InputError, quoted

MAX_FILE_BYTES = 1_000_000
MAX_QUERY_FIELDS = 100
SUFFIXES = " or ".join(f".{key}" for key in FORMATS)

DESCRIPTION = "Watch optimizers descend a loss surface. Without a command, serves the page."
SERVING = """\
environment:
  HOST  the address to listen at, 127.0.0.1 unless given
  PORT  the port, 8050 unless given
"""
READING = """\
EXPERIMENT is taken to be, in this order,
  1. the name of a published experiment, as `list` shows it;
  2. the path of a JSON file that is there;
  3. a link or its query string, if there is a ? or a = in it;
  4. the path of a JSON file, if it ends in .json.
Write ./NAME for a file that is called like a published experiment.

examples:
  python app.py export cross-method/wobbly wobbly.csv
  python app.py export "surface=saddle&steps=60&run=adam,learning_rate=0.1" saddle.json
  python app.py export saddle.json saddle.csv
"""

# What must be otherwise when the system refuses to listen; any other refusal is the program's fault.
REFUSALS = {
    errno.EADDRINUSE: "an address and a port, from 1 to 65535, that isn't already in use",
    errno.EADDRNOTAVAIL: "an address of this machine and a port from 1 to 65535",
    errno.EACCES: "a port that you may open, usually one from 1024 to 65535",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise InputError(f"{message[0].upper()}{message[1:]}; python app.py --help tells what is allowed.")


def main(arguments: list[str], serve: Callable[[str, int], None]) -> int:
    """Do what `arguments`, those after the program's name, ask for, and return the exit code.

    `serve(host, port)` runs the page until it is stopped. The code is 0, or 2 after one sentence on stderr if an
    input can't be used.
    """
    try:
        chosen = _parser().parse_args(arguments)
        if chosen.command == "list":
            _say(*_catalogue())
        elif chosen.command == "export":
            _say(_export(chosen.experiment, chosen.file))
        else:
            _serve(serve)
    except InputError as refused:
        print(_one_line(str(refused)), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    layout = argparse.RawDescriptionHelpFormatter
    parser = _Parser("python app.py", description=DESCRIPTION, epilog=SERVING, formatter_class=layout)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog="python app.py")
    commands.add_parser("serve", help="serve the page, as without a command", epilog=SERVING, formatter_class=layout)
    commands.add_parser("list", help="show surfaces, optimizers and published experiments")
    export = commands.add_parser("export", help="write an experiment to a file", epilog=READING, formatter_class=layout)
    export.add_argument("experiment", metavar="EXPERIMENT", help="a published name, a link's query string or a file")
    kinds = "; ".join(f".{key}: {one.label}" for key, one in FORMATS.items())
    export.add_argument("file", metavar="FILE", help=f"where to write it; the suffix decides what ({kinds})")
    return parser


def _say(*lines: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        print("\n".join(lines), flush=True)
    except BrokenPipeError:
        # The reader has seen enough; Python must not try once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _one_line(text: str) -> str:
    """Return `text` without line breaks, and without anything that could steer a terminal."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.split()))


def _serve(serve: Callable[[str, int], None]) -> None:
    host, text = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8050"
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise InputError(f"PORT is {quoted(text)}; it must be a whole number from 1 to 65535.")
    try:
        socket.getaddrinfo(host, text)
    except (OSError, UnicodeError):
        raise InputError(f"HOST is {quoted(host)}; it must be an address or a name of this machine.") from None
    try:
        serve(host, int(text))
    except OSError as error:
        if error.errno not in REFUSALS:
            raise
        raise InputError(f"HOST is {host} and PORT is {text}; they must be {REFUSALS[error.errno]}.") from None


def _catalogue() -> Iterator[str]:
    yield "SURFACES"
    for surface in SURFACES.values():
        yield f"  {surface.key:<28}{surface.label}"
        yield from map(_setting, surface.parameters)
    yield "\nOPTIMIZERS"
    for optimizer in OPTIMIZERS.values():
        yield f"  {optimizer.key:<28}{optimizer.label}"
        yield from map(_setting, optimizer.hypers)
    yield "\nEXPERIMENTS"
    for name, one in PUBLISHED.items():
        yield f"  {name:<34}{one.title}"


def _setting(hyper: Hyper) -> str:
    return f"      {hyper.key:<24}{hyper.symbol:<6}default {hyper.default:<10g}from {hyper.low:g} to {hyper.high:g}"


def _export(experiment: str, file: str) -> str:
    path = Path(file)
    kind = _format(path)
    chosen = _experiment(experiment)
    try:
        kind.export(chosen, path)
    except OSError as error:
        raise InputError(f"FILE is {quoted(file)}; it must be a file that can be written ({error.strerror}).") from None
    runs = "1 run" if len(chosen.runs) == 1 else f"{len(chosen.runs)} runs"
    return f"Wrote {runs} of {chosen.steps} {'step' if chosen.steps == 1 else 'steps'} to {file}."


def _format(path: Path) -> Format:
    """Return the format that the name of `path` asks for, having seen that its folder is there."""
    kind = FORMATS.get(path.suffix[1:].lower())
    if kind is None:
        raise InputError(f"FILE is {quoted(str(path))}; its name must end in {SUFFIXES}.")
    if not os.path.isdir(path.parent):
        raise InputError(f"FILE is {quoted(str(path))}; its folder {quoted(str(path.parent))} must be there already.")
    return kind


def _experiment(text: str) -> Experiment:
    try:
        return find(text).experiment
    except ExperimentError as unknown:
        if os.path.exists(text):
            return _from_file(text)
        if "=" in text or "?" in text:
            return _from_link(text)
        if text.lower().endswith(".json"):
            raise _unusable(text, "a JSON file that is there") from None
        raise InputError(f"{str(unknown).removesuffix('.')}; nor is it a query string or a JSON file.") from None


def _from_link(text: str) -> Experiment:
    query = text.partition("?")[2].partition("#")[0] if "?" in text.partition("=")[0] else text
    if not query or not query.isprintable() or query.count("&") >= MAX_QUERY_FIELDS:
        raise _unusable(text, f"a query string of 1 to {MAX_QUERY_FIELDS} fields, as a share link has it after the ?")
    experiment, problems = from_query(query)
    if problems:
        raise InputError(problems[0])
    return experiment


def _from_file(text: str) -> Experiment:
    try:
        with open(text, "rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _unusable(text, f"a JSON file that can be read ({error.strerror})") from None
    if len(content) > MAX_FILE_BYTES:
        raise _unusable(text, f"a JSON file of at most {MAX_FILE_BYTES} bytes")
    return check(_parsed(text, content))


def _parsed(text: str, content: bytes) -> Any:
    try:
        data = json.loads(content)
        # Half a surrogate pair passes as JSON, but no file could hold it again.
        json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise _unusable(text, f"a file of valid JSON ({where})") from None
    except UnicodeError:
        raise _unusable(text, "a file of valid JSON in UTF-8") from None
    except (ValueError, RecursionError):
        raise _unusable(text, "a file of valid JSON with numbers and nesting of a sane size") from None
    return data


def _unusable(text: str, allowed: str) -> InputError:
    return InputError(f"EXPERIMENT is {quoted(text)}; it must be {allowed}.")
