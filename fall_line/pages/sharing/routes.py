"""Where the page is found, and a link as a QR code."""

from flask import Blueprint, Response, current_app

from fall_line.pages.json_answer import answered, as_json
from fall_line.pages.sharing import answers

routes = Blueprint("share", __name__, url_prefix="/share")


@routes.post("/place")
def place() -> Response:
    """Answer where other machines find this one, and who may show it in a frame."""
    return as_json(answers.place(current_app.config[answers.NETWORK], current_app.config[answers.FRAMED_BY]))


@routes.post("/code")
def code() -> Response:
    """Answer a link with its QR code."""
    return answered(answers.qr_code)
