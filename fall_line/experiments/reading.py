"""Reads what a reader calls an experiment: a published name, a link's query string, or a JSON file."""

import json
import os
from collections.abc import Callable
from typing import Any

from fall_line.experiments import published_responses, response_experiment, response_link
from fall_line.experiments.embedding import without_embedding
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.link import from_query
from fall_line.experiments.mending import ExperimentError, check
from fall_line.experiments.published import find, is_published
from fall_line.experiments.query_string import MAX_FIELDS, fields_of
from fall_line.experiments.response_experiment import ResponseExperiment
from fall_line.validation import InputError, quoted

MAX_FILE_BYTES = 1_000_000


AnyExperiment = Experiment | ResponseExperiment
# What reads the data of each kind of experiment, as `mending.check` does.
CHECKS: dict[str, Callable[[Any], AnyExperiment]] = {
    Experiment.kind: check,
    ResponseExperiment.kind: response_experiment.check,
}


def read_experiment(text: str) -> Experiment:
    """Return the experiment that `text` names: a published one, then a file that is there, then a link.

    Raises:
        InputError: there is none, or it can't be used.
    """
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


def read_any(text: str) -> AnyExperiment:
    """Return the experiment that `text` names, on a surface or with a gradient signal.

    The latter are called `response/<method>/<signal>`; their links and files have a `signal`.

    Raises:
        InputError: there is none, or it can't be used.
    """
    if text.startswith("response/"):
        return published_responses.find(text).experiment
    if os.path.isfile(text) and not is_published(text):
        data = _content(text)
        answers = isinstance(data, dict) and "signal" in data
        return CHECKS["response" if answers else "surface"](data)
    if "=" in text and _is_of_a_signal(text):
        found, problems = response_link.from_query(_query(text))
        if problems:
            raise InputError(problems[0])
        return found
    return read_experiment(text)


def _from_link(text: str) -> Experiment:
    found, problems = from_query(_query(text))
    if problems:
        raise InputError(problems[0])
    return found


def _is_of_a_signal(text: str) -> bool:
    try:
        fields = fields_of(_after_question_mark(text))
    except ExperimentError:
        return False  # the sentence about it is that of any link
    return any(name == "signal" or (name == "experiment" and value.startswith("response/")) for name, value in fields)


def _after_question_mark(text: str) -> str:
    return text.partition("?")[2].partition("#")[0] if "?" in text.partition("=")[0] else text


def _query(text: str) -> str:
    query = _after_question_mark(text)
    if not query or not query.isprintable() or query.count("&") >= MAX_FIELDS:
        raise _unusable(text, f"a query string of 1 to {MAX_FIELDS} fields, as a share link has it after the ?")
    return without_embedding(query)


def _from_file(text: str) -> Experiment:
    return check(_content(text))


def _content(text: str) -> Any:
    try:
        with open(text, "rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise _unusable(text, f"a JSON file that can be read ({error.strerror})") from None
    if len(content) > MAX_FILE_BYTES:
        raise _unusable(text, f"a JSON file of at most {MAX_FILE_BYTES} bytes")
    return _parsed(text, content)


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
