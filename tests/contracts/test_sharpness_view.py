"""What the Train page is sent of gradient and sharpness, read back: in pieces, as far as trainings have come."""

import base64

import numpy as np
import pytest

from app import server
from fall_line.experiments.training_experiment import check
from fall_line.pages.train import sharpness_view as view
from fall_line.pages.train.trained import trained as trained_now
from fall_line.pages.train.trained import turns
from fall_line.training.curvature import curvature
from fall_line.training.gradient_norm import gradient_norms
from fall_line.training.train import hyper_values, lesson_of, train

METHODS = [
    {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.5}},
    {"optimizer": "momentum", "hypers": {"learning_rate": 0.5, "gamma": 0.5}},
    {"optimizer": "adam"},
]
ASKED = {"task": "moons", "layers": [4], "steps": 60, "batch": 0, "l2": 0.01, "runs": METHODS}


def posted(question):
    return server.test_client().post("/train/sharpness", json=question).get_json()


def in_turn(experiment):
    """The answer once its turn comes: the server trains in the background too."""
    for _ in range(200):
        found = posted({"experiment": experiment})
        if found["waiting"] == 0:
            return found
    raise AssertionError("its turn never comes")


def whole(experiment):
    """All that there is, asked for again and again as the page does."""
    for _ in range(200):
        found = in_turn(experiment)
        if found["done"]:
            return found
    raise AssertionError("it is never all there")


def floats(text):
    return np.frombuffer(base64.b64decode(text), "<f4")


def test_norms_sharpness_and_limits_are_those_of_the_weights_at_their_steps():
    trained_now(check(ASKED))
    found = whole(ASKED)
    assert found["whole"]
    experiment = check(ASKED)
    lesson = lesson_of(experiment, 0)
    for run, sent in zip(experiment.runs, found["runs"], strict=True):
        weights = train(experiment, run, 0).weights
        steps, sharp = floats(sent["steps"]).astype(int), floats(sent["sharp_steps"]).astype(int)
        assert (steps.tolist(), sharp[0], sharp[-1], len(sharp)) == (list(range(61)), 0, 60, 41)
        np.testing.assert_allclose(floats(sent["norms"]), gradient_norms(lesson, weights[steps]), rtol=1e-6)
        greatest = curvature(lesson, weights[sharp]).greatest
        np.testing.assert_allclose(floats(sent["sharpness"]), greatest, rtol=1e-6)
    descent, momentum, adam = found["runs"]
    assert [one["formula"] for one in found["runs"]] == ["2/η", "(2 + 2γ)/η", None]
    np.testing.assert_allclose(floats(descent["limits"]), np.full(61, 4.0))
    np.testing.assert_allclose(floats(momentum["limits"]), np.full(61, 6.0))
    assert adam["limits"] is None


def test_with_a_schedule_the_limit_follows_the_rate_of_the_step():
    schedules = {"learning_rate": {"kind": "exponential"}}
    run = {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.5}, "schedules": schedules}
    asked = ASKED | {"runs": [run]}
    experiment = check(asked)
    trained_now(experiment)
    sent = whole(asked)["runs"][0]
    rates = hyper_values(experiment.runs[0], 60)[:, 0]
    assert rates[-1] < 0.9 * rates[0]
    np.testing.assert_allclose(floats(sent["limits"])[:-1], 2 / rates, rtol=1e-6)
    assert floats(sent["limits"])[-1] == floats(sent["limits"])[-2]


def test_it_comes_in_pieces_and_nothing_is_found_twice(monkeypatch):
    asked = ASKED | {"seed": 5}
    trained_now(check(asked))
    monkeypatch.setattr(view, "PIECE", 0.0)
    found = []
    once = view.value_at
    monkeypatch.setattr(
        view, "value_at", lambda lesson, history, look: found.append(look) or once(lesson, history, look)
    )
    for asked_before in range(1, 4):
        answer = in_turn(asked)
        assert (answer["done"], len(found)) == (False, asked_before)
    monkeypatch.setattr(view, "PIECE", 10.0)
    assert whole(asked)["done"]
    assert len(found) == len(set(found)) == 3 * (61 + 41)
    posted({"experiment": asked})
    assert len(found) == 3 * (61 + 41)


def test_while_others_train_it_waits_and_says_how_many_there_are(monkeypatch):
    asked = ASKED | {"seed": 6}
    trained_now(check(asked))
    monkeypatch.setattr(view, "PATIENCE", 0.01)
    with turns.turn(60.0, 9) as came:
        assert came
        answer = posted({"experiment": asked})
    assert not answer["done"]
    assert answer["waiting"] >= 1
    assert floats(answer["runs"][0]["steps"]).size == 0
    assert whole(asked)["waiting"] == 0


def test_of_minibatches_only_the_gradient_is_told():
    asked = ASKED | {"batch": 16}
    trained_now(check(asked))
    found = whole(asked)
    assert not found["whole"]
    for sent in found["runs"]:
        assert (floats(sent["steps"]).size, floats(sent["sharp_steps"]).size, sent["limits"]) == (61, 0, None)


def test_what_is_not_finite_is_nan_and_what_has_not_begun_is_nothing():
    run = {"optimizer": "gradient_descent", "hypers": {"learning_rate": 10.0}}
    asked = {"task": "noisy_curve", "layers": [5], "steps": 400, "batch": 0, "runs": [run], "seed": 7}
    assert posted({"experiment": asked})["runs"] == [None]
    trained_now(check(asked))
    sent = whole(asked)["runs"][0]
    for values in (floats(sent["norms"]), floats(sent["sharpness"])):
        assert np.isfinite(values[0])
        assert np.isnan(values[-1])


@pytest.mark.parametrize("question", [[], {}, {"experiment": {"task": "chess"}}])
def test_what_cannot_be_used_is_told_in_a_sentence(question):
    assert posted(question)["problem"].endswith(".")
