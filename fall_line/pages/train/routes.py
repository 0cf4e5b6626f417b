"""The questions that the page asks while something trains, outside Dash's callbacks, as on the Explore page."""

from flask import Blueprint, Response

from fall_line.pages.browser_token import browser_token, remembered
from fall_line.pages.json_answer import answered
from fall_line.pages.train import answers, views

routes = Blueprint("train", __name__, url_prefix="/train")


@routes.post("/answers")
def trainings() -> Response:
    """Answer an experiment with every run's curves as far as they have come, and links."""
    browser = browser_token()
    return answered(lambda question: answers.answers(question, browser))


@routes.post("/job")
def job() -> Response:
    """Start or cancel the long trainings of an experiment, and answer as to any question after it."""
    browser = browser_token()
    return remembered(answered(lambda question: answers.answers(question, browser)), browser)


@routes.post("/learned")
def learned() -> Response:
    """Answer an experiment and a step with what each run has learned by then."""
    return answered(views.learned)


@routes.post("/plane")
def plane() -> Response:
    """Answer an experiment and a plane with the paths of all runs before it, and the loss on it."""
    return answered(views.plane)


@routes.post("/sharpness")
def sharpness() -> Response:
    """Answer an experiment with gradient and sharpness along each run, as far as they are found after a moment."""
    return answered(views.sharpness)
