"""What the server answers to the Response page over HTTP."""

import base64
import json
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from app import server
from fall_line.experiments.link import from_query
from fall_line.experiments.published_responses import OPENING_RESPONSE, find
from fall_line.trajectories.response import response
from fall_line.typesetting import mathml

EXPERIMENT = find(OPENING_RESPONSE).experiment.model_dump(mode="json")


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def ask(client: FlaskClient, question: Any) -> tuple[int, dict[str, Any]]:
    response = client.post("/response/answers", data=question if isinstance(question, bytes) else json.dumps(question))
    return response.status_code, response.get_json()


def test_answers_of_an_experiment(client: FlaskClient) -> None:
    status, answer = ask(client, EXPERIMENT)
    assert status == 200
    updates = np.frombuffer(base64.b64decode(answer["updates"]), dtype="<f4").reshape(3, answer["epochs"])
    experiment = find(OPENING_RESPONSE).experiment
    for found, run in zip(updates, experiment.runs, strict=True):
        assert np.array_equal(found, response(run.optimizer, run.hypers, experiment.values).updates.astype("<f4"))
    assert answer["names"] == ["γ = 0.25", "γ = 0.9", "γ = 0.975"]
    assert [one["symbols"] for one in answer["memory"]] == [["v"]] * 3


def test_all_runs_go_to_explore_with_their_values_styles_and_methods_names(client: FlaskClient) -> None:
    _, answer = ask(client, EXPERIMENT)
    experiment, problems = from_query(answer["explore"])
    assert problems == []
    assert [run.name for run in experiment.runs] == ["Momentum, γ = 0.25", "Momentum, γ = 0.9", "Momentum, γ = 0.975"]
    for run, answering in zip(experiment.runs, find(OPENING_RESPONSE).experiment.runs, strict=True):
        assert run.model_dump(exclude={"label"}) == answering.model_dump(exclude={"label"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"signal": "moon"}, "Signal is ‘moon’; it must be one of"),
        (
            {"signal": "drawn", "drawn": [0.0] * 299},
            "The number of drawn values is 299; it must be 300",
        ),
        ({"signal": "drawn", "drawn": [3.0] * 300}, "Drawn at epoch 0 is 3.0; it must be a number from -2 to 2."),
        ({"runs": [{"optimizer": "adam", "hypers": {"beta1": 1}}]}, "Run 1 (Adam): first-moment decay β₁ is 1;"),
        ({"runs": EXPERIMENT["runs"] * 6}, "There are 18 runs; there must be 1 to 16."),
    ],
)
def test_a_wrong_experiment_gets_one_sentence(client: FlaskClient, change: dict[str, Any], words: str) -> None:
    status, answer = ask(client, EXPERIMENT | change)
    assert status == 200
    assert answer["problem"].startswith(words)
    assert list(answer) == ["problem"]


@pytest.mark.parametrize("question", [b"", b"no json", b"[" * 100_000, b"\xff\xfe", b"3", b"[]", b"null"])
def test_what_is_no_question_is_refused(client: FlaskClient, question: bytes) -> None:
    status, answer = ask(client, question)
    assert (status, list(answer)) in [(200, ["problem"]), (400, ["problem"])]


def test_the_page_is_there(client: FlaskClient) -> None:
    assert client.get("/response").status_code == 200


def test_a_typed_signal_is_described_or_refused(client: FlaskClient) -> None:
    found = client.post("/response/signal", json={"signal": "formula:sin(k/10)  +1"}).get_json()
    assert found["key"] == "formula:sin(k/10) +1"
    assert found["typeset"] == mathml(r"g(k) = \sin\left(\frac{k}{10}\right) + 1")
    for question, words in (
        ({"signal": "formula:sin(z)"}, "The formula has the name ‘z’; write a number for it"),
        ({"signal": "chirp"}, "The signal is ‘chirp’; it must be formula: and a formula."),
        ([], "The signal is None; it must be formula: and a formula."),
    ):
        answer = client.post("/response/signal", json=question).get_json()
        assert answer["problem"].startswith(words)
        assert list(answer) == ["problem"]
