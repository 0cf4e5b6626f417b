"""The questions that the page asks while something is dragged, outside Dash's callbacks.

A callback passes through the store of the whole page half a dozen times, which costs 60 to 100 ms a move on a page of
this size; a plain request costs none of it. What is asked and answered is the same plain data.
"""

import orjson
from flask import Blueprint, Response, request

from fall_line.pages.explore import answers, noise_tables, programs, tuning
from fall_line.pages.explore.formula_panel import described
from fall_line.pages.json_answer import answered, kept, kept_for_good, problem
from fall_line.validation import InputError

routes = Blueprint("explore", __name__, url_prefix="/explore")


@routes.route("/paths", methods=["GET", "POST"])
def paths() -> Response:
    """Answer an experiment with its paths, losses, reports, summary and link."""
    return answered(answers.paths)


@routes.route("/contour", methods=["GET", "POST"])
def contour() -> Response:
    """Answer a view of a surface with its contour plot."""
    return answered(answers.contour)


@routes.get("/program")
def program() -> Response:
    """Answer a kind, `surface`, `rule` or `response`, and a key with its JavaScript module, empty if there is none."""
    text = programs.program(request.args.get("kind", ""), request.args.get("key", ""))
    return _module(text, lasts=text != programs.NONE)


@routes.get("/programs")
def all_programs() -> Response:
    """Answer a kind, `rule` or `response`, with the JavaScript module of all methods."""
    return _module(programs.catalogue(request.args.get("kind", "")), lasts=True)


def _module(text: str, lasts: bool) -> Response:
    version = request.args.get("version", "") if lasts else ""
    answer = kept_for_good(Response(text, mimetype="text/javascript"), text, version)
    answer.make_conditional(request)
    return answer


@routes.get("/noise")
def noise() -> Response:
    """Answer a kind of noise, seeds and steps with their random numbers."""
    try:
        table = noise_tables.noise_table(request.args)
    except InputError as error:
        return problem(str(error), 400)
    answer = kept(Response(table, mimetype="application/octet-stream"), request.query_string)
    answer.headers["Content-Encoding"] = "identity"
    answer.make_conditional(request)
    return answer


@routes.post("/step")
def step() -> Response:
    """Answer one step of one run with its numbers, arrows and captions."""
    return answered(answers.step)


@routes.post("/surface")
def surface() -> Response:
    """Answer a typed surface with its domain, start, parameters and typeset formula."""
    return answered(lambda request: orjson.dumps(described(request)))


@routes.post("/tune")
def tune() -> Response:
    """Answer an experiment with values tuned for its runs, and the sweep."""
    return answered(tuning.tuned)
