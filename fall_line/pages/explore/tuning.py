"""The answer to a wish to tune runs: for each the best values found, how they did, and the sweep as a figure."""

from typing import Any

import numpy as np
import orjson

from fall_line.components.hyperparameter_slider import written
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import CRITERIA, Run
from fall_line.experiments.mending import ExperimentError, check
from fall_line.explanations.answer import number
from fall_line.exports._sweep_table import sweep_text
from fall_line.figures.theme import PALETTES
from fall_line.figures.tuning import Curve, tuning_figure
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import run
from fall_line.trajectories.tuning import Sweep, Tuning, check_budget, shown_runs, tune_runs
from fall_line.validation import quoted

AXES = {"final": "final loss", "best": "best loss", "steps": "steps"}


def tuned(request: Any) -> bytes:
    """Return new values for the runs that are shown, with the sweep, as JSON.

    The request holds the `experiment`, a `criterion` and `everything`: all hyperparameters or only the learning rate.
    `settings` are all that was tried, for a reader who chooses another of them; `figures` has one for each theme,
    `table` all of it as the text of a CSV file.

    Raises:
        InputError: something in it can't be used.
    """
    if not isinstance(request, dict):
        raise ExperimentError("A tuning is asked for with an object that has an experiment and a criterion.")
    criterion, everything = request.get("criterion"), request.get("everything") is True
    if not isinstance(criterion, str) or criterion not in CRITERIA:
        raise ExperimentError(f"The criterion is {quoted(criterion)}; it must be one of {', '.join(CRITERIA)}.")
    experiment = check(request.get("experiment"))
    shown = shown_runs(experiment)
    check_budget(experiment, len(shown), everything)
    tuning = tune_runs(experiment, shown, criterion, everything)
    sweeps = tuning.sweeps
    answer = {
        "runs": [_row(experiment.runs[index], index, tuning) for index in shown],
        "words": _words(experiment, sweeps, criterion, everything),
        "figures": _figures(experiment, sweeps, criterion, everything),
        "table": sweep_text(experiment, tuning),
    }
    return orjson.dumps(answer)


def _row(one: Run, index: int, tuning: Tuning) -> dict[str, Any]:
    sweep = tuning.sweeps[index]
    return {
        "run": index,
        "best": sweep.best,
        "settings": sweep.settings,
        "tuned": tuning.mark(index),
        "name": one.name,
    }


def _words(experiment: Experiment, sweeps: dict[int, Sweep], criterion: str, everything: bool) -> str:
    lost = [experiment.runs[index].name for index, sweep in sweeps.items() if sweep.best is None]
    found = len(sweeps) - len(lost)
    what = "combinations of all hyperparameters" if everything else "learning rates"
    tried = len(next(iter(sweeps.values())).settings) if sweeps else 0
    told = f"Tuned {found} {'run' if found == 1 else 'runs'}: {tried} {what} each, {CRITERIA[criterion]}."
    if not sweeps:
        return "No run is shown, so none was tuned."
    if not lost:
        return told
    never = "stayed finite" if criterion != "steps" else "came within the tolerance"
    verb = "is" if len(lost) == 1 else "are"
    unchanged = f"{', '.join(lost)} {verb} as before: with none of the values tried it {never}."
    return f"{told} {unchanged}" if found else f"Nothing was changed. {unchanged}"


def _figures(
    experiment: Experiment, sweeps: dict[int, Sweep], criterion: str, everything: bool
) -> dict[str, dict[str, Any]]:
    minima = minima_of(experiment.landscape)
    losses = criterion != "steps"
    floor = minima[0].loss if minima and losses else 0.0
    curves = [_curve(experiment.runs[index], sweep, floor, criterion, everything) for index, sweep in sweeps.items()]
    lowest = min((score for one in curves for score in one.scores), default=0.0)
    log = losses and (bool(minima) or lowest > 0)
    title = AXES[criterion] + (" − minimum" if losses and minima else "")
    ceiling = _ceiling(experiment, floor, losses)
    return {theme: tuning_figure(curves, title, log, ceiling, theme).to_plotly_json() for theme in PALETTES}


def _ceiling(experiment: Experiment, floor: float, losses: bool) -> float:
    """Return the height of the start: what ends a hundred times as high isn't looked for."""
    if not losses:
        return float(experiment.steps)
    start = run(experiment.model_copy(update={"steps": 1, "runs": experiment.runs[:1], "noise": "none"}))[0].losses[0]
    return 100 * max(float(start) - floor, 1e-12)


def _curve(one: Run, sweep: Sweep, floor: float, criterion: str, everything: bool) -> Curve:
    rate = one.optimizer.hypers[0].key
    rates = np.array([settings[rate] for settings in sweep.settings])
    texts = [
        f"{_told(one, settings, everything)}<br>{CRITERIA[criterion]} {number(score)}"
        for settings, score in zip(sweep.settings, sweep.scores, strict=True)
    ]
    style = one.style or 0
    return Curve(one.name, style, rates, sweep.scores - floor, texts, sweep.best, joined=not everything)


def _told(one: Run, settings: dict[str, float], everything: bool) -> str:
    hypers = one.optimizer.hypers
    shown = hypers if everything else hypers[:1]
    return "  ".join(f"{hyper.symbol} {written(settings[hyper.key])}" for hyper in shown)
