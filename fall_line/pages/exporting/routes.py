"""Previews and files of the export dialog, and its jobs: started, watched, cancelled, fetched."""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, send_file

from fall_line import jobs
from fall_line.exports import FORMATS
from fall_line.pages.browser_token import browser_token, remembered
from fall_line.pages.exporting import answers
from fall_line.pages.json_answer import answered, as_json, problem

routes = Blueprint("export", __name__, url_prefix="/export")


@routes.post("/preview")
def preview() -> Response:
    """Answer an export with a small picture of it."""
    return answered(answers.preview)


@routes.post("/weight")
def weight() -> Response:
    """Answer an export with the size that its file will have."""
    return answered(answers.weight)


@routes.post("/file")
def file() -> Response:
    """Answer an export with the file."""

    def attachment(question: object) -> Response:
        content, name, media_type = answers.file(question)
        response = Response(content, mimetype=media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return answered(attachment)


@routes.post("/jobs")
def start() -> Response:
    """Put an export into the queue and answer with the job's state."""
    browser = browser_token()
    return remembered(answered(lambda question: answers.job(question, browser)), browser)


def _known(route: Callable[[str], Response]) -> Callable[[str], Response]:
    """Let `route` answer for jobs that are there, and 404 for others."""

    @wraps(route)
    def guarded(id: str) -> Response:
        try:
            return route(id)
        except (jobs.UnknownJob, FileNotFoundError):
            return problem("This export is not there any more.", 404)

    return guarded


@routes.get("/jobs/<id>")
@_known
def watch(id: str) -> Response:
    """Answer where a job stands."""
    response = as_json(answers.state(id))
    response.headers["Cache-Control"] = "no-store"
    return response


@routes.route("/jobs/<id>/cancel", methods=["POST", "DELETE"])
@_known
def cancel(id: str) -> Response:
    """Stop a job and answer where it stands."""
    jobs.cancel(id)
    return as_json(answers.state(id))


@routes.get("/jobs/<id>/file")
@_known
def fetch(id: str) -> Response:
    """Answer with a finished job's file."""
    path, state = jobs.file(id), jobs.state(id)
    media_type = FORMATS[state.format].media_type
    response = send_file(path, mimetype=media_type, as_attachment=True, download_name=state.name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
