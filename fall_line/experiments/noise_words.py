"""What is told of an experiment's noise: pictures of it must not be taken for pictures without."""

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.noise_kinds import COPIES, NOISE_KINDS


def noise_words(experiment: Experiment) -> str:
    """Return the noise in a few words, `additive, σ 0.3, 16 seeds`, or "none"."""
    count = len(experiment.all_seeds)
    return _told(experiment, "", f"{count} seeds" if count > 1 else "")


def picture_words(experiment: Experiment) -> str:
    """Return the same and which path is shown, `additive, σ 0.3, median of 16 seeds`, or "none"."""
    return _told(experiment, " shifted copies", median_words(experiment))


def _told(experiment: Experiment, copies: str, seeds: str) -> str:
    if experiment.noise == "none":
        return "none"
    batch = f"{experiment.batch} of {COPIES}{copies}" if experiment.noise == "minibatch" else ""
    return ", ".join(filter(None, [NOISE_KINDS[experiment.noise].lower(), batch, f"σ {experiment.sigma:.6g}", seeds]))


def median_words(experiment: Experiment) -> str:
    """Return which path is shown and told of where there are several, "" for a single one."""
    count = len(experiment.all_seeds)
    return f"median of {count} seeds" if count > 1 else ""


def loss_words(experiment: Experiment) -> str:
    """Return what the loss plot shows of several seeds, "" for a single one."""
    return "quartiles shaded" if len(experiment.all_seeds) > 1 else ""


def drawn_words(experiment: Experiment) -> str:
    """Return how many seeds a plot draws, in a few words, if it doesn't draw all, else ""."""
    count, drawn = len(experiment.all_seeds), experiment.drawn_seeds
    return f"{drawn} of {count} seeds drawn" if drawn < count else ""


def surface_words(experiment: Experiment) -> str:
    """Return what the surface is, if it is not the plain one."""
    return f"mean of {COPIES} shifted copies" if experiment.noise == "minibatch" else ""


def fewer_words(experiment: Experiment) -> str:
    """Return a sentence if fewer seeds are drawn or walked than are asked for, else ""."""
    if experiment.noise == "none" or experiment.drawn_seeds == experiment.seeds:
        return ""
    if experiment.sigma == 0:
        return "With σ 0 all seeds walk the same path; one is shown."
    drawn = "1 seed's path" if experiment.drawn_seeds == 1 else f"the paths of {experiment.drawn_seeds} seeds"
    return (
        f"The plot draws {drawn}, not of all {experiment.seeds}: they have more points than it can hold. "
        f"Median, quartiles, table and files are of all {experiment.seeds}."
    )
