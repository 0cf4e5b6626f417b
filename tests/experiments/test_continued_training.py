"""A training that goes on with other values, as data: links, files, what is left out, and what is refused."""

import json

import pytest

from fall_line.experiments.training_experiment import check, mend
from fall_line.experiments.training_link import from_query, to_query
from fall_line.validation import InputError

COSINE = {"kind": "cosine", "final": 0.05}
GROWING = {"kind": "exponential", "final": 0.1}
RUNS = [
    {"optimizer": "adam", "hypers": {"learning_rate": 0.1}, "before": {"hypers": {"learning_rate": 0.01}}},
    {"optimizer": "momentum", "schedules": {"momentum": COSINE}, "before": {"schedules": {"learning_rate": COSINE}}},
    {"optimizer": "momentum", "schedules": {"momentum": COSINE}, "before": {"schedules": {}}, "label": "a, before_b=1"},
    {"optimizer": "gradient_descent"},
]
BEFORE = {"step": 500, "steps": 600, "batch": 20, "batch_schedule": GROWING}
WHOLE = {"task": "moons", "steps": 1000, "batch": 0, "runs": RUNS, "continued": BEFORE}


@pytest.mark.parametrize("change", [{}, {"continued": {"step": 7}}, {"batch": 20, "batch_schedule": GROWING}])
def test_link_and_file_give_the_same_training(change):
    experiment = check(WHOLE | change)
    assert from_query(to_query(experiment)) == (experiment, [])
    assert check(json.loads(experiment.model_dump_json())) == experiment


def test_a_link_says_only_what_was_different():
    query = "task=moons&steps=1000&continued=500,batch=20&run=adam,learning_rate=0.1,before_learning_rate=0.01"
    experiment, problems = from_query(query)
    assert problems == []
    assert experiment.continued == {"step": 500, "steps": 500, "batch": 20, "batch_schedule": {}}
    assert experiment.runs[0].before["hypers"] == {**experiment.runs[0].hypers, "learning_rate": 0.01}
    assert "before_learning_rate=0.01" in to_query(experiment)
    assert "before_beta1" not in to_query(experiment)


def test_what_was_before_is_a_training_of_its_own():
    earlier = check(WHOLE).earlier
    assert earlier is not None
    assert (earlier.steps, earlier.batch, earlier.batch_schedule) == (600, 20, GROWING)
    assert [run.hypers["learning_rate"] for run in earlier.runs[:1]] == [0.01]
    assert [run.schedules for run in earlier.runs] == [{}, {"learning_rate": COSINE}, {}, {}]
    assert check(earlier.model_dump()) == earlier
    assert check({"runs": RUNS}).runs[0].before == {}


def test_batches_are_those_of_each_side():
    experiment = check(WHOLE)
    assert experiment.batch_sizes[:500] == experiment.earlier.batch_sizes[:500]
    assert set(experiment.batch_sizes[500:]) == {experiment.points}
    assert len(experiment.batch_sizes) == 1000
    assert check(WHOLE | {"steps": 3}).batch_sizes == experiment.earlier.batch_sizes[:3]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"continued": 500}, "Continued is 500; it must be an object with the step from which other values hold."),
        ({"continued": {"batch": 5}}, "it must be an object with the step from which other values hold."),
        ({"continued": {"step": 0}}, "The step from which it goes on is 0; it must be a whole number from 1 to 10000."),
        ({"continued": BEFORE | {"rate": 1}}, "A name in continued is ‘rate’; it must be one of step, steps, batch, "),
        (
            {"continued": BEFORE | {"steps": 400}},
            "Before step 500 the steps is 400; it must be a whole number from 500",
        ),
        (
            {"continued": BEFORE | {"batch": 5000}},
            "Before step 500 the batch is 5000; it must be a whole number from 1",
        ),
        ({"runs": [RUNS[0] | {"before": 1}]}, "Run 1 (Adam): before is 1; it must be an object with hypers and "),
        ({"runs": [RUNS[0] | {"before": {"rate": 1}}]}, "Run 1 (Adam): a name in before is ‘rate’; it must be one of "),
        (
            {"runs": [RUNS[0] | {"before": {"hypers": {"learning_rate": -1}}}]},
            "Run 1 (Adam): before it goes on, learning rate η is -1; it must be a number from ",
        ),
        (
            {"runs": [RUNS[3] | {"before": {"schedules": {"momentum": COSINE}}}]},
            "Run 1 (Gradient descent): before it goes on, a name in the schedules of Gradient descent is ‘momentum’; ",
        ),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence_and_the_rest_stays(change, said):
    with pytest.raises(InputError) as refused:
        check(WHOLE | change)
    assert said in str(refused.value)
    mended, problems = mend(WHOLE | change)
    assert len(problems) == 1
    assert check(mended.model_dump()) == mended
    assert mended.steps == 1000


def test_a_broken_link_opens_with_what_is_right_in_it():
    experiment, problems = from_query("task=moons&continued=x&run=adam,before_learning_rate=0.1")
    assert (experiment.continued, experiment.runs[0].before, len(problems)) == ({}, {}, 1)
    experiment, problems = from_query("task=moons&continued=50&run=adam,before_gamma=0.1")
    assert "‘gamma’" in problems[0]
    assert experiment.runs[0].before["hypers"] == experiment.runs[0].hypers
