"""What the Train page begins with: frames where its parts will be."""

from fall_line.experiments.embedding import read_embedding, without_embedding
from fall_line.experiments.published_trainings import OPENING_TRAINING, find
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.experiments.training_link import from_query
from fall_line.experiments.training_look import TrainingLook, read_look, tells_no_more
from fall_line.pages.document import Beginning, shell
from fall_line.training.cost import LONGEST, duration, estimated_seconds

PATH = "/train"
MAIN = (
    '<div class="train-stage"></div><div class="train-views"></div><div class="player"></div>'
    '<div class="train-table"></div><div class="rail"></div>'
)


def opened(query: str) -> tuple[TrainingExperiment, list[str]]:
    """Return the experiment in a page's `query`, or the opening one, and what is wrong with the query."""
    asked, problems = without_embedding(query), read_embedding(query)[1]
    experiment, more = (find(OPENING_TRAINING).experiment, []) if tells_no_more(asked) else from_query(asked)
    return bounded(experiment, more + problems)


def looked_at(query: str, experiment: TrainingExperiment) -> tuple[TrainingLook, list[str]]:
    """Return what the page's `query` looks at of `experiment`, and what is wrong with that."""
    return read_look(without_embedding(query), experiment)


def bounded(experiment: TrainingExperiment, problems: list[str]) -> tuple[TrainingExperiment, list[str]]:
    """Return `experiment` with no more steps than can be trained in an hour, and told so in `problems`."""
    shorter = affordable(experiment)
    if shorter is experiment:
        return experiment, problems
    took = duration(estimated_seconds(experiment))
    told = f"{experiment.length_words} of this would train for about {took}: it has {shorter.steps} now."
    return shorter, [told, *problems]


def affordable(experiment: TrainingExperiment) -> TrainingExperiment:
    """Return `experiment`, with as many steps less as it takes to train it in an hour."""
    share = LONGEST / estimated_seconds(experiment)
    if share >= 1:
        return experiment
    return experiment.model_copy(update={"steps": max(1, int(experiment.steps * share))})


def begin(query: str) -> Beginning:
    """Return the shell."""
    return Beginning(shell("train", "Train", MAIN, len(opened(query)[0].runs)))
