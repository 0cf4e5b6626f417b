"""The questions that the page asks of the trained networks' weights, outside Dash's callbacks."""

from flask import Blueprint, Response

from fall_line.pages.json_answer import answered
from fall_line.pages.train import views

routes = Blueprint("train_views", __name__, url_prefix="/train")


@routes.post("/learned")
def learned() -> Response:
    """Answer an experiment and a step with what each run has learned by then."""
    return answered(views.learned)


@routes.post("/plane")
def plane() -> Response:
    """Answer an experiment and a plane with the paths of all runs before it, and the loss on it."""
    return answered(views.plane)
