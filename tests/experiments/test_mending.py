"""As much of a reader's experiment as is right is kept, and each thing left out is told once."""

import copy
import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.experiment_run import Run
from fall_line.experiments.mending import ExperimentError, check, mend

ADAM = {"optimizer": "adam"}
GOOD = {
    "surface": "rotated_quadratic",
    "parameters": {"condition_number": 25.0, "angle": 10.0},
    "start": (1.0, 2.0),
    "steps": 60,
    "runs": [
        {"optimizer": "adam", "hypers": {"learning_rate": 0.5, "beta1": 0.8}, "label": "first"},
        {"optimizer": "momentum", "hypers": {"learning_rate": 0.02}, "hidden": True},
        {"optimizer": "adam", "label": "third"},
    ],
    "view": (-4.0, 4.0, -3.0, 3.0),
    "tolerance": 0.5,
    "step": 30,
}
REPLACED = [
    ("parameters", {"angle": 10.0, "condition_number": "big"}, {"angle": 10.0, "condition_number": 10.0}),
    ("start", (50, 0), (-2.7, -0.4)),
    ("steps", 0, 125),
    ("view", (1, 0, 0, 1), None),
    ("levels", "all", "published"),
    ("loss_axis", 3, "log"),
    ("tolerance", -1, 0.01),
    ("link_learning_rates", "?", False),
    ("step", 61, None),
]


def test_a_right_experiment_is_kept_whole():
    experiment, problems = mend(GOOD)
    assert problems == []
    assert experiment == check(GOOD)


@pytest.mark.parametrize(("field", "bad", "instead"), REPLACED, ids=lambda given: str(given)[:30])
def test_one_wrong_field_falls_back_and_nothing_else_changes(field, bad, instead):
    experiment, problems = mend({**GOOD, field: bad})
    expected = {**check(GOOD).model_dump(), field: instead}
    assert len(problems) == 1
    assert experiment.model_dump() == expected


def test_the_given_data_is_left_alone():
    data = copy.deepcopy({**GOOD, "steps": "x", "speed": 1})
    data["runs"][0]["hypers"]["beta1"] = 7
    before = copy.deepcopy(data)
    mend(data)
    assert data == before


def test_one_wrong_value_of_a_run_takes_its_default():
    runs = [{**GOOD["runs"][0], "hypers": {"learning_rate": 0.5, "beta1": 7, "beta2": 0.5, "speed": 1}}]
    experiment, problems = mend({**GOOD, "runs": runs})
    assert len(problems) == 2
    assert experiment.runs[0].hypers == {"learning_rate": 0.5, "beta1": 0.9, "beta2": 0.5, "epsilon": 1e-8}
    assert experiment.runs[0].label == "first"


def test_a_run_without_a_known_method_is_dropped():
    runs = [GOOD["runs"][0], {"optimizer": "adamant"}, GOOD["runs"][1], None, {}, GOOD["runs"][2]]
    experiment, problems = mend({**GOOD, "runs": runs})
    assert [problem.partition(":")[0] for problem in problems] == ["Run 2", "Run 4", "Run 5"]
    assert experiment == check(GOOD)


def test_runs_keep_the_readers_numbers_after_others_were_dropped():
    """The wrong field of run 4 and the values beside it show up in different rounds."""
    late = {"optimizer": "momentum", "hypers": {"gamma": 2, "learning_rate": 99, "speed": 1}, "colour": "red"}
    _, problems = mend({"runs": [{"optimizer": "a"}, ADAM, {"optimizer": "b"}, late]})
    told = [problem.partition(":")[0] for problem in problems]
    assert told[:2] == ["Run 1", "Run 3"]
    assert told[2:] == ["Run 4 (Momentum)"] * 4


