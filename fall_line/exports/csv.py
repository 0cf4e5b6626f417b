"""One row a step: for spreadsheets, R, and everything else that reads tables."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fall_line.drawing.choices import Choices
from fall_line.experiments.kinds import Kind
from fall_line.exports._setting_columns import setting_cells, setting_columns
from fall_line.exports._table import Cell, Table, beginning, write_table
from fall_line.exports.format import Beginning, Format

if TYPE_CHECKING:
    from fall_line.experiments.experiment import Experiment
    from fall_line.experiments.reading import AnyExperiment
    from fall_line.experiments.response_experiment import ResponseExperiment
    from fall_line.experiments.training_experiment import TrainingExperiment
    from fall_line.exports._trained import Trained

COLUMNS = ("run", "optimizer", "step", "x", "y", "loss", "gradient_x", "gradient_y")
SEEDS = ("seed", "median")
CHAOTIC = "chaotic_from_step"
RESPONSE_COLUMNS = ("run", "optimizer", "epoch", "gradient", "response")
TRAINING_COLUMNS = (
    "run",
    "optimizer",
    "step",
    "epoch",
    "loss",
    "validation_loss",
    "accuracy",
    "validation_accuracy",
)
STATISTICS = ("run", "optimizer", "step", "seeds", "lower_quartile", "median", "upper_quartile", "within_tolerance")


def write(experiment: "Experiment", choices: Choices, path: Path) -> None:
    """Write `COLUMNS`, `CHAOTIC` and one row for every step of every run; the start is step 0, the first run number 1.

    Numbers have 17 significant digits, so that they read back as the same float64; not finite ones are nan, inf
    and -inf. With several seeds of noise the paths of all are there, and two more columns: `seed`, and `median`, 1 for
    the path that the page shows. If runs go back to their best point, the column `kept` has 1 in its row.
    `CHAOTIC`, the same in all rows of a path, is the step from which rounding or a start next to it leads elsewhere,
    or empty.

    With `statistics` the rows are those of `STATISTICS` instead: over the seeds the quartiles of the loss after each
    step, and the share of them that have come within the tolerance by then, empty where no minimum is known.

    Raises:
        OSError: the file can't be written.
    """
    write_table(_table(experiment, choices), choices, path)


def write_response(experiment: "ResponseExperiment", choices: Choices, path: Path) -> None:
    """Write `RESPONSE_COLUMNS` and one row for every epoch of every run, the first run being number 1.

    Raises:
        OSError: the file can't be written.
    """
    write_table(_response_table(experiment, choices), choices, path)


def write_training(experiment: "TrainingExperiment", choices: Choices, path: Path) -> None:
    """Write `TRAINING_COLUMNS` and one row for every step at which all points were looked at, run by run.

    What there is none of is empty: accuracy of learned values, and all that belongs to points kept back where there
    are none. With several seeds the column `seed` says which; if runs go back to their best weights, the column `kept`
    has 1 in their row; if they go on with other values, the column `continued` has 1 from that step on, and columns of
    hyperparameters hold those of the row.

    Raises:
        OSError: the file can't be written.
    """
    write_table(_training_table(experiment, choices), choices, path)


def begin(experiment: "AnyExperiment", choices: Choices) -> Beginning:
    """Return how the table begins, without having made all of it."""
    return beginning(TABLES[experiment.kind](experiment, choices), choices)


def _table(experiment: "Experiment", choices: Choices) -> Table:
    """Return the table of steps or of statistics; its fans are walked one after the other, as rows are asked for."""
    paths = len(experiment.runs) * (experiment.steps + 1)
    if choices.statistics:
        return _with_settings(experiment, Table(STATISTICS, _statistics(experiment), paths), choices)
    several = len(experiment.all_seeds) > 1
    columns = COLUMNS + (SEEDS if several else ()) + (("kept",) if experiment.return_best else ()) + (CHAOTIC,)
    return _with_settings(experiment, Table(columns, _rows(experiment), paths * len(experiment.all_seeds)), choices)


def _with_settings(experiment: "AnyExperiment", table: Table, choices: Choices) -> Table:
    """Return `table`, whose rows begin with the number of a run, with label and hyperparameters if they are wanted."""
    if not choices.hyperparameters:
        return table
    earlier = getattr(experiment, "earlier", None)  # of a training that goes on with other values
    runs = (*experiment.runs, *(earlier.runs if earlier else ()))
    cells = [setting_cells(runs, one) for one in runs]

    def place(row: list[Cell]) -> int:
        until_then = earlier is not None and int(row[2]) < experiment.continued["step"]  # type: ignore[union-attr]
        return int(row[0]) - 1 + until_then * len(experiment.runs)

    rows = ([*row, *cells[place(row)]] for row in table.rows)
    return Table(table.columns + setting_columns(runs, table.columns), rows, table.total)


def _rows(experiment: "Experiment") -> Iterator[list[Cell]]:
    from fall_line.trajectories.run import each_fan, kept_step  # noqa: PLC0415, the engine is needed only here
    from fall_line.trajectories.sensitivity import parting_step  # noqa: PLC0415

    for number, (one, fan) in enumerate(zip(experiment.runs, each_fan(experiment), strict=True), start=1):
        for index, (seed, path) in enumerate(zip(experiment.all_seeds, fan.paths, strict=True)):
            seeds: list[Cell] = [seed, int(index == fan.middle)] if len(fan.paths) > 1 else []
            kept = kept_step(experiment, path)
            parting = parting_step(experiment, one, seed, path)
            chaotic: Cell = "" if parting is None else parting
            columns = (path.points.tolist(), path.losses.tolist(), path.gradients.tolist())
            for step, (point, loss, gradient) in enumerate(zip(*columns, strict=True)):
                back = [int(step == kept)] if experiment.return_best else []
                yield [number, one.optimizer.key, step, *point, loss, *gradient, *seeds, *back, chaotic]


def _statistics(experiment: "Experiment") -> Iterator[list[Cell]]:
    from fall_line.trajectories.minima import minima_of  # noqa: PLC0415, the engine is needed only here
    from fall_line.trajectories.run import each_fan  # noqa: PLC0415
    from fall_line.trajectories.seed_statistics import seed_statistics  # noqa: PLC0415

    minima = minima_of(experiment.landscape)
    for number, (one, fan) in enumerate(zip(experiment.runs, each_fan(experiment), strict=True), start=1):
        told = seed_statistics(experiment, fan, minima)
        shares: Iterable[Cell] = [""] * (experiment.steps + 1) if told.share is None else told.share.tolist()
        for step, (share, *losses) in enumerate(zip(shares, *(each.tolist() for each in told.losses), strict=True)):
            yield [number, one.optimizer.key, step, told.seeds, *losses, share]


def _response_table(experiment: "ResponseExperiment", choices: Choices) -> Table:
    count = len(experiment.runs) * len(experiment.values)
    return _with_settings(experiment, Table(RESPONSE_COLUMNS, _response_rows(experiment), count), choices)


def _response_rows(experiment: "ResponseExperiment") -> Iterator[list[Cell]]:
    from fall_line.trajectories.response import response  # noqa: PLC0415

    signal = experiment.values
    for number, one in enumerate(experiment.runs, start=1):
        updates = response(one.optimizer, one.hypers, signal).updates
        for epoch, pair in enumerate(zip(signal.tolist(), updates.tolist(), strict=True)):
            yield [number, one.optimizer.key, epoch, *pair]


def _training_table(experiment: "TrainingExperiment", choices: Choices) -> Table:
    from fall_line.exports._trained import trained  # noqa: PLC0415, the engine is needed only here

    told = trained(experiment)
    several = ("seed",) if len(experiment.all_seeds) > 1 else ()
    back, on = ("kept",) if experiment.return_best else (), ("continued",) if experiment.continued else ()
    count = sum(int(one.history.looked.sum()) for seeds in told for one in seeds)
    table = Table(TRAINING_COLUMNS + several + back + on, _training_rows(experiment, told), count)
    return _with_settings(experiment, table, choices)


def _training_rows(experiment: "TrainingExperiment", told: "list[list[Trained]]") -> Iterator[list[Cell]]:
    from fall_line.training.table import rows  # noqa: PLC0415

    several, back, turn = len(experiment.all_seeds) > 1, experiment.return_best, experiment.continued.get("step")
    for place, (run, seeds) in enumerate(zip(experiment.runs, told, strict=True), start=1):
        alone = experiment.model_copy(update={"runs": (run,)})
        for seed, one in zip(experiment.all_seeds, seeds, strict=True):
            for _, key, step, *numbers in rows(alone, [one.history]):
                cells = ["" if number is None else number for number in numbers]
                kept = [int(step == one.best)] if back else []
                on = [int(step >= turn)] if turn else []
                yield [place, key, step, *cells, *([seed] if several else []), *kept, *on]


TABLES: dict[Kind, Callable[..., Table]] = {
    "surface": _table,
    "response": _response_table,
    "training": _training_table,
}

csv = Format(
    key="csv",
    label="Table of every step (CSV)",
    media_type="text/csv",
    write=write,
    write_response=write_response,
    write_training=write_training,
    begin=begin,
    heeds=frozenset({"statistics", "hyperparameters", "decimal_comma"}),
)
