"""The questions that the page asks while something is dragged, outside Dash's callbacks, as on the Explore page."""

import orjson
from flask import Blueprint, Response

from fall_line.pages.json_answer import answered
from fall_line.pages.response import answers
from fall_line.pages.response.formula_panel import described

routes = Blueprint("response", __name__, url_prefix="/response")


@routes.post("/answers")
def runs() -> Response:
    """Answer an experiment with its signal, every run's updates and memory, and links."""
    return answered(answers.answers)


@routes.post("/signal")
def signal() -> Response:
    """Answer a typed signal with its key and its typeset formula."""
    return answered(lambda request: orjson.dumps(described(request)))
