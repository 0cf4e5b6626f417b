"""The questions that the page asks while something trains, outside Dash's callbacks, as on the Explore page."""

from flask import Blueprint, Response

from fall_line.pages.json_answer import answered
from fall_line.pages.train import answers, view_routes

routes = Blueprint("train", __name__, url_prefix="/train")
routes.register_blueprint(view_routes.routes, url_prefix="")


@routes.post("/answers")
def trainings() -> Response:
    """Answer an experiment with every run's curves as far as they have come, and links."""
    return answered(answers.answers)
