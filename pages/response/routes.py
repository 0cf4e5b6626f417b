"""The question that the page asks while something is dragged, outside Dash's callbacks, as on the Explore page."""

from flask import Blueprint, Response

from pages.json_answer import answered
from pages.response import answers

routes = Blueprint("response", __name__, url_prefix="/response")


@routes.post("/answers")
def runs() -> Response:
    """Answer an experiment with its signal, every run's updates and memory, and links."""
    return answered(answers.answers)
