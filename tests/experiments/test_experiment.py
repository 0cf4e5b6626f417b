"""What an experiment takes, what it refuses, and the sentence in which it says so."""

import math

import numpy as np
import pytest
from pydantic import ValidationError

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import ExperimentError, check
from landscapes import SURFACES
from optimizers import OPTIMIZERS

ADAM = {"optimizer": "adam"}
HUGE = 10**5000


def with_run(**fields):
    return {"runs": [ADAM, {**ADAM, **fields}]}


REFUSED = [
    ({"surface": "mountain"}, "surface", "‘mountain’", "one of ackley, "),
    ({"surface": 3}, "surface", "3", "one of ackley, "),
    ({"surface": None}, "surface", "None", "one of ackley, "),
    ({"surface": ["wobbly"]}, "surface", "['wobbly']", "one of ackley, "),
    ({"surface": "wobbly", "parameters": {"kappa": 3}}, "parameters of Wobbly", "‘kappa’", "left out, there are none"),
    ({"surface": "rotated_quadratic", "parameters": {"kappa": 3}}, "parameters", "‘kappa’", "condition_number, angle"),
    ({"surface": "rotated_quadratic", "parameters": {"angle": 91}}, "angle φ", "91", "from -90 to 90"),
    ({"surface": "rotated_quadratic", "parameters": {"angle": "up"}}, "angle φ", "‘up’", "from -90 to 90"),
    ({"parameters": [1, 2]}, "parameters", "[1, 2]", "an object of names and numbers"),
    ({"start": (9, 0)}, "start", "(9.0, 0.0)", "inside the view, x from -3 to 3, y from -3 to 3"),
    ({"start": (0, -3.001)}, "start", "-3.001", "inside the view"),
    ({"start": "here"}, "start", "‘here’", "2 numbers: x, y"),
    ({"start": [1, 2, 3]}, "start", "[1, 2, 3]", "2 numbers: x, y"),
    ({"start": [math.nan, 0]}, "start x", "nan", "a number from -1e+06 to 1e+06"),
    ({"start": [0, math.inf]}, "start y", "inf", "a number from -1e+06 to 1e+06"),
    ({"start": [0, None]}, "start y", "None", "a number from"),
    ({"start": [True, 0]}, "start x", "True", "a number from"),
    ({"start": [[[0]], 0]}, "start x", "[[0]]", "a number from"),
    *(
        ({"steps": steps}, "steps", shown, "a whole number from 1 to 10000")
        for steps, shown in [
            (0, "0"),
            (-1, "-1"),
            (1.5, "1.5"),
            ("abc", "‘abc’"),
            ("", "‘’"),
            (10_001, "10001"),
            (True, "True"),
            (None, "None"),
            (math.nan, "nan"),
            (math.inf, "inf"),
            (10**400, "100000"),
            (HUGE, "a value of type int"),
            ({"a": [1]}, "{'a': [1]}"),
        ]
    ),
    ({"view": [3, -3, -3, 3]}, "view", "[3, -3, -3, 3]", "each low below its high"),
    ({"view": [1, 1, -3, 3]}, "view", "[1, 1, -3, 3]", "each low below its high"),
    ({"view": [0, 1e-12, 0, 1]}, "view", "1e-12", "at least 1e-9 wide"),
    ({"view": [0, 1, 2]}, "view", "[0, 1, 2]", "4 numbers: x_low, x_high, y_low, y_high"),
    ({"view": [0, 1e7, 0, 1]}, "view x_high", "10000000.0", "to 1e+06"),
    ({"view": [0, math.inf, 0, 1]}, "view x_high", "inf", "to 1e+06"),
    ({"view": 7}, "view", "7", "4 numbers"),
    ({"levels": "many"}, "levels", "‘many’", "one of published, automatic"),
    ({"levels": None}, "levels", "None", "one of published, automatic"),
    ({"loss_axis": "cubic"}, "loss_axis", "‘cubic’", "one of linear, log"),
    ({"tolerance": 0}, "tolerance", "0", "from 1e-12 to 1e+06"),
    ({"tolerance": "nan"}, "tolerance", "‘nan’", "from 1e-12 to 1e+06"),
    ({"link_learning_rates": "perhaps"}, "link_learning_rates", "‘perhaps’", "true or false"),
    ({"link_learning_rates": 1}, "link_learning_rates", "1", "true or false"),
    ({"step": 126}, "step", "126", "a whole number from 0 to 125"),
    ({"step": -1}, "step", "-1", "a whole number from 0 to 125"),
    ({"speed": 3}, "there is no field", "‘speed’", "the fields are surface, "),
    ({"runs": []}, "runs", "0 runs", "1 to 16"),
    ({"runs": [ADAM] * 17}, "runs", "17 runs", "1 to 16"),
    ({"runs": "adam"}, "runs", "‘adam’", "a list of runs"),
    ({"runs": None}, "runs", "None", "a list of runs"),
    ({"runs": [ADAM, 5]}, "run 2", "5", "an object with the key of an optimizer"),
    ({"runs": [ADAM, {}]}, "run 2", "‘optimizer’", "missing"),
    ({"runs": [ADAM, {"optimizer": "adamant"}]}, "run 2: optimizer", "‘adamant’", "one of adam"),
    (with_run(hypers={"gamma": 0.9}), "run 2 (Adam): a name in the hypers", "‘gamma’", "learning_rate, beta1"),
    (with_run(hypers={"beta1": 1}), "run 2 (Adam): first-moment decay β₁", "1", "from 0 to 0.9999"),
    (with_run(hypers={"learning_rate": "fast"}), "learning rate η", "‘fast’", "from 0.0001 to 10"),
    (with_run(hypers={"learning_rate": None}), "learning rate η", "None", "from 0.0001 to 10"),
    (with_run(hypers={"learning_rate": False}), "learning rate η", "False", "from 0.0001 to 10"),
    (with_run(hypers={"learning_rate": math.nan}), "learning rate η", "nan", "from 0.0001 to 10"),
    (with_run(hypers={"learning_rate": HUGE}), "learning rate η", "a value of type int", "from 0.0001 to 10"),
    (with_run(hypers="fast"), "hypers", "‘fast’", "an object of names and numbers"),
    (with_run(label="x" * 61), "label", "‘xxxxxxxxxxxxxxxxxxxx…’", "at most 60 characters"),
    (with_run(label=None), "label", "None", "text of at most 60 characters"),
    (with_run(hidden="maybe"), "hidden", "‘maybe’", "true or false"),
    (with_run(style=16), "style", "16", "a whole number from 0 to 15"),
    (with_run(colour="red"), "there is no field", "‘colour’", "the fields are optimizer, "),
]


