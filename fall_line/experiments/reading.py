"""Reads what a reader calls an experiment: a published name, a link's query string, or a JSON file."""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from fall_line.experiments import (
    published_responses,
    published_trainings,
    response_experiment,
    response_link,
    training_experiment,
    training_link,
)
from fall_line.experiments.embedding import without_embedding
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.kinds import Kind
from fall_line.experiments.link import from_query
from fall_line.experiments.mending import ExperimentError, check
from fall_line.experiments.published import find, is_published
from fall_line.experiments.published_responses import PublishedResponse
from fall_line.experiments.published_trainings import PublishedTraining
from fall_line.experiments.query_string import MAX_FIELDS, fields_of
from fall_line.experiments.response_experiment import ResponseExperiment
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.validation import InputError, quoted

MAX_FILE_BYTES = 1_000_000


AnyExperiment = Experiment | ResponseExperiment | TrainingExperiment
# What reads the data of each kind of experiment, as `mending.check` does.
CHECKS: dict[str, Callable[[Any], AnyExperiment]] = {
    Experiment.kind: check,
    ResponseExperiment.kind: response_experiment.check,
    TrainingExperiment.kind: training_experiment.check,
}
# What reads the links of those that aren't on a surface.
LINKS: dict[Kind, Callable[[str], tuple[AnyExperiment, list[str]]]] = {
    "response": response_link.from_query,
    "training": training_link.from_query,
}
# What only an experiment of this kind has, and how its published ones' names begin.
SUBJECTS: dict[Kind, str] = {"response": "signal", "training": "task"}
PREFIXES: dict[Kind, str] = {"response": "response/", "training": published_trainings.PREFIX}
FINDERS: dict[str, Callable[[str], PublishedResponse | PublishedTraining]] = {
    PREFIXES["response"]: published_responses.find,
    PREFIXES["training"]: published_trainings.find,
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
    """Return the experiment that `text` names: on a surface, with a gradient signal, or the training of a network.

    Those with a signal are called `response/<method>/<signal>`, trainings `train/<task>/<what>`; links and files of
    the former have a `signal`, of the latter a `task`.

    Raises:
        InputError: there is none, or it can't be used.
    """
    if (named := _published(text)) is not None:
        return named
    if os.path.isfile(text) and not is_published(text):
        data = _content(text)
        return CHECKS[_kind_of(data if isinstance(data, dict) else ())](data)
    read_link = LINKS.get(_kind_of_link(text)) if "=" in text else None
    if read_link is not None:
        found, problems = read_link(_query(text))
        if problems:
            raise InputError(problems[0])
        return found
    return read_experiment(text)


def _published(text: str) -> ResponseExperiment | TrainingExperiment | None:
    """Return the published experiment with a signal or a task that is called `text`; None for any other name or file.

    Raises:
        ExperimentError: its name begins like theirs, but there is none.
    """
    found = next((find for prefix, find in FINDERS.items() if text.startswith(prefix)), None)
    try:
        return None if found is None else found(text).experiment
    except ExperimentError:
        if os.path.isfile(text):
            return None  # a file in a folder of that name
        raise


def _from_link(text: str) -> Experiment:
    found, problems = from_query(_query(text))
    if problems:
        raise InputError(problems[0])
    return found


def _kind_of(names: Iterable[str]) -> Kind:
    """Return the kind of experiment whose subject is among the `names` of its fields."""
    return next((kind for kind, subject in SUBJECTS.items() if subject in names), "surface")


def _kind_of_link(text: str) -> Kind:
    try:
        fields = fields_of(_after_question_mark(text))
    except ExperimentError:
        return "surface"  # the sentence about it is that of any link
    named = [value for name, value in fields if name == "experiment"]
    found = (kind for kind, prefix in PREFIXES.items() if any(value.startswith(prefix) for value in named))
    return next(found, _kind_of([name for name, _ in fields]))


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
