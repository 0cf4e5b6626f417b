"""The command line: without a command serves the page; `list`, `export` and `tune` show, write and tune."""

import argparse
import errno
import io
import os
import socket
import sys
from collections.abc import Callable
from typing import NoReturn

from fall_line import __version__, plugins
from fall_line.command_line import exporting, refusals, tuning
from fall_line.command_line.listing import catalogue
from fall_line.exports import ExportError
from fall_line.settings import settings
from fall_line.validation import InputError, quoted

DESCRIPTION = "Watch optimizers descend a loss surface. Without a command, serves the page."
SERVING = """\
environment:
  HOST  the address to listen at, 127.0.0.1 unless given
  PORT  the port, 8050 unless given
  FALL_LINE_PLUGINS  the folder of --plugins; the option comes first
"""
PLUGINS = "a folder of surfaces, optimizers and tasks of your own, one a file; docs/plugins.md tells how to write one"

# What must be otherwise when the system refuses to listen; any other refusal is the program's fault.
REFUSALS = {
    errno.EADDRINUSE: "an address and a port, from 1 to 65535, that isn't already in use",
    errno.EADDRNOTAVAIL: "an address of this machine and a port from 1 to 65535",
    errno.EACCES: "a port that you may open, usually one from 1024 to 65535",
}


class _ComplaintError(Exception):
    """What the parser says of arguments that it can't use."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _ComplaintError(message)


def main(arguments: list[str], serve: Callable[[str, int], None]) -> int:
    """Do what `arguments`, those after the program's name, ask for, and return the exit code.

    `serve(host, port)` runs the page until it is stopped. The code is 0, 2 after one sentence on stderr if an input
    can't be used, 1 if a file can't be made, and 130 after Ctrl+C.
    """
    try:
        chosen = _read(arguments)
        _load_plugins(chosen.plugins or settings().plugins)
        if chosen.command == "list":
            _say(*catalogue())
        elif chosen.command == "export":
            _say(exporting.export(chosen))
        elif chosen.command == "tune":
            _say(*tuning.tune(chosen))
        else:
            _serve(serve)
    except (InputError, ExportError) as refused:
        print(_one_line(str(refused)), file=sys.stderr)
        return 2 if isinstance(refused, InputError) else 1
    except KeyboardInterrupt:
        return 130
    return 0


def _read(arguments: list[str]) -> argparse.Namespace:
    """Return what `arguments` ask for.

    Raises:
        InputError: they can't be used; the sentence has the command that does what was meant.
    """
    parser, commands = _parser()
    try:
        chosen, left = parser.parse_known_args(arguments)
        complaint = ""
    except _ComplaintError as one:
        left, complaint = arguments, str(one)
    if not left:
        return chosen
    # argparse has no public list of a parser's options.
    options = {name: list(one._option_string_actions) for name, one in {"": parser, **commands}.items()}
    raise InputError(refusals.unusable(arguments, left, options, complaint))


def _parser() -> tuple[argparse.ArgumentParser, dict[str, _Parser]]:
    """Return the parser, and that of each command."""
    layout, called = argparse.RawDescriptionHelpFormatter, refusals.called()
    parser = _Parser(called, description=DESCRIPTION, epilog=SERVING, formatter_class=layout)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", prog=called)
    serving = commands.add_parser(
        "serve", help="serve the page, as without a command", epilog=SERVING, formatter_class=layout
    )
    listing = commands.add_parser("list", help="show surfaces, optimizers and published experiments")
    writing = commands.add_parser(
        "export",
        help="write an experiment to a file",
        epilog=exporting.EPILOG.format(called=called),
        formatter_class=layout,
    )
    exporting.add_arguments(writing)
    seeking = commands.add_parser(
        "tune",
        help="find the best values of an experiment's runs",
        epilog=tuning.EPILOG.format(called=called),
        formatter_class=layout,
    )
    tuning.add_arguments(seeking)
    parser.add_argument("--plugins", metavar="FOLDER", help=PLUGINS)
    parser.add_argument("--version", action="version", version=f"Fall Line {__version__}")
    for one in (serving, listing, writing, seeking):
        # Before or after the command; what isn't given there must not undo what is given here.
        one.add_argument("--plugins", metavar="FOLDER", help=PLUGINS, default=argparse.SUPPRESS)
    return parser, dict(commands.choices)


def _load_plugins(folder: str) -> None:
    """Add the plugins in `folder`, if one is given; those that can't be used are told, a line each."""
    for fault in plugins.load(folder) if folder else []:
        print(_one_line(f"Plugin {fault}"), file=sys.stderr)


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
    settings()  # wrong ones are told before anything starts
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
