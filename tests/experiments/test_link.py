"""A link is readable, brings back the same experiment to the last bit, and survives whatever is typed into it."""

import json
import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fall_line.experiments.experiment_run import Run
from fall_line.experiments.link import from_query, to_query
from fall_line.experiments.mending import check, mend
from fall_line.experiments.published import PUBLISHED, find
from landscapes import SURFACES
from tests.experiments.drawn_experiments import HARD_LABELS, experiments

ADAM = {"optimizer": "adam"}


@settings(max_examples=150, deadline=None)
@given(experiments())
def test_a_link_brings_back_the_same_experiment(experiment):
    assert from_query(to_query(experiment)) == (experiment, [])


@settings(max_examples=50, deadline=None)
@given(experiments())
def test_json_brings_back_the_same_experiment(experiment):
    assert mend(json.loads(json.dumps(experiment.model_dump()))) == (experiment, [])


@pytest.mark.parametrize("label", HARD_LABELS)
def test_any_label_comes_back(label):
    experiment = check({"runs": [ADAM, {**ADAM, "label": label, "hidden": True, "style": 7}, ADAM]})
    assert experiment.runs[1].label == label
    assert from_query(to_query(experiment)) == (experiment, [])


def test_half_a_surrogate_pair_in_a_label_is_replaced():
    experiment = check({"runs": [{**ADAM, "label": "a\ud800b"}]})
    assert from_query(to_query(experiment)) == (experiment, [])


@pytest.mark.parametrize("rate", [0.1 + 0.2, 1 / 3, 1e-4, 10.0, math.nextafter(1, 2)])
def test_numbers_come_back_to_the_last_bit(rate):
    experiment = check({"runs": [{**ADAM, "hypers": {"learning_rate": rate}}], "start": (-rate / 7, 1e-300)})
    back, _ = from_query(to_query(experiment))
    assert (back.runs[0].hypers["learning_rate"], back.start) == (rate, (-rate / 7, 1e-300))


def test_an_ordinary_link_can_be_read():
    experiment = check(
        {
            "surface": "rotated_quadratic",
            "parameters": {"condition_number": 25},
            "start": (2, 1),
            "runs": [
                {"optimizer": "momentum", "hypers": {"learning_rate": 0.01}},
                {"optimizer": "nesterov", "hidden": True, "label": "Nesterov, mine"},
            ],
            "loss_axis": "linear",
        }
    )
    assert to_query(experiment) == (
        "surface=rotated_quadratic,condition_number=25,angle=30&start=2,1&steps=125"
        "&run=momentum,learning_rate=0.01,gamma=0.9"
        "&run=nesterov,learning_rate=0.01,gamma=0.9,hidden,label=Nesterov,%20mine&loss_axis=linear"
    )


def test_published_links_have_no_escapes_but_for_greek_and_spaces():
    for one in PUBLISHED.values():
        assert "%" not in to_query(one.experiment).replace("%CE%B3", "γ").replace("%20", " ")


def test_a_question_mark_in_front_does_not_matter():
    query = to_query(PUBLISHED["cross-method/wobbly"].experiment)
    assert from_query(f"?{query}") == from_query(query)


def test_a_published_experiment_by_name():
    for name, one in PUBLISHED.items():
        assert from_query(f"experiment={name}") == (one.experiment, [])


FIELDS = ["steps=50", "start=0,1", "run=adam", "run=momentum,gamma=0.5", "tolerance=0.5"]


@pytest.mark.parametrize("place", range(len(FIELDS) + 1))
def test_further_fields_change_a_published_experiment_in_any_order(place):
    fields = [*FIELDS[:place], "experiment=cross-method/wobbly", *FIELDS[place:]]
    experiment, problems = from_query("&".join(fields))
    assert problems == []
    assert (experiment.surface.key, experiment.steps, experiment.start) == ("wobbly", 50, (0, 1))
    assert [(one.optimizer.key, one.hypers.get("gamma")) for one in experiment.runs] == [
        ("adam", None),
        ("momentum", 0.5),
    ]


