"""Planes: each against its definition, and the loss on them against the loss itself."""

import numpy as np
import pytest

from fall_line.experiments.training_experiment import check
from fall_line.training.perceptron import Perceptron
from fall_line.training.plane import (
    PURE_NOISE,
    Plane,
    plane_through,
    principal_plane,
    projection_plane,
    random_plane,
)
from fall_line.training.plane_losses import loss_grid, losses_below
from fall_line.training.train import Lesson, lesson_of, train
from networks import Data
from tests.training import plain

RANDOM = np.random.default_rng(0)


def walk(rows, count, seed=0):
    return np.random.default_rng(seed).normal(size=(rows, count)).cumsum(axis=0)


@pytest.mark.parametrize(("rows", "count"), [(40, 300), (300, 40), (3, 5)])
def test_principal_components_are_those_of_the_singular_values(rows, count):
    """scikit-learn's PCA is this decomposition of the rows less their mean."""
    path = walk(rows, count)
    plane = principal_plane([path])
    _, values, vectors = np.linalg.svd(path - path.mean(axis=0), full_matrices=False)
    np.testing.assert_allclose(plane.shares, values[:2] ** 2 / (values**2).sum(), rtol=1e-10)
    np.testing.assert_allclose(np.abs(np.einsum("dp,dp->d", plane.directions, vectors[:2])), 1, rtol=1e-10)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(plane.centre, path.mean(axis=0), atol=1e-12)


def test_about_the_end_the_end_lies_at_the_origin():
    path = walk(60, 200)
    plane = principal_plane([path], centre=path[-1])
    _, values, _ = np.linalg.svd(path - path[-1], full_matrices=False)
    np.testing.assert_allclose(plane.shares, values[:2] ** 2 / (values**2).sum(), rtol=1e-10)
    np.testing.assert_array_equal(plane.coordinates(path[-1:]), [[0.0, 0.0]])


def test_pure_noise_has_the_shares_that_theory_gives():
    """6/(π²k²) about the mean; a walk of finite length in finite dimension errs by some per cent."""
    shares = principal_plane([walk(400, 8000)]).shares
    np.testing.assert_allclose(shares, PURE_NOISE, rtol=0.03)
    np.testing.assert_allclose(PURE_NOISE, [0.6079, 0.1520], atol=5e-5)
    end = walk(400, 8000)
    about_end = principal_plane([end], centre=end[-1]).shares
    np.testing.assert_allclose(about_end, [8 / np.pi**2, 8 / (9 * np.pi**2)], rtol=0.03)


def test_several_paths_weigh_the_same_and_the_directions_follow_an_earlier_plane():
    long, short = walk(101, 30, 1), walk(11, 30, 2)
    plane = principal_plane([long, short])
    np.testing.assert_array_equal(plane.directions, principal_plane([long[::10], short]).directions)
    flipped = Plane(plane.centre, plane.directions * np.array([[-1.0], [1.0]]))
    again = principal_plane([long, short], like=flipped)
    np.testing.assert_array_equal(again.directions, flipped.directions)


def test_paths_on_a_line_have_a_plane_and_those_that_stand_still_have_none():
    line = np.outer(np.arange(5.0), [1.0, 2.0, 2.0])
    plane = principal_plane([line])
    np.testing.assert_allclose(plane.shares, [1, 0], atol=1e-12)
    np.testing.assert_allclose(plane.directions @ plane.directions.T, np.eye(2), atol=1e-12)
    np.testing.assert_allclose(plane.distances(line), 0, atol=1e-12)
    with pytest.raises(ValueError, match="deviate"):
        principal_plane([np.ones((4, 3))])


def test_a_start_and_two_ends_lie_in_their_plane():
    start, first, second = RANDOM.normal(size=(3, 500))
    plane = plane_through(start, first, second)
    networks = np.stack([start, first, second])
    at = plane.coordinates(networks)
    np.testing.assert_allclose(plane.distances(networks), 0, atol=1e-12)
    np.testing.assert_allclose(at[:2], [[0, 0], [np.linalg.norm(first - start), 0]], atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(at[2]), np.linalg.norm(second - start), rtol=1e-12)
    np.testing.assert_allclose(plane.points(at), networks, atol=1e-12)
    with pytest.raises(ValueError, match="start"):
        plane_through(start, start, second)


def test_coordinates_and_distance_of_known_points():
    """δ = (2, 0, 0) and η = (1, 1, 0) are neither unit vectors nor orthogonal."""
    plane = Plane(np.array([1.0, 1.0, 1.0]), np.array([[2.0, 0.0, 0.0], [1.0, 1.0, 0.0]]))
    weights = np.array([[1.0, 1.0, 1.0], [3.0, 1.0, 1.0], [2.0, 2.0, 1.0], [7.0, 3.0, 5.0]])
    np.testing.assert_allclose(plane.coordinates(weights), [[0, 0], [1, 0], [0, 1], [2, 2]], atol=1e-14)
    np.testing.assert_allclose(plane.distances(weights), [0, 0, 0, 4], atol=1e-14)


