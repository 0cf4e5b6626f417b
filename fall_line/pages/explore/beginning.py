"""What the Explore page begins with: frames where its parts will be, the picture of its experiment, and its opening."""

from fall_line.experiments.embedding import read_embedding, without_embedding
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.link import from_query
from fall_line.experiments.published import OPENING, find
from fall_line.figures.contour import MARGIN
from fall_line.pages.document import Beginning, shell
from fall_line.pages.explore.first_picture import first_picture
from fall_line.trajectories.cost import affordable_seeds, too_many_seeds

PATH = "/"

MAIN = (
    '<div class="stage"><div class="first-place">{picture}</div></div><div class="player"></div>'
    '<div class="rail"></div><div class="results"><div class="loss-panel"></div><div class="table-panel"></div></div>'
)


def opened(query: str) -> tuple[Experiment, list[str]]:
    """Return the experiment in a page's `query`, or the opening one, and what is wrong with the query."""
    asked, problems = without_embedding(query), read_embedding(query)[1]
    experiment, more = bounded(*from_query(asked)) if asked.strip("?") else (find(OPENING).experiment, [])
    return experiment, more + problems


def bounded(experiment: Experiment, problems: list[str]) -> tuple[Experiment, list[str]]:
    """Return `experiment` with as many seeds as the page can walk, and the `problems` with that one, if it is one."""
    most = affordable_seeds(experiment)
    if most == len(experiment.all_seeds):
        return experiment, problems
    return experiment.model_copy(update={"seeds": most}), [*problems, too_many_seeds(experiment, most)]


def begin(query: str) -> Beginning:
    """Return the shell with the experiment's picture, and what the page asks for first."""
    experiment, _ = opened(query)
    opening = {
        "experiment": experiment.model_dump(mode="json"),
        "domain": list(experiment.surface.domain),
        "margin": MARGIN,
    }
    frames = shell("explore", "Explore", MAIN.format(picture=first_picture(experiment)), len(experiment.runs))
    return Beginning(frames, opening, graphs=True)
