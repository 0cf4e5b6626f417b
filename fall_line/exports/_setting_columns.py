"""The columns of a table that say with what each run was made."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fall_line.experiments.experiment_run import Run


def setting_columns(runs: "tuple[Run, ...]", taken: tuple[str, ...]) -> tuple[str, ...]:
    """Return `label`, the keys of all hyperparameters of `runs`, and `schedule` if one follows a schedule.

    A key that is `taken` begins with `hyper_`.
    """
    keys = dict.fromkeys(hyper.key for one in runs for hyper in one.optimizer.hypers)
    reserved = {*taken, "label", "schedule"}
    named = (f"hyper_{key}" if key in reserved else key for key in keys)
    return ("label", *named, *(("schedule",) if any(one.schedules for one in runs) else ()))


def setting_cells(runs: "tuple[Run, ...]", one: "Run") -> list[str | float]:
    """Return what stands in those columns for one of `runs`; hyperparameters that it doesn't have are empty."""
    keys = dict.fromkeys(hyper.key for each in runs for hyper in each.optimizer.hypers)
    schedules = [
        f"{hyper.key}{words}" for hyper in one.optimizer.hypers if (words := one.schedule_words(hyper, numbers=True))
    ]
    scheduled = ["; ".join(schedules)] if any(each.schedules for each in runs) else []
    return [one.name, *(float(one.hypers[key]) if key in one.hypers else "" for key in keys), *scheduled]
