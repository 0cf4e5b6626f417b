"""What the Response page begins with: frames where its parts will be."""

from fall_line.pages.document import Beginning

PATH = "/response"

SHELL = """<div id="shell" class="response shell" aria-hidden="true">
<header class="header"><p class="brand"><span class="logo"></span>Fall Line</p></header>
<main class="response-main">
<section class="response-stage"></section><section class="response-readings"></section><aside class="rail"></aside>
</main>
</div>"""


def begin(_query: str) -> Beginning:
    """Return the shell."""
    return Beginning(SHELL)
