"""What the server answers about one step of one run."""

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import server
from fall_line.experiments.mending import check
from fall_line.explanations.answer import number
from fall_line.explanations.recursion import lines
from fall_line.trajectories.inspection import inspect
from fall_line.typesetting import mathml
from optimizers import OPTIMIZERS

EXPERIMENT = {"surface": "rotated_quadratic", "steps": 30, "runs": [{"optimizer": "nesterov"}, {"optimizer": "adam"}]}


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def ask(client: FlaskClient, question: Any) -> dict[str, Any]:
    response = client.post("/explore/step", data=json.dumps(question))
    assert response.status_code == 200
    return response.get_json()


def texts(answer: dict[str, Any]) -> dict[str, list[str]]:
    return {row["symbol"]: row["text"] for group in answer["groups"] for row in group["rows"]}


def test_a_step_is_answered_with_what_the_engine_found(client: FlaskClient) -> None:
    answer = ask(client, {"experiment": EXPERIMENT, "run": 0, "step": 9, "explain": True})
    found = inspect(check(EXPERIMENT), 0, 9)
    told = texts(answer)
    assert found.effective_step is not None
    for symbol, values in {
        "θ": found.point,
        "∇J(θ)": found.gradient,
        "ahead": found.looks[0].place,
        "g": found.looks[0].gradient,
        "v": found.before["v"],
        "Δθ": found.update,
        "Δθ/(−∇J)": found.effective_step,
        "next θ": found.next_point,
    }.items():
        assert told[symbol] == [number(float(value)) for value in values], symbol
    assert answer["looks"] == [list(found.looks[0].place)]
    arrows = {arrow["key"]: arrow for arrow in answer["arrows"]}
    assert arrows["gradient"]["vector"] == list(-found.gradient)
    assert arrows["memory-v"]["vector"] == list(-found.before["v"])
    assert arrows["asked-0"]["at"] == list(found.looks[0].place)
    assert [caption["sets"] for caption in answer["captions"]] == [["memory-v"], ["update"]]
    assert answer["captions"][0]["uses"] == ["asked-0", "gradient"]
    assert [caption["formula"] for caption in answer["captions"]] == list(map(mathml, lines(found.optimizer.formula)))
    pieces = [piece for caption in answer["captions"] for row in caption["numbers"] for piece in row["pieces"]]
    assert all(piece.startswith("<math") for piece in pieces)
    signs = {one["symbol"]: one["words"] for one in answer["signs"]}
    assert signs == {
        "θ": "point",
        "∇J": "gradient of the loss J",
        "v": "memory of directions",
        "η": "learning rate",
        "γ": "momentum",
    }
    names = {row["symbol"]: row["name"] for group in answer["groups"] for row in group["rows"]}
    assert names["∇J(θ)"] == "gradient"
    assert names["g"] == "gradient told"


def test_squares_are_those_of_the_accumulated_squares(client: FlaskClient) -> None:
    answer = ask(client, {"experiment": EXPERIMENT, "run": 1, "step": 9})
    found = inspect(check(EXPERIMENT), 1, 9)
    assert [(one["symbol"], one["values"]) for one in answer["squares"]] == [("v", list(found.before["v"]))]
    assert answer["captions"] is None


def test_a_line_search_tells_the_rate_that_it_chose(client: FlaskClient) -> None:
    experiment = EXPERIMENT | {"runs": [{"optimizer": "gradient_descent_backtracking", "hypers": {"learning_rate": 8}}]}
    answer = ask(client, {"experiment": experiment, "run": 0, "step": 0})
    found = inspect(check(experiment), 0, 0)
    assert found.after is not None
    assert answer["chosen"]["value"] == float(found.after["η"]) < 8
    assert answer["chosen"]["key"] == "learning_rate"
    assert ask(client, {"experiment": EXPERIMENT, "run": 0, "step": 0})["chosen"] is None


def test_the_end_and_what_is_not_finite_get_a_sentence(client: FlaskClient) -> None:
    assert "end of the run" in ask(client, {"experiment": EXPERIMENT, "run": 0, "step": 30})["sentence"]
    kept = ask(client, {"experiment": EXPERIMENT | {"return_best": True}, "run": 0, "step": 30})["sentence"]
    assert "goes back to its best point" in kept
    last = ask(client, {"experiment": EXPERIMENT | {"return_best": True}, "run": 0, "step": 29})["sentence"]
    assert last.startswith("After this step, the last, the run goes back to its best point")
    assert ask(client, {"experiment": EXPERIMENT, "run": 0, "step": 29})["sentence"] == ""
    wild = {"surface": "rosenbrock", "steps": 60, "runs": [{"optimizer": "momentum", "hypers": {"learning_rate": 10}}]}
    answer = ask(client, {"experiment": wild, "run": 0, "step": 50, "explain": True})
    assert "no longer finite" in answer["sentence"]
    assert "NaN" in texts(answer)["θ"]
    assert answer["point"] == [None, None]


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_sign_of_a_formula_that_a_beginner_meets_is_named(client: FlaskClient, key: str) -> None:
    answer = ask(
        client, {"experiment": EXPERIMENT | {"runs": [{"optimizer": key}]}, "run": 0, "step": 5, "explain": True}
    )
    named = {one["symbol"]: one["words"] for one in answer["signs"]}
    formula = re.sub(r"\\[A-Za-z]+(\{[a-zA-Z ]*\})?|_\{[^{}]*\}", " ", OPTIMIZERS[key].formula)
    letters = {"g", "t", "H"}.intersection(re.findall(r"(?<![_A-Za-z])[A-Za-z]", formula))
    assert letters <= set(named), letters
    assert ("∇J" in named) == (r"\nabla" in OPTIMIZERS[key].formula)
    assert all(named.values())


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_method_can_be_asked_about(client: FlaskClient, key: str) -> None:
    experiment = EXPERIMENT | {"runs": [{"optimizer": key}]}
    answer = ask(client, {"experiment": experiment, "run": 0, "step": 5, "explain": True})
    assert answer["sentence"] == ""
    memory = next((group["rows"] for group in answer["groups"] if group["title"].startswith("Memory")), [])
    assert {row["symbol"].split()[0] for row in memory} == {symbol.split()[0] for symbol in OPTIMIZERS[key].memory}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"run": 2}, "Run is 2; it must be a whole number from 0 to 1."),
        ({"run": True}, "Run is True;"),
        ({"step": 31}, "Step is 31; it must be a whole number from 0 to 30."),
        ({"step": "x"}, "Step is ‘x’;"),
        ({"step": None}, "Step is None;"),
        ({"experiment": EXPERIMENT | {"surface": "moon"}}, "Surface is ‘moon’;"),
        ({"experiment": 3}, "An experiment must be an object"),
    ],
)
def test_a_wrong_question_gets_one_sentence(client: FlaskClient, change: dict[str, Any], words: str) -> None:
    answer = ask(client, {"experiment": EXPERIMENT, "run": 0, "step": 3} | change)
    assert list(answer) == ["problem"]
    assert answer["problem"].startswith(words)


@pytest.mark.parametrize("question", [[], 3, None, "x"])
def test_what_is_no_object_gets_one_sentence(client: FlaskClient, question: Any) -> None:
    assert ask(client, question) == {"problem": "A step is asked for with an object."}
