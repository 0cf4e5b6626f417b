"""What the server answers when runs are to be tuned, and about a typed surface."""

import csv
import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import server
from fall_line.experiments.mending import check
from fall_line.trajectories.tuning import tune
from fall_line.typesetting import mathml

EXPERIMENT = {
    "surface": "simple_quad",
    "steps": 20,
    "runs": [{"optimizer": "momentum"}, {"optimizer": "gradient_descent", "hidden": True}],
}


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def ask(client: FlaskClient, address: str, question: Any) -> dict[str, Any]:
    response = client.post(f"/explore/{address}", data=json.dumps(question))
    assert response.status_code == 200
    return response.get_json()


def test_the_runs_that_are_shown_are_tuned_and_drawn_in_both_themes(client: FlaskClient) -> None:
    answer = ask(client, "tune", {"experiment": EXPERIMENT, "criterion": "final"})
    sweep = tune(check(EXPERIMENT), 0)
    (row,) = answer["runs"]
    assert (row["run"], row["best"], row["tuned"]) == (0, sweep.best, "64:final")
    assert row["settings"] == sweep.settings
    table = list(csv.DictReader(io.StringIO(answer["table"])))
    assert [float(one["score"]) for one in table] == sweep.scores.tolist()
    for theme in ("light", "dark"):
        curve, chosen = answer["figures"][theme]["data"]
        assert len(curve["x"]) == 64
        assert chosen["x"] == [sweep.settings[sweep.best or 0]["learning_rate"]]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ([], "A tuning is asked for with an object"),
        ({"experiment": EXPERIMENT}, "The criterion is None; it must be one of final, best, steps."),
        ({"experiment": EXPERIMENT, "criterion": ["final"]}, "The criterion is ['final']; it must be one of"),
        ({"experiment": None, "criterion": "final"}, "An experiment must be an object"),
        (
            {
                "experiment": EXPERIMENT | {"steps": 10_000, "runs": [{"optimizer": "adam"}] * 16},
                "criterion": "best",
                "everything": True,
            },
            "Tuning 16 runs would take 41 million steps, at most 20 million are allowed",
        ),
    ],
)
def test_what_cannot_be_tuned_is_told(client: FlaskClient, question: Any, sentence: str) -> None:
    assert ask(client, "tune", question)["problem"].startswith(sentence)


def test_a_typed_surface_is_described(client: FlaskClient) -> None:
    answer = ask(client, "surface", {"surface": "formula: a*x^2  + y^2"})
    assert answer["key"] == "formula:a*x^2 + y^2"
    assert list(answer["parameters"]) == ["a"]
    assert answer["typeset"] == mathml("J(x, y) = a x^{2} + y^{2}")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (None, "The surface is None; it must be formula: and a formula."),
        ({"surface": 3}, "The surface is 3; it must be"),
        ({"surface": "wobbly"}, "The surface is ‘wobbly’; it must be"),
        ({"surface": "formula:x.__class__"}, "At character 2"),
        ({"surface": "formula:" + "hypot(" * 40 + "x"}, "At character"),
        ({"surface": "formula:" + "9" * 1_000_000}, "The formula has 1000000 characters"),
    ],
)
def test_what_is_no_formula_is_told(client: FlaskClient, question: Any, sentence: str) -> None:
    problem = ask(client, "surface", question)["problem"]
    assert problem.startswith(sentence)
    assert len(problem) < 300


@pytest.mark.parametrize(("start", "holds"), [([-1, 0], False), ([1, 0], True), (None, True), ([1], True)])
def test_a_typed_surface_is_told_whether_it_is_defined_at_the_start(
    client: FlaskClient, start: Any, holds: bool
) -> None:
    answer = ask(client, "surface", {"surface": "formula:sqrt(x) + y^2", "from": start})
    assert answer["holds"] is holds
    assert answer["start"][0] > 0
