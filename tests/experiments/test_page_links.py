"""Links from page to page: the run that is shown there is the same, and what the other page can't use is left out."""

import pytest

from fall_line.experiments import response_link
from fall_line.experiments.experiment_run import MAX_LABEL
from fall_line.experiments.link import from_query
from fall_line.experiments.mending import check
from fall_line.experiments.page_links import descent_of, response_of
from fall_line.experiments.response_experiment import answering
from fall_line.experiments.response_experiment import check as check_response
from optimizers import OPTIMIZERS


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_method_that_can_answer_a_signal_has_a_link_to_its_answer(key):
    run = {"optimizer": key, "label": "a, b & c", "style": 5, "hidden": True, "tuned": "64:final"}
    (run,) = check({"runs": [run]}).runs
    query = response_of(run)
    assert (query is not None) == (key in answering())
    if query is not None:
        experiment, problems = response_link.from_query(query)
        assert problems == []
        (shown,) = experiment.runs
        assert shown.model_dump() == run.model_dump() | {"hidden": False, "tuned": ""}


def test_a_schedule_stays_on_the_page_of_paths():
    schedules = {"learning_rate": {"kind": "cosine", "final": 0.1}}
    (run,) = check({"runs": [{"optimizer": "adam", "schedules": schedules}]}).runs
    experiment, problems = response_link.from_query(response_of(run) or "")
    assert (problems, experiment.runs[0].hypers) == ([], run.hypers)


@pytest.mark.parametrize(
    ("label", "shown"),
    [("", "Adam"), ("γ = 0.9", "Adam, γ = 0.9"), ("my adam", "my adam"), ("x" * MAX_LABEL, "x" * MAX_LABEL)],
)
def test_runs_that_descend_are_named_by_their_methods_too(label, shown):
    experiment = check_response({"runs": [{"optimizer": "adam", "label": label}, {"optimizer": "momentum"}]})
    explored, problems = from_query(descent_of(experiment))
    assert problems == []
    assert [run.name for run in explored.runs] == [shown, "Momentum"]
