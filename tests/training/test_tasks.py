"""Tasks: data that never changes, complete records, and a view that shows what the network is given."""

import hashlib

import numpy as np
import pytest

from fall_line.training.initialization import INITIALIZATIONS
from fall_line.training.objective import LOSSES
from fall_line.training.perceptron import ACTIVATIONS
from networks import TASKS

# Of the data rounded to nine digits: sines may differ in the last one from machine to machine.
FROZEN = {
    "circles": "29af26307ce7ba46",
    "digits": "0085818fc962d835",
    "iris": "07787408a46b9013",
    "moons": "6bb50ffd8e0eb62c",
    "noisy_curve": "a0c40a7e48948f22",
    "smooth_bits": "d34140cb9249d553",
    "smooth_numbers": "6b6a2a51d8cf577a",
    "two_spirals": "75e4b46419f7ff91",
    "xor": "64990d8773405c45",
}


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_a_task_is_complete(task):
    data = task.data()
    assert data.inputs.dtype == data.targets.dtype == np.float64
    assert data.inputs.shape[1] == data.targets.shape[1] > 50
    assert np.isfinite(data.inputs).all()
    assert np.isfinite(data.targets).all()
    assert task.loss in LOSSES
    assert task.activation in ACTIVATIONS
    assert task.initialization in INITIALIZATIONS
    assert 0 <= task.validation < 0.5
    assert all([task.label, task.lesson.endswith("."), task.source, task.also])
    assert len(task.classes) == {"logistic": 2, "cross_entropy": len(data.targets), "squared": 0}[task.loss]
    if task.classes:
        assert set(np.unique(data.targets)) == {0.0, 1.0}
    if task.loss == "cross_entropy":
        assert (data.targets.sum(axis=0) == 1).all()
    if task.image:
        assert np.prod(task.image) == len(data.inputs)


@pytest.mark.parametrize("task", [task for task in TASKS.values() if task.view], ids=lambda task: task.key)
def test_a_view_holds_the_points_and_is_what_the_network_is_given(task):
    low, high = (np.array(edge)[:, None] for edge in task.view)
    place = np.random.default_rng(0).uniform(low, high, (len(low), 7))
    given = task.inputs_at(place)
    assert given.shape == (len(task.data().inputs), 7)
    if task.encode is None:
        inputs = task.data().inputs
        assert ((inputs >= low) & (inputs <= high)).mean() > 0.98


def test_the_digits_are_those_of_the_archive():
    """The counts of its classes are told in the UCI archive's description; the first picture is a nought."""
    data = TASKS["digits"].data()
    counts = data.targets.sum(axis=1).astype(int).tolist()
    assert counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    first = (16 * data.inputs[:, 0]).reshape(8, 8)
    assert first[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert first[7].tolist() == [0, 0, 6, 13, 10, 0, 0, 0]
    assert (data.inputs.min(), data.inputs.max()) == (0, 1)


def test_bits_and_numbers_are_the_same_points_with_the_same_values():
    numbers, bits = TASKS["smooth_numbers"].data(), TASKS["smooth_bits"].data()
    np.testing.assert_array_equal(numbers.targets, bits.targets)
    weights = 2.0 ** np.arange(7, -1, -1)
    place = np.stack([weights @ (half + 1) / 2 for half in np.split(bits.inputs, 2)])
    np.testing.assert_allclose((2 * place + 1) / 256 - 1, numbers.inputs, atol=1e-15)
    np.testing.assert_array_equal(TASKS["smooth_bits"].inputs_at(numbers.inputs), bits.inputs)


@pytest.mark.parametrize("key", TASKS)
def test_data_never_change(key):
    data = TASKS[key].data()
    rounded = [np.round(part, 9) + 0.0 for part in data]
    assert hashlib.sha256(b"".join(part.tobytes() for part in rounded)).hexdigest()[:16] == FROZEN[key]