def test_when_no_run_is_left_a_plain_one_takes_the_place():
    """Also when the rest is only found to be wrong in a second round."""
    experiment, problems = mend({"runs": [{"optimizer": "a"}, 3], "start": (99, 0)})
    assert [one.optimizer.key for one in experiment.runs] == ["gradient_descent"]
    assert [problem.partition(" ")[0] for problem in problems] == ["Run", "Run", "Start"]
    for runs in ([], None, "adam", {}, 7):
        experiment, problems = mend({"runs": runs, "start": (99, 0)})
        assert [one.optimizer.key for one in experiment.runs] == ["gradient_descent"]
        assert len(problems) == 2


def test_too_many_runs_leave_the_first_sixteen():
    experiment, problems = mend({"runs": [{**ADAM, "label": str(k)} for k in range(40)]})
    assert [one.label for one in experiment.runs] == [str(k) for k in range(16)]
    assert problems == ["There are 40 runs; there must be 1 to 16."]


def test_check_tells_the_first_problem_of_mend():
    data = {**GOOD, "steps": 0, "tolerance": -1}
    with pytest.raises(ExperimentError) as refused:
        check(data)
    assert str(refused.value) == mend(data)[1][0]


NAMES = st.sampled_from([*Experiment.model_fields, *Run.model_fields, "gamma", "learning_rate", "angle", "steps "])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=12)
    | st.sampled_from(["adam", "rotated_quadratic", "wobbly", "log", 10**400, "\ud800", math.nan, "{text}"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(NAMES | st.text(st.characters(), max_size=5), inner),
    max_leaves=20,
)
RUNS = st.lists(st.fixed_dictionaries({"optimizer": st.sampled_from(["adam", "nesterov", "x"]) | JSON, "hypers": JSON}))
ALMOST = st.fixed_dictionaries({}, optional=dict.fromkeys(Experiment.model_fields, JSON) | {"runs": RUNS | JSON})


@settings(max_examples=400, deadline=None)
@given(JSON | ALMOST)
def test_anything_becomes_an_experiment_or_a_sentence(data):
    try:
        experiment, problems = mend(data)
    except ExperimentError as refused:
        assert not isinstance(data, dict)
        experiment, problems = check({"runs": [ADAM]}), [str(refused)]
    assert check(experiment.model_dump(mode="json")) == experiment
    for problem in problems:
        assert problem.endswith(".")
        assert "\n" not in problem
        assert len(problem) <= 500
        problem.encode()


def nested(depth: int):
    """As deep as a list can be made and still be let go of: deeper than `repr` follows."""
    value: list = []
    for _ in range(depth):
        value = [value]
    return value


MONSTERS = {
    "fields": {f"field {k}": k for k in range(10_000)},
    "names of one run": {"runs": [{f"field {k}": k for k in range(10_000)}]},
    "hypers": {"runs": [{**ADAM, "hypers": {f"hyper {k}": k for k in range(10_000)}}]},
    "parameters": {"parameters": {f"parameter {k}": k for k in range(10_000)}},
    "runs": {"runs": [ADAM] * 100_000},
    "wrong runs": {"runs": [{"optimizer": "x" * 10_000}] * 16},
    "a value full of names": {"steps": {str(k): k for k in range(10_000)}, "view": list(range(10_000))},
    "deep values": {name: nested(5000) for name in Experiment.model_fields},
    "deep runs": {"runs": [nested(5000), {name: nested(5000) for name in Run.model_fields}]},
    "deep labels": {"runs": [{**ADAM, "label": nested(5000), "hypers": {"beta1": nested(5000)}}]},
    "long text": dict.fromkeys([*Experiment.model_fields, "y" * 1000000], "x" * 1000000),
    "long label": {"runs": [{**ADAM, "label": "x y " * 100_000}]},
}


@pytest.mark.parametrize("name", MONSTERS)
def test_monsters_are_mended_quickly_and_told_shortly(name):
    """The slowest takes 0.1 s here; going round once for each of 10,000 names takes minutes."""
    begin = time.perf_counter()
    experiment, problems = mend(MONSTERS[name])
    assert time.perf_counter() - begin < 5
    assert problems
    assert max(map(len, problems)) <= 500
    assert check(experiment.model_dump()) == experiment
