"""What is said of arguments that can't be used: what is wrong with them, and the command that does what was meant."""

import difflib
import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from fall_line.command_line.exporting import SUFFIXES
from fall_line.validation import quoted

OPTION = re.compile(r"--?[A-Za-z][\w-]*")
EXAMPLE = "export cross-method/wobbly wobbly.mp4"
# What other servers call it, and the setting that says it here, with an example.
SET_OTHERWISE = {
    **dict.fromkeys(("--port", "-p"), ("port", "PORT", "8080")),
    **dict.fromkeys(("--host", "--bind", "--address", "-b"), ("address", "HOST", "0.0.0.0")),
}

# What the parser says of an option, and what is said instead.
COMPLAINTS = {
    r"argument (--[\w-]+).*: expected one": "{0} needs a value after it",
    r"argument (?:-h/)?(--[\w-]+).*: ignored": "{0} takes no value",
    r"ambiguous option: (\S+) could match (.*)": "{0} may be any of {1}",
}

# The options of each command, and under "" those that go before it.
Options = Mapping[str, Sequence[str]]


def called() -> str:
    """Return how the program was called."""
    return "python app.py" if Path(sys.argv[0]).name == "app.py" else "fall-line"


def unusable(arguments: list[str], left: list[str], options: Options, complaint: str) -> str:
    """Return the sentence about `arguments`: of them the parser had some `left`, or it had the `complaint`.

    An option that isn't there comes first: the word behind it is taken for something else.
    """
    place = _place(arguments, options)
    command = "" if place is None else arguments[place]
    for k, word in enumerate(arguments):
        name, _, value = word.partition("=")
        home = "" if place is None or k < place else command
        if OPTION.fullmatch(name) and not any(one.startswith(name) for one in options[home]):
            following = "".join(one for one in arguments[k + 1 : k + 2] if not one.startswith("-"))
            return _ended(_of_option(name, value or following, home, options), command)
    if complaint and (told := _of_complaint(complaint, arguments)):
        return _ended(told, command)
    refused = complaint.partition("(choose")[0]
    words = [one for one in left if not one.startswith("-") and (not refused or repr(one) in refused)]
    return _ended(_of_words(command, words, options) if words else complaint, command)


def _place(arguments: list[str], options: Options) -> int | None:
    """Return where the command stands: the first word that is one and isn't the folder of `--plugins`."""
    commands = [k for k, word in enumerate(arguments) if word and word in options]
    return next((k for k in commands if k == 0 or arguments[k - 1] != "--plugins"), None)


def _of_option(name: str, value: str, home: str, options: Options) -> str:
    if name in SET_OTHERWISE:
        what, setting, example = SET_OTHERWISE[name]
        given = shlex.quote(value) if value and value not in options else example
        return f"There is no option {name}; the {what} is set in the environment: {setting}={given} {called()}"
    if owner := next((one for one in options if name in options[one]), ""):
        return f"{name} is an option of {owner} and goes after it: {called()} {owner} EXPERIMENT FILE {name}"
    alike = difflib.get_close_matches(name, options[home], 1)
    return f"There is no option {name}" + (f"; the one most like it is {alike[0]}" if alike else "")


def _of_complaint(complaint: str, arguments: list[str]) -> str:
    """Return what is wrong with an option, or what is missing; "" if there is a word too many."""
    for pattern, said in COMPLAINTS.items():
        if found := re.match(pattern, complaint):
            return said.format(*found.groups())
    if "required" not in complaint:
        return ""
    if "EXPERIMENT" in complaint:
        published = f"{called()} list shows the published experiments"
        return f"export needs an experiment and the file to write: {called()} {EXAMPLE}; {published}"
    in_quotes = (
        "; a link goes in quotes, for a shell takes & for itself" if any("=" in one for one in arguments) else ""
    )
    return f"export needs, after the experiment, the file to write ({SUFFIXES}): {called()} {EXAMPLE}{in_quotes}"


def _of_words(command: str, words: list[str], options: Options) -> str:
    """Return what is wrong with the first of `words`, which the command, if there is one, doesn't take."""
    word, commands = words[0], [one for one in options if one]
    if command == "export":
        return f"{quoted(word)} is one word too many; export takes an experiment and a file, each in quotes if need be"
    if command == "list":
        found = f"{called()} list | grep -i {shlex.quote(word)}"
        return f"list shows all there is and takes no name; to find {quoted(word)} in it: {found}"
    if word.isdecimal():
        return f"{quoted(word)} is one word too many; if it is a port, write PORT={word} {called()}"
    if command:
        return f"{quoted(word)} is one word too many; {command} takes none"
    text = f"There is no command {quoted(word)}; the commands are {', '.join(commands)}"
    alike = difflib.get_close_matches(word, commands, 1)
    experiment = "/" in word or "=" in word or word.endswith(".json")
    written = f"; a file is written by {called()} export {shlex.quote(word)} FILE" if experiment else ""
    return f"{text}, and {alike[0]} is most like it" if alike else f"{text}{written}"


def _ended(text: str, command: str) -> str:
    more = " ".join(filter(None, (called(), command, "--help")))
    return f"{text} ({more} tells more)."
