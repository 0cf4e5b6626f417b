"""What the Explore page begins with: frames where its parts will be, the picture of its experiment, and its opening."""

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.link import from_query
from fall_line.experiments.published import OPENING, find
from fall_line.figures.contour import MARGIN
from fall_line.pages.document import Beginning
from fall_line.pages.explore.first_picture import first_picture

PATH = "/"

SHELL = """<div id="shell" class="explore shell" aria-hidden="true">
<header class="header"><p class="brand"><span class="logo"></span>Fall Line</p></header>
<main class="explore-main">
<section class="stage"><div class="first-place">{picture}</div></section>
<div class="player"></div>
<aside class="rail"></aside>
<section class="results"><div class="loss-panel"></div><div class="table-panel"></div></section>
</main>
</div>"""


def opened(query: str) -> tuple[Experiment, list[str]]:
    """Return the experiment in a page's `query`, or the opening one, and what is wrong with the query."""
    return from_query(query) if query else (find(OPENING).experiment, [])


def begin(query: str) -> Beginning:
    """Return the shell with the experiment's picture, and what the page asks for first."""
    experiment, _ = opened(query)
    opening = {
        "experiment": experiment.model_dump(mode="json"),
        "domain": list(experiment.surface.domain),
        "margin": MARGIN,
    }
    return Beginning(SHELL.format(picture=first_picture(experiment)), opening)
