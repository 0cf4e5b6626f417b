"""A training becomes a scene: it is trained once, and all that is left to do is drawing."""

import numpy as np

from fall_line.drawing.choices import Choices
from fall_line.drawing.scene import Floats
from fall_line.drawing.timeline import span
from fall_line.drawing.training import TrainingScene, training_layout
from fall_line.experiments.published_trainings import PUBLISHED_TRAININGS, name_of
from fall_line.experiments.training_experiment import TrainingExperiment
from fall_line.exports._legend_words import legend_words
from fall_line.exports._trained import Trained, trained
from fall_line.training.ending import Kind
from fall_line.training.history import History
from fall_line.training.train import network_of

WEIGHTS = {"glorot": "Glorot", "he": "He", "zero": "zero"}
TOLD = (Kind.NOT_FINITE, Kind.STOPPED)  # what the legend says of a run that doesn't go on to the end


def training_scene(experiment: TrainingExperiment, choices: Choices) -> TrainingScene:
    """Return what a picture of the training of a network shows; hidden runs are left out.

    Raises:
        InputError: the chosen steps are not within the experiment, or the words find no room.
    """
    span(choices, experiment.steps)
    shown = [(run, seeds) for run, seeds in zip(experiment.runs, trained(experiment), strict=True) if not run.hidden]
    middle = [_middle(seeds) for _, seeds in shown]
    told = [seeds[at] for (_, seeds), at in zip(shown, middle, strict=True)]
    words = legend_words(choices, training_title(experiment), [run for run, _ in shown], [one.best for one in told])
    shape = (len(shown), len(experiment.all_seeds))
    ends = np.array([[_end(experiment, one.history) for one in seeds] for _, seeds in shown], np.int64).reshape(shape)
    scene = TrainingScene(
        choices=choices,
        title=words.title,
        names=words.names,
        values=tuple(_with_ending(one, values) for one, values in zip(told, words.values, strict=True)),
        remark="   ".join(filter(None, [words.remark, _seeds_words(experiment), _turn_words(experiment)])),
        formula=network_words(experiment),
        curves=_curves(experiment, [seeds for _, seeds in shown]),
        ends=ends[np.arange(len(shown)), middle],
        fan_ends=ends,
        lasts=np.array([[one.history.steps[-1] for one in seeds] for _, seeds in shown], np.int64).reshape(shape),
        middle=np.array(middle, dtype=np.int64),
        kept=np.array([-1 if one.best is None else one.best for one in told], dtype=np.int64),
        styles=tuple(run.style or 0 for run, _ in shown),
        turn=experiment.continued.get("step"),
    )
    training_layout(scene)  # refused here if the words find no room
    return scene


def training_title(experiment: TrainingExperiment) -> str:
    """Return what a training is called."""
    name = name_of(experiment)
    return f"{experiment.task.label}: training" if name is None else PUBLISHED_TRAININGS[name].title


def network_words(experiment: TrainingExperiment) -> str:
    """Return the network and how it is trained, in a line."""
    sizes = "–".join(map(str, network_of(experiment).sizes))
    activation = [experiment.activation] if experiment.layers else []
    now, before = _batch_words(experiment), _batch_words(experiment.earlier or experiment)
    batch = f"{now} at each step" if now == before else f"{before} → {now} at each step"
    weights = WEIGHTS[experiment.initialization]
    penalty = [f"λ {experiment.l2:g}"] if experiment.l2 else []
    return ", ".join([f"{sizes} neurons", *activation, f"{weights} weights", batch, *penalty])


def _batch_words(experiment: TrainingExperiment) -> str:
    largest = np.max(experiment.model_copy(update={"continued": {}}).batch_sizes)
    grown = f"{experiment.batch} to {largest}" if experiment.batch_schedule and experiment.batch else f"{largest}"
    return "all points" if experiment.batch == 0 else f"{grown} of {experiment.points} points"


def _turn_words(experiment: TrainingExperiment) -> str:
    turn = experiment.continued.get("step", experiment.steps)
    return f"→ from step {turn} on" if turn < experiment.steps else ""


def _with_ending(one: Trained, values: str) -> str:
    return f"{values}   {one.ending.short}".strip() if one.ending.kind in TOLD else values


def _seeds_words(experiment: TrainingExperiment) -> str:
    count = len(experiment.all_seeds)
    return f"{count} seeds, the one with the median last loss drawn thick" if count > 1 else ""


def _middle(seeds: list[Trained]) -> int:
    """Return which seed's last loss is the median, the lower of two."""
    losses = [one.history.loss[-1] for one in seeds]
    order = np.argsort(np.where(np.isnan(losses), np.inf, losses), kind="stable")
    return int(order[(len(order) - 1) // 2])


def _end(experiment: TrainingExperiment, history: History) -> int:
    """Return the last step at which all that was looked at is finite; of a run that stopped early it is the last."""
    rows = np.flatnonzero(history.looked)
    bad = ~np.isfinite(_told(experiment, history)[..., rows]).all(axis=(0, 1))
    if not bad.any():
        return experiment.steps
    first = int(np.argmax(bad))
    return int(history.steps[rows[first - 1]]) if first else -1


def _told(experiment: TrainingExperiment, history: History) -> Floats:
    """Return (rows, columns, steps) of losses and accuracies, less those that there are none of."""
    losses, accuracies = [history.loss, history.validation_loss], [history.accuracy, history.validation_accuracy]
    rows = [losses, accuracies] if experiment.task.classes else [losses]
    return np.array(rows)[:, : 2 if experiment.validation else 1]


def _curves(experiment: TrainingExperiment, shown: list[list[Trained]]) -> Floats:
    rows, columns = (2 if experiment.task.classes else 1), (2 if experiment.validation else 1)
    curves = np.full((len(shown), len(experiment.all_seeds), rows, columns, experiment.steps + 1), np.nan)
    for run, seeds in enumerate(shown):
        for seed, one in enumerate(seeds):
            curves[run, seed, ..., one.history.steps] = np.moveaxis(_told(experiment, one.history), -1, 0)
    return curves
