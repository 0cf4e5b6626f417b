"""What the Response page begins with: frames where its parts will be."""

from fall_line.experiments.embedding import read_embedding, without_embedding
from fall_line.experiments.published_responses import OPENING_RESPONSE, find
from fall_line.experiments.response_experiment import ResponseExperiment
from fall_line.experiments.response_link import from_query
from fall_line.pages.document import Beginning, shell

PATH = "/response"
MAIN = '<div class="response-stage"></div><div class="response-readings"></div><div class="rail"></div>'


def opened(query: str) -> tuple[ResponseExperiment, list[str]]:
    """Return the experiment in a page's `query`, or the opening one, and what is wrong with the query."""
    asked, problems = without_embedding(query), read_embedding(query)[1]
    experiment, more = from_query(asked) if asked.strip("?") else (find(OPENING_RESPONSE).experiment, [])
    return experiment, more + problems


def begin(query: str) -> Beginning:
    """Return the shell."""
    return Beginning(shell("response", "Response", MAIN, len(opened(query)[0].runs)))
