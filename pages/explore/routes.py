"""The two questions that the page asks while something is dragged, outside Dash's callbacks.

A callback passes through the store of the whole page half a dozen times, which costs 60 to 100 ms a move on a page of
this size; a plain request costs none of it. What is asked and answered is the same plain data.
"""

from collections.abc import Callable
from typing import Any

import orjson
from flask import Blueprint, Response, request

from pages.explore import answers
from trajectories.mending import ExperimentError

COMPRESS_FROM = 200_000  # bytes

routes = Blueprint("explore", __name__, url_prefix="/explore")


@routes.post("/paths")
def paths() -> Response:
    """Answer an experiment with its paths, losses, reports, summary and link."""
    return _answered(answers.paths)


@routes.post("/contour")
def contour() -> Response:
    """Answer a view of a surface with its contour plot."""
    return _answered(answers.contour)


def _answered(answer: Callable[[Any], bytes]) -> Response:
    """Return `answer` to the request's JSON, or `problem`: the sentence that says what is wrong with the input.

    That is an answer like another. Status 400 is for what isn't even JSON.
    """
    try:
        question = orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        return Response(orjson.dumps({"problem": "This isn't JSON."}), 400, mimetype="application/json")
    try:
        body = answer(question)
    except ExperimentError as error:
        body = orjson.dumps({"problem": str(error)})
    response = Response(body, mimetype="application/json")
    if len(body) < COMPRESS_FROM:
        # Said to be encoded already, so that nobody spends the time of a whole run on squeezing random digits.
        response.headers["Content-Encoding"] = "identity"
    return response
