"""What the server answers to the Train page over HTTP, a moment of training at a time."""

import base64
import json
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from app import server
from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.pages.train import trained as kept
from fall_line.pages.train.beginning import opened
from fall_line.pages.train.turns import Turns
from fall_line.training.train import network_of, program, train

SMALL = {"task": "xor", "layers": [4], "steps": 250, "runs": [{"optimizer": "adam"}, {"optimizer": "momentum"}]}


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nothing has been trained, nor is anything while the site warms up, and nothing stays."""
    for thread in threading.enumerate():
        if "_warm_up" in thread.name:
            thread.join()
    kept._kept.clear()
    yield
    kept._kept.clear()


def ask(client: FlaskClient, experiment: Any, **more: Any) -> dict[str, Any]:
    question = {"experiment": experiment, **more}
    return client.post("/train/answers", data=json.dumps(question)).get_json()


def columns(training: dict[str, Any]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(training["columns"]), dtype="<f4").reshape(4, -1)


def until_done(client: FlaskClient, experiment: Any) -> list[dict[str, Any]]:
    """All answers until everything has been trained."""
    answers = [ask(client, experiment)]
    while not all(one["done"] for seeds in answers[-1]["trainings"] for one in seeds):
        answers.append(ask(client, experiment))
        assert len(answers) < 200
    return answers


def expected(experiment: TrainingExperiment, run: int, seed: int) -> np.ndarray:
    history = train(experiment, experiment.runs[run], seed)
    rows = history.looked
    told = (history.loss, history.validation_loss, history.accuracy, history.validation_accuracy)
    return np.stack([column[rows] for column in told]).astype("<f4")


def test_trainings_end_as_those_that_are_made_at_once(client: FlaskClient) -> None:
    asked = SMALL | {"seeds": 2}
    answer = until_done(client, asked)[-1]
    experiment = check(asked)
    for run, seeds in enumerate(answer["trainings"]):
        for seed, told in enumerate(seeds):
            assert np.array_equal(columns(told), expected(experiment, run, seed), equal_nan=True)
            assert told["last"] == 250
    assert [one["name"] for one in answer["reports"]] == ["Adam", "Momentum"]
    epochs = np.frombuffer(base64.b64decode(answer["epochs"]), dtype="<f4")
    assert np.array_equal(epochs, np.arange(251))


def test_of_a_training_that_goes_on_only_what_is_new_is_sent(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOMENT", 0.0)  # one part a question
    known: dict[str, int] = {}
    parts: list[np.ndarray] = []
    sizes = []
    for _ in range(8):
        answer = ask(client, SMALL, known=known)
        (told,), _ = answer["trainings"]
        assert told["from"] == known.get(told["key"], 0)
        parts.append(columns(told))
        sizes.append(parts[-1].shape[1])
        known[told["key"]] = told["from"] + sizes[-1]
    assert sizes == [100, 0, 100, 0, 51, 0, 0, 0]  # the other run has the other turns
    assert np.array_equal(np.concatenate(parts, axis=1), expected(check(SMALL), 0, 0), equal_nan=True)


def test_a_dragged_value_trains_its_run_alone_and_no_slider_compiles_anything(client: FlaskClient) -> None:
    until_done(client, SMALL)
    experiment = check(SMALL)
    compiled = program(network_of(experiment), "logistic", experiment.runs[0].optimizer)
    before, programs = compiled._cache_size(), program.cache_info().misses
    for rate in (0.02, 0.03, 0.04):
        runs = [{"optimizer": "adam", "hypers": {"learning_rate": rate}}, {"optimizer": "momentum"}]
        first = ask(client, SMALL | {"runs": runs}, rests=True)
        assert [[one["step"] for one in seeds] for seeds in first["trainings"]] == [[0], [250]]
        until_done(client, SMALL | {"runs": runs})
    for change in ({"steps": 300}, {"seeds": 2}, {"l2": 0.01}, {"seed": 3}, {"patience": 50}):
        until_done(client, SMALL | change)
    assert (compiled._cache_size(), program.cache_info().misses) == (before, programs)


def test_more_steps_go_on_from_what_was_trained(client: FlaskClient) -> None:
    until_done(client, SMALL)
    longer = SMALL | {"steps": 400}
    first = ask(client, longer, rests=True)
    assert [seeds[0]["step"] for seeds in first["trainings"]] == [250, 250]
    answer = until_done(client, longer)[-1]
    for run, (told,) in enumerate(answer["trainings"]):
        assert np.array_equal(columns(told), expected(check(longer), run, 0), equal_nan=True)


def test_a_schedule_is_stretched_so_nothing_goes_on_from_a_shorter_training(client: FlaskClient) -> None:
    runs = [{"optimizer": "momentum", "schedules": {"learning_rate": {"kind": "cosine"}}}]
    until_done(client, SMALL | {"runs": runs})
    longer = SMALL | {"runs": runs, "steps": 400}
    assert ask(client, longer, rests=True)["trainings"][0][0]["step"] == 0
    told = until_done(client, longer)[-1]["trainings"][0][0]
    assert np.array_equal(columns(told), expected(check(longer), 0, 0), equal_nan=True)


def test_other_values_go_on_from_what_was_trained_before_them(client: FlaskClient) -> None:
    until_done(client, SMALL)
    gone_on, before = SMALL | {"steps": 400}, {"hypers": check(SMALL).runs[1].hypers}
    for turn, rate, taken in ((250, 0.05, 250), (250, 0.07, 250), (130, 0.05, 0), (130, 0.07, 130)):
        faster = {"optimizer": "momentum", "hypers": {"learning_rate": rate}, "before": before}
        asked = gone_on | {"runs": [SMALL["runs"][0], faster], "continued": {"step": turn, "steps": 250}}
        first = ask(client, asked, rests=True)
        assert first["trainings"][1][0]["step"] == taken
        answer = until_done(client, asked)[-1]
        for run, (told,) in enumerate(answer["trainings"]):
            assert np.array_equal(columns(told), expected(check(asked), run, 0), equal_nan=True)
    shorter = asked | {"steps": 90}
    told = until_done(client, shorter)[-1]["trainings"][1][0]
    assert np.array_equal(columns(told), expected(check(SMALL), 1, 0)[:, :91], equal_nan=True)


def test_schedules_have_their_curves_with_what_held_before_the_training_went_on(client: FlaskClient) -> None:
    cosine = {"kind": "cosine", "final": 0.0}
    scheduled = {"optimizer": "momentum", "hypers": {"learning_rate": 0.2}, "schedules": {"learning_rate": cosine}}
    given = SMALL | {"steps": 60, "runs": [scheduled, {"optimizer": "adam"}]}
    curves = ask(client, given, rests=True)["schedules"]
    falls = 0.1 * (1 + np.cos(np.pi * np.arange(60) / 60))
    assert curves == [{"learning_rate": pytest.approx(falls.tolist(), abs=1e-12)}, {}]
    before = {"hypers": {"learning_rate": 0.05}, "schedules": {}}
    gone_on = given | {"runs": [scheduled | {"before": before}], "continued": {"step": 20}}
    (curve,) = ask(client, gone_on, rests=True)["schedules"]
    assert curve["learning_rate"] == pytest.approx([0.05] * 20 + falls[20:].tolist(), abs=1e-12)


def test_the_shortest_training_is_the_next_so_all_curves_grow(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOMENT", 0.0)
    steps = [[seeds[0]["step"] for seeds in ask(client, SMALL)["trainings"]] for _ in range(6)]
    assert steps == [[100, 0], [100, 100], [200, 100], [200, 200], [250, 200], [250, 250]]


def test_early_stopping_ends_the_curve_at_its_step(client: FlaskClient) -> None:
    asked = SMALL | {
        "patience": 20,
        "steps": 2000,
        "runs": [{"optimizer": "rmsprop", "hypers": {"learning_rate": 0.1}}],
    }
    answer = until_done(client, asked)[-1]
    told, history = answer["trainings"][0][0], train(check(asked), check(asked).runs[0], 0)
    assert told["last"] == history.steps[-1] < 2000
    assert columns(told).shape[1] == len(history.steps)
    assert answer["reports"][0]["outcome"] == f"stopped at step {told['last']}"


def test_a_net_that_flies_off_is_told_at_its_step(client: FlaskClient) -> None:
    asked = SMALL | {
        "task": "noisy_curve",
        "activation": "relu",
        "runs": [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 10.0}}],
    }
    answer = until_done(client, asked)[-1]
    history = train(check(asked), check(asked).runs[0], 0)
    step = int(np.argmin(np.isfinite(history.batch_loss)))
    assert 0 < step < 250
    assert answer["reports"][0]["outcome"] == f"not finite from step {step}"
    assert answer["reports"][0]["numbers"][0] == ("NaN" if np.isnan(history.loss[-1]) else "∞")
    assert not np.isfinite(columns(answer["trainings"][0][0])[0, step:]).any()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"batch": 500}, "Batch is 500; it must be a whole number from 1 to 192, the points to train on, or all."),
        (
            {"validation": 0.001},
            "Validation share is 0.001; it must be 0, or from 0.004 to 0.5 so that one of 256 points",
        ),
        ({"layers": [4, "wide"]}, "The width of a layer is ‘wide’; it must be a whole number from 1 to 64."),
        ({"task": "chess"}, "Task is ‘chess’; it must be one of"),
        ({"patience": 9, "validation": 0}, "left out where no points are kept back to validate"),
        ({"runs": [{"optimizer": "newton"}]}, "it must be one that doesn't need the whole Hessian"),
        (
            {
                "task": "digits",
                "layers": [64] * 4,
                "batch": 0,
                "steps": 10_000,
                "seeds": 8,
                "runs": [{"optimizer": "adam"}] * 16,
            },
            "16 runs of 10000 steps would train for about",
        ),
    ],
)
def test_what_cannot_be_trained_is_refused_in_a_sentence(
    client: FlaskClient, change: dict[str, Any], words: str
) -> None:
    answer = ask(client, SMALL | change)
    assert words in answer["problem"]
    assert not kept._kept


@pytest.mark.parametrize("question", [b"[]", b"3", b'{"experiment": 3}', b"{}"])
def test_what_is_no_question_is_refused_too(client: FlaskClient, question: bytes) -> None:
    response = client.post("/train/answers", data=question)
    assert response.status_code == 200
    assert response.get_json()["problem"].endswith(".")


def test_a_link_to_more_than_can_be_trained_opens_with_fewer_steps_and_says_so() -> None:
    runs = "&".join(["run=adam"] * 16)
    experiment, problems = opened(f"task=digits&layers=64,64,64,64&batch=all&steps=10000&seeds=8&{runs}")
    assert problems[0].startswith("10000 steps of this would train for about")
    assert problems[0].endswith(f"it has {experiment.steps} now.")
    assert 1000 < experiment.steps < 10_000


def test_old_trainings_are_forgotten_but_never_those_that_were_asked_for_last(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    until_done(client, SMALL)
    monkeypatch.setattr(kept, "MOST_BYTES", 1)
    other = SMALL | {"seed": 7}
    until_done(client, other)
    assert [one.seed for one in kept._kept.values()] == [7, 7]


def test_one_has_its_turn_at_a_time_and_the_others_come_in_order() -> None:
    turns, came, ready = Turns(), [], threading.Event()

    def take(name: int) -> None:
        ready.set()
        with turns.turn(60, 9) as mine:
            assert mine
            came.append(name)

    with turns.turn(60, 9) as mine:
        assert mine
        waiting = []
        for name in range(4):
            ready.clear()
            waiting.append(threading.Thread(target=take, args=(name,)))
            waiting[-1].start()
            while turns.waiting < name + 2:
                ready.wait(0.01)
        assert came == []
    for thread in waiting:
        thread.join()
    assert came == [0, 1, 2, 3]
    assert turns.waiting == 0


def test_who_waits_too_long_or_is_one_too_many_is_told_so() -> None:
    turns = Turns()
    with turns.turn(60, 9):
        with turns.turn(0.01, 9) as mine:
            assert not mine
        with turns.turn(60, 1) as mine:
            assert not mine
        assert turns.waiting == 1
    with turns.turn(0.01, 9) as mine:
        assert mine


def test_who_gets_no_turn_is_told_how_far_it_is_and_that_others_train(client: FlaskClient) -> None:
    with kept.turns.turn(60, 9):
        kept_patience, kept.PATIENCE = kept.PATIENCE, 0.01
        try:
            answer = ask(client, SMALL)
        finally:
            kept.PATIENCE = kept_patience
    assert answer["waiting"] == 1
    assert [seeds[0]["step"] for seeds in answer["trainings"]] == [0, 0]
    assert [one["outcome"] for one in answer["reports"]] == ["waiting", "waiting"]


def test_while_one_run_is_dragged_only_its_curves_are_sent(client: FlaskClient) -> None:
    runs = [{"optimizer": "adam", "hypers": {"learning_rate": rate}} for rate in (0.01, 0.02, 0.03, 0.04, 0.05)]
    before = until_done(client, SMALL | {"runs": runs})[-1]
    first = ask(client, SMALL | {"runs": runs})
    have = {one["key"]: 251 for seeds in before["trainings"] for one in seeds}
    moved = SMALL | {"runs": [{"optimizer": "adam", "hypers": {"learning_rate": 0.011}}, *runs[1:]]}
    until_done(client, moved)
    answer = ask(client, moved, known=have, epochs=before["epochs_key"])
    assert answer["epochs"] is None
    assert answer["epochs_key"] == before["epochs_key"]
    assert [seeds[0]["columns"] == "" for seeds in answer["trainings"]] == [False, True, True, True, True]
    assert columns(answer["trainings"][0][0]).shape == (4, 251)
    assert len(json.dumps(answer)) < 0.35 * len(json.dumps(first))
    # Of other steps, or another size of the batch, epochs are others.
    assert ask(client, moved | {"batch": 16}, epochs=before["epochs_key"])["epochs"] is not None
