"""Routes that the page's own code asks: JSON in, JSON out, and a sentence where something is wrong."""

from collections.abc import Callable
from typing import Any

import orjson
from flask import Response, request

from fall_line.exports.format import ExportError
from fall_line.validation import InputError

COMPRESS_FROM = 200_000  # bytes


def answered(answer: Callable[[Any], bytes | Response]) -> Response:
    """Return `answer` to the request's JSON, or `problem`: the sentence that says what is wrong with the input.

    That is an answer like another. Status 400 is for what isn't even JSON.
    """
    try:
        question = orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        return problem("This isn't JSON.", 400)
    try:
        body = answer(question)
    except (InputError, ExportError) as error:
        return problem(str(error))
    return body if isinstance(body, Response) else as_json(body)


def as_json(body: bytes) -> Response:
    """Return the response that carries `body`."""
    response = Response(body, mimetype="application/json")
    if len(body) < COMPRESS_FROM:
        # Said to be encoded already, so that nobody spends the time of a whole run on squeezing random digits.
        response.headers["Content-Encoding"] = "identity"
    return response


def problem(sentence: str, status: int = 200) -> Response:
    """Return the response that tells what is wrong."""
    return Response(orjson.dumps({"problem": sentence}), status, mimetype="application/json")