def sentence_of(data) -> str:
    with pytest.raises(ExperimentError) as refused:
        check(data)
    return str(refused.value)


@pytest.mark.parametrize(("change", "field", "value", "allowed"), REFUSED)
def test_a_refusal_names_field_value_and_what_is_allowed(change, field, value, allowed):
    sentence = sentence_of({"surface": "wobbly", "runs": [ADAM], **change})
    assert field in f"{sentence[0].lower()}{sentence[1:]}"
    assert value in sentence
    assert allowed in sentence


@pytest.mark.parametrize("change", [case[0] for case in REFUSED])
def test_a_refusal_is_one_plain_sentence(change):
    sentence = sentence_of({"surface": "wobbly", "runs": [ADAM], **change})
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert not sentence.endswith("..")
    assert ". " not in sentence
    assert "\n" not in sentence
    assert not any(word in sentence.lower() for word in ("pydantic", "traceback", "validation error", "http"))


@pytest.mark.parametrize("data", [None, 3, "adam", [ADAM], (), math.nan])
def test_only_an_object_is_an_experiment(data):
    assert sentence_of(data).startswith("An experiment must be an object with a list of runs, not ")


def test_what_is_shown_of_a_value_stays_on_one_line_and_is_short():
    sentence = sentence_of({"steps": "one\r\n\ttwo {field} " + "x" * 10_000, "runs": [ADAM]})
    assert sentence.startswith("Steps is ‘one two {field} xxx")
    assert len(sentence) < 120


def test_defaults():
    one = check({"runs": [ADAM]})
    assert (one.surface.key, one.start, one.steps) == ("hills_and_canyon", (-2.8, -2.5), 125)
    assert one.runs[0].hypers == {hyper.key: hyper.default for hyper in OPTIMIZERS["adam"].hypers}
    assert (one.runs[0].name, one.runs[0].style) == (OPTIMIZERS["adam"].label, 0)


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_and_method_has_an_experiment_by_default(surface):
    methods = list(OPTIMIZERS)
    for group in (methods[k : k + 16] for k in range(0, len(methods), 16)):
        one = check({"surface": surface, "runs": [{"optimizer": key} for key in group]})
        assert one.start == SURFACES[surface].start
        assert one.parameters == {hyper.key: hyper.default for hyper in SURFACES[surface].parameters}


@pytest.mark.parametrize("number", [2, 2.0, "2", np.float64(2), np.int64(2), " 2 "])
def test_numbers_of_any_kind_become_the_same_experiment(number):
    def made(value):
        return check({"steps": value, "start": [value, value], "runs": [{**ADAM, "hypers": {"learning_rate": value}}]})

    one = made(number)
    assert one == made(2)
    assert {type(value) for value in (*one.start, one.runs[0].hypers["learning_rate"])} == {float}
    assert type(one.steps) is int


def test_the_ends_of_a_range_belong_to_it():
    for hyper in OPTIMIZERS["adamax_p"].hypers:
        for value in (hyper.low, hyper.high):
            one = check({"runs": [{"optimizer": "adamax_p", "hypers": {hyper.key: value}}]})
            assert one.runs[0].hypers[hyper.key] == value
    assert check({"runs": [ADAM] * 16, "steps": 10_000, "start": (3, -3)}).steps == 10_000


def test_a_wider_view_lets_the_start_be_further_out():
    one = check({"runs": [ADAM], "surface": "wobbly", "view": (-10, 1, -1, 1), "start": (-9, 0)})
    assert one.frame == (-10, 3, -3, 3)
    assert "x from -3 to 3" in sentence_of(
        {"runs": [ADAM], "surface": "wobbly", "view": (-1, 1, -1, 1), "start": (-9, 0)}
    )


def test_an_experiment_is_frozen():
    one = check({"runs": [ADAM]})
    with pytest.raises(ValidationError, match="frozen"):
        one.steps = 3
    with pytest.raises(ValidationError, match="frozen"):
        one.runs[0].optimizer = "momentum"


def test_what_is_checked_is_not_changed():
    data = {"runs": [{"optimizer": "adam", "hypers": {"learning_rate": 1}}], "start": [0, 0]}
    check(data)
    assert data == {"runs": [{"optimizer": "adam", "hypers": {"learning_rate": 1}}], "start": [0, 0]}


def test_json_round_trip():
    one = check(
        {**with_run(hypers={"learning_rate": 0.1 + 0.2}, label="mine, hidden", hidden=True), "view": (0, 9, 0, 1)}
    )
    assert check(one.model_dump(mode="json")) == one
    assert Experiment.model_validate_json(one.model_dump_json()) == one
