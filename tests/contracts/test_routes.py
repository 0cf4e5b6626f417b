"""What the server answers over HTTP: paths, contours, refusals, headers."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import server
from fall_line.experiments.published import OPENING, find

EXPERIMENT = find(OPENING).experiment.model_dump(mode="json")
VIEW = {
    "surface": "booth",
    "parameters": {},
    "levels": "automatic",
    "view": [-10, 10, -5, 5],
    "width": 400,
    "theme": "dark",
    "revision": 3,
}


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def ask(client: FlaskClient, address: str, question: Any) -> tuple[int, dict[str, Any]]:
    response = client.post(address, data=question if isinstance(question, bytes) else json.dumps(question))
    return response.status_code, response.get_json()


def test_paths_of_an_experiment(client: FlaskClient) -> None:
    status, answer = ask(client, "/explore/paths", EXPERIMENT)
    assert status == 200
    assert answer["steps"] == 125
    assert [report["name"] for report in answer["reports"]] == ["Nesterov", "RMSProp", "Adadelta", "Adagrad", "Adam"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"steps": 10_001}, "Steps is 10001; it must be a whole number from 1 to 10000."),
        ({"surface": "moon"}, "Surface is ‘moon’; it must be one of"),
        ({"runs": [{"optimizer": "adam", "hypers": {"beta1": 1}}]}, "Run 1 (Adam): first-moment decay β₁ is 1;"),
        ({"runs": EXPERIMENT["runs"] * 4}, "There are 20 runs; there must be 1 to 16."),
    ],
)
def test_a_wrong_experiment_gets_one_sentence(client: FlaskClient, change: dict[str, Any], words: str) -> None:
    status, answer = ask(client, "/explore/paths", EXPERIMENT | change)
    assert status == 200
    assert answer["problem"].startswith(words)
    assert list(answer) == ["problem"]


def test_a_contour_covers_more_than_its_view_and_keeps_its_revision(client: FlaskClient) -> None:
    status, figure = ask(client, "/explore/contour", VIEW)
    assert status == 200
    assert figure["layout"]["xaxis"]["range"] == [-10, 10]
    assert figure["layout"]["uirevision"] == 3
    assert figure["data"][0]["type"] == "contour"


@pytest.mark.parametrize(
    "change",
    [
        {"view": [5, -5, 0, 1]},
        {"view": [0, 1e-12, 0, 1]},
        {"view": "everything"},
        {"surface": "moon"},
        {"parameters": {"a": 1}},
        {"levels": 3},
    ],
)
def test_a_contour_that_cannot_be_drawn_gets_one_sentence(client: FlaskClient, change: dict[str, Any]) -> None:
    status, answer = ask(client, "/explore/contour", VIEW | change)
    assert status == 200
    assert answer["problem"].endswith(".")


def test_no_view_makes_a_grid_that_fills_the_memory(client: FlaskClient) -> None:
    tall = VIEW | {"view": [0, 1e-6, -1e5, 1e5], "width": 1e12}
    status, figure = ask(client, "/explore/contour", tall)
    assert status == 200
    assert len(json.dumps(figure)) < 12_000_000


@pytest.mark.parametrize("address", ["/explore/paths", "/explore/contour"])
@pytest.mark.parametrize("question", [b"", b"no json", b"[" * 100_000, b"\xff\xfe", b"3", b"[]", b"null"])
def test_what_is_no_question_is_refused(client: FlaskClient, address: str, question: bytes) -> None:
    status, answer = ask(client, address, question)
    assert (status, list(answer)) in [(200, ["problem"]), (400, ["problem"])]


@pytest.mark.parametrize(
    ("change", "word"), [({"width": "wide"}, "‘wide’"), ({"width": None}, "None"), ({"theme": "sepia"}, "‘sepia’")]
)
def test_a_contour_with_wrong_trimmings_gets_one_sentence(
    client: FlaskClient, change: dict[str, Any], word: str
) -> None:
    status, answer = ask(client, "/explore/contour", VIEW | change)
    assert status == 200
    assert word in answer["problem"]


def test_a_question_of_many_megabytes_is_not_read(client: FlaskClient) -> None:
    assert client.post("/explore/paths", data=b" " * 3_000_000).status_code == 413


def test_scripts_come_from_here_only(client: FlaskClient) -> None:
    headers = client.get("/").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_health(client: FlaskClient) -> None:
    assert client.get("/health").status_code == 200
