"""Links from page to page: how a run answers a signal, and how runs that answer one descend a surface."""

from fall_line.experiments.experiment_run import MAX_LABEL, Run
from fall_line.experiments.link import write_run
from fall_line.experiments.query_string import query_of
from fall_line.experiments.response_experiment import ResponseExperiment


def response_of(run: Run) -> str | None:
    """Return the query with which the Response page shows how `run` answers, or None if it can't answer a signal.

    A signal is answered with constant hyperparameters, and nobody has tuned them for it.
    """
    if run.optimizer.needs_loss:
        return None
    answering = run.model_copy(update={"schedules": {}, "tuned": "", "hidden": False})
    return query_of([("run", write_run(answering, 0))])


def descent_of(experiment: ResponseExperiment) -> str:
    """Return the fields with which the Explore page lets all runs descend a surface, named by their methods too."""
    runs = [run.model_copy(update={"label": _named(run)}) for run in experiment.runs]
    return query_of([("run", write_run(run, index)) for index, run in enumerate(runs)])


def _named(run: Run) -> str:
    """Return the label of `run` with its method's name, where that is new and there is room."""
    label, method = run.label, run.optimizer.label
    whole = f"{method}, {label}"
    return label if not label or method.lower() in label.lower() or len(whole) > MAX_LABEL else whole
