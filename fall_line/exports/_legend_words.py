"""What is written in a picture: its title, and each run's name and values."""

from collections.abc import Sequence

from fall_line.drawing.choices import Choices
from fall_line.drawing.legend import Words
from fall_line.experiments.experiment_run import Run
from fall_line.experiments.tuned_words import tuned_words


def legend_words(choices: Choices, title: str, runs: Sequence[Run], kept: list[int | None] | None = None) -> Words:
    """Return what is written in a picture of these `runs`; `kept` are the steps to which they go back."""
    steps = kept or [None] * len(runs)
    return Words(
        choices.heading or title,
        tuple(one.name for one in runs),
        tuple(_values(one, step) for one, step in zip(runs, steps, strict=True)),
        tuned_words(runs),
    )


def _values(one: Run, kept: int | None = None) -> str:
    hypers = one.optimizer.hypers
    values = (
        f"{hyper.symbol or hyper.label} {one.hypers[hyper.key]:.6g}{one.schedule_words(hyper, numbers=True)}"
        for hyper in hypers
    )
    kept_words = [] if kept is None else [f"kept: step {kept}"]
    return "   ".join([*values, *kept_words])
