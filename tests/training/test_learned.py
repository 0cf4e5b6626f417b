"""What is shown of a network, place by place against the network asked directly, written once more."""

import numpy as np
import pytest

from fall_line.experiments.training_experiment import check
from fall_line.training.learned import (
    Measured,
    axes_of,
    confusion_matrix,
    decision_map,
    first_layer_pictures,
    fitted_curve,
    kind_of,
    measured,
    outputs_at,
    places_of,
)
from fall_line.training.perceptron import Perceptron
from fall_line.training.train import lesson_of, network_of
from networks import TASKS
from tests.training import plain

KINDS = {
    "circles": "map",
    "digits": "confusion",
    "iris": "confusion",
    "moons": "map",
    "noisy_curve": "curve",
    "smooth_bits": "map",
    "smooth_numbers": "map",
    "two_spirals": "map",
    "xor": "map",
}


def network_and_weights(task, layers=(5, 4), activation="tanh"):
    network = network_of(
        check({"task": task.key, "layers": layers, "activation": activation, "runs": [{"optimizer": "adam"}]})
    )
    return network, np.random.default_rng(1).normal(size=network.count)


def said(network, weights, given):
    """The outputs for one column of inputs."""
    return np.asarray(plain.outputs(plain.tree(network, weights), np.array([given]), network.activation))[0]


def test_what_is_seen_follows_from_the_task():
    assert {key: kind_of(TASKS[key]) for key in KINDS} == KINDS


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if kind == "map"])
def test_a_map_holds_the_outputs_at_each_place(key):
    task = TASKS[key]
    network, weights = network_and_weights(task)
    found = decision_map(network, task, weights, places=7)
    assert found.shape == (1, 7, 7)
    assert found.dtype == np.float32
    x, y = axes_of(task, 7)
    assert (x[0], y[0], x[-1], y[-1]) == (*task.view.low, *task.view.high)
    for row, column in [(0, 0), (0, 6), (6, 0), (2, 5), (5, 2)]:
        place = np.array([[x[column]], [y[row]]])
        given = place[:, 0] if key != "smooth_bits" else task.encode(place)[:, 0]
        np.testing.assert_allclose(found[:, row, column], said(network, weights, given), rtol=1e-6)


def test_a_curve_holds_the_outputs_along_the_view():
    task = TASKS["noisy_curve"]
    network, weights = network_and_weights(task, activation="gelu")
    found = fitted_curve(network, task, weights, places=13)
    assert found.shape == (1, 13)
    for place, value in zip(np.linspace(-1.2, 1.2, 13), found[0], strict=True):
        np.testing.assert_allclose(value, said(network, weights, [place])[0], rtol=1e-6)


def test_the_points_of_each_task_lie_in_its_view_and_lead_back_to_their_inputs():
    for task in (TASKS[key] for key in KINDS):
        data = task.data()
        places = places_of(task, data)
        if task.view is None:
            assert places is None
            continue
        low, high = np.array(task.view.low)[:, None], np.array(task.view.high)[:, None]
        assert ((places >= low - 1e-6) & (places <= high + 1e-6)).all(), task.key
        np.testing.assert_allclose(task.inputs_at(places.astype(float)), data.inputs, atol=1e-6)


def test_bits_and_numbers_have_the_same_points():
    bits, numbers = TASKS["smooth_bits"], TASKS["smooth_numbers"]
    np.testing.assert_array_equal(places_of(bits, bits.data()), places_of(numbers, numbers.data()))


def test_a_confusion_matrix_counts_by_hand():
    outputs = np.array([[5.0, 0, 0, 9, np.nan], [0, 5, 1, 0, 7], [0, 0, 2, 0, 0]])
    targets = np.eye(3)[[0, 1, 1, 2, 2]].T
    np.testing.assert_array_equal(
        confusion_matrix("cross_entropy", outputs, targets), [[1, 0, 0], [0, 1, 1], [1, 0, 0]]
    )
    two = confusion_matrix("logistic", np.array([[-1.0, 2, 3, -4, np.nan]]), np.array([[0.0, 0, 1, 1, 1]]))
    np.testing.assert_array_equal(two, [[1, 1], [1, 1]])


@pytest.mark.parametrize("key", ["digits", "iris", "moons"])
def test_the_diagonal_of_the_matrix_is_the_accuracy(key):
    task = TASKS[key]
    lesson = lesson_of(check({"task": key, "runs": [{"optimizer": "adam"}]}), 0)
    outputs = outputs_at(lesson.network, lesson.weights, lesson.training.inputs)
    counts = confusion_matrix(task.loss, outputs, lesson.training.targets)
    assert counts.sum() == lesson.training.inputs.shape[1]
    found = measured(task.loss, outputs, lesson.training.targets)
    np.testing.assert_allclose(np.trace(counts) / counts.sum(), found.accuracy, rtol=1e-12)
    params = plain.tree(lesson.network, lesson.weights)
    expected = plain.objective(params, *lesson.training, task.loss, lesson.network.activation)
    np.testing.assert_allclose(found.loss, expected, rtol=1e-10)


def test_of_no_points_nothing_is_known():
    assert np.isnan(measured("squared", np.zeros((1, 0)), np.zeros((1, 0)))).all()
    assert isinstance(measured("squared", np.zeros((1, 2)), np.ones((1, 2))), Measured)


def test_a_picture_answers_to_the_pixel_that_it_shows():
    """A neuron's weight at a pixel is by how much its sum grows when that pixel does."""
    task = TASKS["digits"]
    network = Perceptron((64, 3, 10))
    weights = np.random.default_rng(2).normal(size=network.count)
    found = first_layer_pictures(network, task, weights)
    assert found.shape == (3, 8, 8)
    bare = Perceptron((64, 3))
    first = weights[: bare.count]
    dark = outputs_at(bare, first, np.zeros((64, 1)))[:, 0]
    for row, column in [(0, 0), (2, 5), (7, 1)]:
        pixel = np.zeros((8, 8))
        pixel[row, column] = 1
        np.testing.assert_allclose(
            found[:, row, column], outputs_at(bare, first, pixel.reshape(64, 1))[:, 0] - dark, atol=1e-6
        )


def test_weights_that_are_no_numbers_are_shown_as_none():
    task = TASKS["moons"]
    network, weights = network_and_weights(task)
    weights[3] = np.nan
    assert np.isnan(decision_map(network, task, weights, places=4)).all()
    outputs = outputs_at(network, weights, task.data().inputs)
    assert confusion_matrix("logistic", outputs, task.data().targets).sum() == 0


def test_what_a_task_cannot_show_is_refused():
    digits, moons = TASKS["digits"], TASKS["moons"]
    with pytest.raises(ValueError, match="view"):
        decision_map(*network_and_weights(digits)[:1], digits, network_and_weights(digits)[1])
    with pytest.raises(ValueError, match="pictures"):
        first_layer_pictures(*network_and_weights(moons)[:1], moons, network_and_weights(moons)[1])
