"""What is written in a picture: its title, and each run's name and values."""

from collections.abc import Sequence

from fall_line.drawing.choices import Choices
from fall_line.drawing.legend import Words
from fall_line.experiments.experiment_run import Run
from fall_line.experiments.tuned_words import tuned_words
from fall_line.hyperparameter import Hyper


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
    values = (f"{hyper.symbol or hyper.label} {_value(one, hyper)}" for hyper in one.optimizer.hypers)
    kept_words = [] if kept is None else [f"kept: step {kept}"]
    return "   ".join([*values, *kept_words])


def _value(one: Run, hyper: Hyper) -> str:
    """Return a value with its schedule; of a run that goes on with another one both, as in 0.1 → 0.01."""
    now, before = _told(one, hyper), _told(getattr(one, "earlier", one), hyper)
    return now if now == before else f"{before} → {now}"


def _told(one: Run, hyper: Hyper) -> str:
    return f"{one.hypers[hyper.key]:.6g}{one.schedule_words(hyper, numbers=True)}"
