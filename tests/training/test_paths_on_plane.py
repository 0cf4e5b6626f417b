"""Trainings before a plane: which part of it is seen, and what lies where, against the definitions."""

from functools import cache

import numpy as np
import pytest

from fall_line.experiments.training_experiment import check
from fall_line.training.paths_on_plane import (
    axes_of,
    leaves_at,
    path_on,
    principal,
    random_about,
    settled_weights,
    square_of,
    through_ends,
    vectors_about,
)
from fall_line.training.plane import principal_plane
from fall_line.training.train import lesson_of, train
from tests.training import plain

RUNS = ({"optimizer": "adam"}, {"optimizer": "momentum"}, {"optimizer": "gradient_descent"})


@cache
def trained(task="two_spirals", steps=60, rate=None):
    runs = RUNS if rate is None else (*RUNS[:2], {"optimizer": "gradient_descent", "hypers": {"learning_rate": rate}})
    experiment = check({"task": task, "layers": (6,), "steps": steps, "runs": runs, "l2": 0.01})
    histories = tuple(train(experiment, run, 0) for run in experiment.runs)
    return lesson_of(experiment, 0), histories


def loss_of(lesson, weights):
    params = plain.tree(lesson.network, weights)
    return plain.objective(params, *lesson.training, lesson.loss, lesson.network.activation, lesson.l2)


def test_at_each_look_the_true_loss_stands_beside_that_of_the_nearest_point():
    lesson, histories = trained()
    plane = principal(histories)
    for history in histories:
        path = path_on(plane, lesson, history)
        for place in (0, 17, -1):
            weights = history.weights[list(history.kept).index(path.looks[place])]
            (below,) = plane.points(plane.coordinates(weights[None]))
            np.testing.assert_allclose(path.loss[place], loss_of(lesson, weights), rtol=1e-10)
            np.testing.assert_allclose(path.loss_below[place], loss_of(lesson, below), rtol=1e-9)
            np.testing.assert_allclose(path.distance[place], np.linalg.norm(weights - below), rtol=1e-9)
            np.testing.assert_allclose(path.moved[place], np.linalg.norm(weights - lesson.weights), rtol=1e-10)


def test_start_and_both_ends_lie_in_the_plane_of_a_duel():
    lesson, (adam, momentum, _) = trained()
    plane = through_ends(adam, momentum)
    for history in (adam, momentum):
        path = path_on(plane, lesson, history)
        np.testing.assert_allclose(path.distance[[0, -1]], 0, atol=1e-12)
        np.testing.assert_allclose(path.loss_below[[0, -1]], path.loss[[0, -1]], rtol=1e-12)
        assert path.distance[1:-1].max() > 1e-3  # between them the network is elsewhere
        np.testing.assert_allclose(path.at[0], [0, 0], atol=1e-12)


def test_the_plane_of_all_runs_is_that_of_their_thinned_paths():
    _, histories = trained()
    plane, expected = principal(histories), principal_plane([history.weights for history in histories])
    np.testing.assert_allclose(plane.shares, expected.shares, rtol=1e-12)


@pytest.mark.parametrize("make", [lambda _, history: vectors_about(history, 3), lambda a, b: random_about(a, b, 3)])
def test_planes_about_an_end_hold_it(make):
    lesson, (adam, *_) = trained()
    path = path_on(make(lesson, adam), lesson, adam)
    np.testing.assert_allclose(path.distance[-1], 0, atol=1e-10)
    np.testing.assert_allclose(path.loss_below[-1], path.loss[-1], rtol=1e-9)


def test_the_square_holds_all_paths_with_a_margin():
    _, histories = trained()
    plane = principal(histories)
    square = square_of(plane, histories)
    at = np.concatenate([plane.coordinates(history.weights) for history in histories])
    extent = np.ptp(at, axis=0).max()
    assert np.abs(at - square.middle).max() == pytest.approx(extent / 2)
    assert square.half == pytest.approx(1.3 * extent / 2)
    first, second = axes_of(square, 5)
    np.testing.assert_allclose([first[0], first[-1]], [square.middle[0] - square.half, square.middle[0] + square.half])
    np.testing.assert_allclose(np.diff(second), square.half / 2)
    around = square_of(random_about(lesson_of_spirals(), histories[0], 0), histories, least=1.0)
    assert around.half >= 1.3


def lesson_of_spirals():
    return trained()[0]


def test_a_training_that_leaves_has_no_say_and_is_told_of():
    """With this rate the loss of plain descent grows beyond all bounds within a few steps."""
    lesson, histories = trained(task="noisy_curve", rate=10.0)
    adam, momentum, diverging = histories
    left = leaves_at(diverging)
    assert leaves_at(adam) is None
    assert leaves_at(momentum) is None
    assert left is not None
    assert diverging.loss[left - 1] <= 10 * diverging.loss[0]
    assert not diverging.loss[left] <= 10 * diverging.loss[0]
    assert len(settled_weights(diverging)) == left
    plane = principal(histories)
    np.testing.assert_array_equal(plane.directions, principal((adam, momentum)).directions)
    assert plane.shares[1] > 1e-3
    assert square_of(plane, histories).half < 100
    path = path_on(plane, lesson, diverging)
    assert path.left == left
    unknown = ~np.isfinite(diverging.weights).all(axis=1)
    np.testing.assert_array_equal(np.isnan(path.at).any(axis=1), unknown[np.isin(diverging.kept, path.steps)])


def test_where_nobody_looked_nothing_is_compared():
    """Digits have so many points that only every 25th step is looked at."""
    experiment = check({"task": "digits", "layers": (4,), "steps": 60, "runs": RUNS[:1]})
    history = train(experiment, experiment.runs[0], 0)
    lesson = lesson_of(experiment, 0)
    path = path_on(vectors_about(history, 0), lesson, history)
    assert path.looks.tolist() == [0, 25, 50, 60]
    assert len(path.steps) == 61
    assert np.isfinite(path.loss_below).all()
