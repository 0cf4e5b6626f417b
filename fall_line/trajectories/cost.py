"""How long paths take to walk, in plain steps: about a million of them a second."""

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.noise_kinds import COPIES
from fall_line.validation import InputError

SEARCHING = 30  # how many plain steps more a step costs that asks for losses or curvature
MOST_OF_SEEDS = 6_000_000  # plain steps of all seeds that the page walks for one answer: some seconds


def plain_steps(experiment: Experiment, runs: list[int], steps: int) -> int:
    """Return how many plain steps would take as long as `steps` of the paths of `runs` with all seeds."""
    copies = COPIES if experiment.noise == "minibatch" else 0
    each = [1 + copies + SEARCHING * experiment.runs[run].optimizer.needs_loss for run in runs]
    return sum(each) * len(experiment.all_seeds) * steps


def affordable_seeds(experiment: Experiment) -> int:
    """Return with how many seeds the page walks `experiment`: as many as it has, or fewer where that would take long.

    One seed always is.
    """
    count = len(experiment.all_seeds)
    cost = plain_steps(experiment, list(range(len(experiment.runs))), experiment.steps)
    return max(1, min(count, MOST_OF_SEEDS * count // cost))


def check_seeds(experiment: Experiment) -> None:
    """Refuse an experiment whose seeds would keep the page's server busy for long.

    Raises:
        InputError: they would; the text says how many wouldn't.
    """
    most = affordable_seeds(experiment)
    if most < len(experiment.all_seeds):
        raise InputError(too_many_seeds(experiment, most))


def too_many_seeds(experiment: Experiment, most: int) -> str:
    """Return a sentence that says how many seeds the page can walk."""
    runs = "this run" if len(experiment.runs) == 1 else f"these {len(experiment.runs)} runs"
    return (
        f"{experiment.seeds} seeds of {runs} with {experiment.length_words} would keep the page busy for long; "
        f"it walks {most} at most. Fewer steps or runs allow more; the command line and the library have no limit."
    )