@pytest.mark.parametrize("query", ["experiment={}&surface=rosenbrock", "surface=rosenbrock&experiment={}"])
def test_another_surface_brings_its_own_start(query):
    experiment, problems = from_query(query.format("cross-method/wobbly"))
    assert problems == []
    assert (experiment.surface.key, experiment.start) == ("rosenbrock", SURFACES["rosenbrock"].start)
    assert experiment.runs == find("cross-method/wobbly").experiment.runs


def test_of_repeated_fields_the_last_counts():
    experiment, problems = from_query(
        "experiment=cross-method/wobbly&experiment=nesterov-gamma/ripple&experiment=nesterov-gamma/bad_init"
        "&steps=3&steps=7&surface=saddle&surface=wobbly&start=1,1&start=2,2"
    )
    assert len(problems) == 1
    assert "‘nesterov-gamma/ripple’" in problems[0]
    assert (experiment.steps, experiment.surface.key, experiment.start, len(experiment.runs)) == (
        7,
        "wobbly",
        (2, 2),
        3,
    )


WRONG = [
    ("steps=", "Steps is ‘’;"),
    ("steps", "Steps is ‘’;"),
    ("surface=", "Surface is ‘’;"),
    ("start=1", "Start is ['1'];"),
    ("start=,", "Start x is ‘’;"),
    ("view=0,1,2,x", "View y_high is ‘x’;"),
    ("run=", "Run 1: optimizer is ‘’;"),
    ("run=adam,learning_rate", "Run 1 (Adam): learning rate η is ‘’;"),
    ("run=adam,", "Run 1 (Adam): a name in the hypers of Adam is ‘’;"),
    ("run=adam,style=x", "Run 1 (Adam): style is ‘x’;"),
    ("run=adam,hidden=1", "Run 1 (Adam): a name in the hypers of Adam is ‘hidden’;"),
    ("run=adam&run=nobody", "Run 2: optimizer is ‘nobody’;"),
    ("speed=3", "There is no field ‘speed’;"),
    ("=3", "There is no field ‘’;"),
    ("experiment=", "There is no experiment ‘’;"),
    ("runs=adam&run=adam", "Runs is ‘adam’;"),
    ("parameters=3", "Parameters is ‘3’;"),
    ("surface=rotated_quadratic,angle=%FF", "Angle φ is ‘\ufffd’;"),
]


@pytest.mark.parametrize(("query", "opening"), WRONG)
def test_a_wrong_field_is_told_and_left_out(query, opening):
    _, problems = from_query(query)
    assert len(problems) == 1
    assert problems[0].startswith(opening)


def test_an_empty_link_is_the_default_experiment():
    assert from_query("") == from_query("?") == (check({"runs": [{"optimizer": "gradient_descent"}]}), [])


@pytest.mark.parametrize("field", ["run=adam", "steps=3", "x=1"])
def test_a_thousand_fields_are_one_sentence(field):
    experiment, problems = from_query("&".join([field] * 1000))
    assert problems == ["The link has more than 100 fields; it can't be read."]
    assert experiment == from_query("")[0]


FRAGMENTS = "run= adam surface= wobbly & = , % %ZZ hidden label= experiment= start= 1 view=0,1,0,1 nan inf - + steps="
PIECES = st.sampled_from([*FRAGMENTS.split(), "cross-method/wobbly", *Run.model_fields])


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60) | st.lists(PIECES, max_size=25).map("".join))
@example("experiment=cross-method/giant_plateu&run=adam,learning_rate=nan")
def test_junk_never_raises(query):
    experiment, problems = from_query(query)
    assert from_query(to_query(experiment)) == (experiment, [])
    assert all(problem.endswith(".") and "\n" not in problem for problem in problems)