def test_a_random_direction_has_the_relative_length_of_each_neuron_and_none_along_biases():
    """By the definition, neuron by neuron: ‖dᵢ‖ is ‖wᵢ‖, whatever was drawn."""
    network = Perceptron((3, 4, 2))
    centre = RANDOM.normal(size=network.count)
    plane = random_plane(network, centre, seed=1)
    assert not np.array_equal(plane.directions[0], plane.directions[1])
    for direction in plane.directions:
        first, second = direction[:12].reshape(4, 3), direction[16:24].reshape(2, 4)
        np.testing.assert_array_equal(direction[12:16], 0)
        np.testing.assert_array_equal(direction[24:], 0)
        for row, weights in zip(
            [*first, *second], [*centre[:12].reshape(4, 3), *centre[16:24].reshape(2, 4)], strict=True
        ):
            np.testing.assert_allclose(np.linalg.norm(row), np.linalg.norm(weights), rtol=1e-9)
    drawn = np.random.RandomState(1).normal(size=network.count)
    by_hand = drawn[:3] * np.linalg.norm(centre[:3]) / (np.linalg.norm(drawn[:3]) + 1e-10)
    np.testing.assert_allclose(plane.directions[0][:3], by_hand, rtol=1e-12)


def test_in_the_projection_a_weight_moves_the_point_by_its_own_length():
    centre = RANDOM.normal(size=400)
    plane = projection_plane(centre, seed=0)
    moved = centre + 0.7 * np.eye(400)[:5]
    steps = plane.coordinates(moved) - plane.coordinates(centre[None])
    np.testing.assert_allclose(np.linalg.norm(steps, axis=1), 0.7, rtol=1e-10)
    angle = np.random.RandomState(0).uniform(0, 2 * np.pi, 400)
    units = np.stack([np.cos(angle), np.sin(angle)])
    weights = RANDOM.normal(size=(6, 400))
    np.testing.assert_allclose(plane.coordinates(weights), weights @ units.T, atol=1e-10)
    np.testing.assert_allclose(plane.coordinates(plane.points(np.array([[3.0, -2.0]]))), [[3, -2]], atol=1e-12)


def lesson(layers, loss="logistic", activation="tanh"):
    network = Perceptron((2, *layers, 1 if loss != "cross_entropy" else 3), activation)
    inputs, targets = RANDOM.normal(size=(2, 9)), np.eye(3)[RANDOM.integers(0, 3, 9)].T[: network.sizes[-1]]
    return Lesson(network, loss, Data(inputs, targets), Data(inputs, targets), None, None, l2=0.3)


@pytest.mark.parametrize("layers", [(), (4,), (3, 5)])
@pytest.mark.parametrize("loss", ["logistic", "cross_entropy", "squared"])
def test_a_grid_holds_the_loss_at_each_place_of_the_plane(layers, loss):
    given = lesson(layers, loss)
    centre = RANDOM.normal(size=given.network.count)
    for plane in (random_plane(given.network, centre, 3), projection_plane(centre, 3)):
        first, second = plane.origin[0] + np.linspace(-1, 1, 4), plane.origin[1] + np.linspace(-2, 1, 3)
        grid = loss_grid(given, plane, first, second)
        assert grid.shape == (3, 4)
        for row, beta in enumerate(second):
            for column, alpha in enumerate(first):
                (weights,) = plane.points(np.array([[alpha, beta]]))
                params = plain.tree(given.network, weights)
                expected = plain.objective(params, *given.training, loss, "tanh", 0.3)
                np.testing.assert_allclose(grid[row, column], expected, rtol=1e-11)


def test_below_a_path_lies_the_loss_of_its_shadow_and_in_the_plane_that_is_its_own():
    chosen = check(
        {"task": "moons", "layers": [5], "steps": 50, "runs": [{"optimizer": "adam"}, {"optimizer": "momentum"}]}
    )
    given = lesson_of(chosen, 0)
    paths = [train(chosen, run, 0) for run in chosen.runs]
    plane = plane_through(paths[0].weights[0], paths[0].weights[-1], paths[1].weights[-1])
    for path in paths:
        below, distances = losses_below(given, plane, path.weights), plane.distances(path.weights)
        np.testing.assert_allclose(below[[0, -1]], path.loss[[0, -1]], rtol=1e-11)
        assert distances[25] > 1e-3
        shadow = plain.tree(given.network, plane.points(plane.coordinates(path.weights))[25])
        np.testing.assert_allclose(below[25], plain.objective(shadow, *given.training, "logistic", "tanh"), rtol=1e-11)
        assert abs(below[25] - path.loss[25]) > 1e-6


def test_a_grid_of_some_points_is_the_loss_of_those():
    given = lesson((4,))
    plane = random_plane(given.network, RANDOM.normal(size=given.network.count), 0)
    few = given._replace(training=Data(*(part[:, [0, 4, 8]] for part in given.training)))
    across = np.linspace(-1, 1, 3)
    np.testing.assert_array_equal(
        loss_grid(given, plane, across, across, points=3), loss_grid(few, plane, across, across)
    )
