"""What the Response page begins with: frames where its parts will be."""

from fall_line.pages.document import Beginning, shell

PATH = "/response"
MAIN = '<div class="response-stage"></div><div class="response-readings"></div><div class="rail"></div>'


def begin(_query: str) -> Beginning:
    """Return the shell."""
    return Beginning(shell("response", "Response", MAIN))
