"""Routes that the page's own code asks: JSON in, JSON out, and a sentence where something is wrong.

A question comes with POST, or as `q` in the address with GET. To the latter a browser keeps the answer, and asks
whether it still holds before it uses it again.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import orjson
from flask import Response, request

import landscapes
import optimizers
from fall_line import __version__
from fall_line.exports.format import ExportError
from fall_line.settings import settings
from fall_line.validation import InputError

COMPRESS_FROM = 100_000  # bytes
COMPRESS_FAR_FROM = 1_000  # bytes, for a reader who is far
DISTANCE = "Fall-Line-Distance"
MADE_HERE = b"own-"  # begins the keys of surfaces and methods that were made in this process
OWN = b'"' + MADE_HERE  # as they stand in JSON
SEARCHING = b'"minima":"searching"'  # in an answer that will be another one soon


def answered(answer: Callable[[Any], bytes | Response]) -> Response:
    """Return `answer` to the request's JSON, or `problem`: the sentence that says what is wrong with the input.

    That is an answer like another. Status 400 is for what isn't even JSON.
    """
    asked_with_get = request.method in ("GET", "HEAD")
    text = request.args.get("q", "").encode() if asked_with_get else request.get_data()
    try:
        question = orjson.loads(text)
    except orjson.JSONDecodeError:
        return problem("This isn't JSON.", 400)
    if asked_with_get and request.if_none_match.contains_weak(_tag(text)):
        return kept(Response(status=304), text)
    try:
        body = answer(question)
    except (InputError, ExportError) as error:
        return problem(str(error))
    if isinstance(body, Response):
        return body
    keep = asked_with_get and SEARCHING not in body and OWN not in text
    return kept(as_json(body), text) if keep else as_json(body)


def as_json(body: bytes) -> Response:
    """Return the response that carries `body`, compressed if it is large, or not so small and the reader far."""
    response = Response(body, mimetype="application/json")
    far = request.headers.get(DISTANCE) == "far"
    if len(body) < (COMPRESS_FAR_FROM if far else COMPRESS_FROM):
        # Said to be encoded already, so that nobody spends the time of a whole run on squeezing random digits.
        response.headers["Content-Encoding"] = "identity"
    return response


def problem(sentence: str, status: int = 200) -> Response:
    """Return the response that tells what is wrong."""
    return Response(orjson.dumps({"problem": sentence}), status, mimetype="application/json")


def kept(response: Response, question: bytes) -> Response:
    """Let the browser keep `response`, the answer to `question`, and ask again whether it still holds."""
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(_tag(question), weak=True)
    return response


def kept_for_good(response: Response, content: str, version: str) -> Response:
    """Let the browser keep `response` without asking if its address names the `version` of the code that answers.

    Otherwise the browser asks whether this `content` still holds.
    """
    lasts = version == code_version() and MADE_HERE not in request.query_string
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable" if lasts else "private, no-cache"
    response.set_etag(hashlib.sha256(content.encode()).hexdigest()[:24], weak=True)
    return response


def _tag(question: bytes) -> str:
    return hashlib.sha256(code() + request.path.encode() + question).hexdigest()[:24]


def code_version() -> str:
    """Return what addresses say of the code that answers."""
    return code().hex()[:12]


@lru_cache(maxsize=1)
def code() -> bytes:
    """Return what tells the code that answers from any other: versions, and files of surfaces, methods and plugins.

    It is found at the first call, which has to come when that code is imported: files may change later.
    """
    package = Path(__file__).parents[1]
    chosen = settings().plugins
    folders = [package, *(Path(one.__file__ or "").parent for one in (landscapes, optimizers))]
    folders += [Path(chosen)] if chosen else []
    files = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
    states = [f"{file.name} {(state := file.stat()).st_mtime_ns} {state.st_size}" for file in files]
    versions = [__version__, *(metadata.version(package) for package in ("jax", "optax"))]
    return hashlib.sha256("\n".join([*versions, *states]).encode()).digest()
