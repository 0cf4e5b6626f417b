"""The buttons with a method's published values set just those."""

import pytest

from fall_line.experiments.published_responses import COMPARED, METHODS, PUBLISHED_RESPONSES
from fall_line.experiments.response_experiment import AnsweringRun, answering
from fall_line.pages.response.answers import catalogue
from fall_line.pages.response.published_values import published_values


def buttons(row):
    return row.children[1].children


@pytest.mark.parametrize("name", [name for name in PUBLISHED_RESPONSES if name.split("/")[1] != COMPARED])
def test_each_button_sets_what_its_published_run_has(name):
    method = name.split("/")[1]
    runs = PUBLISHED_RESPONSES[name].experiment.runs
    assert [dict(one) for one in catalogue()["settings"][method]] == [run.hypers for run in runs]
    for place, run in enumerate(runs):
        rows = published_values(run, 4)
        pressed = [
            (getattr(one, "data-method"), int(getattr(one, "data-place")))
            for row in rows
            for one in buttons(row)
            if getattr(one, "aria-pressed") == "true"
        ]
        assert pressed == [(method, place)]


def test_a_method_without_published_values_has_none_and_adadelta_has_two_rows():
    rows = {key: len(published_values(AnsweringRun(optimizer=one), 0)) for key, one in answering().items()}
    assert rows["adadelta"] == 2
    assert {key for key, count in rows.items() if count} == {method.optimizer for method in METHODS}
    assert sum(rows.values()) == len(METHODS)
