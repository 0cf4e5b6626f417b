"""What a network says of a place in the view is what it says of that place's inputs."""

import numpy as np
import pytest

from fall_line.experiments.training_experiment import check
from fall_line.training.learned import confusion, outputs_of, picture
from fall_line.training.train import lesson_of, train
from networks import TASKS
from tests.training import plain


def trained(task):
    experiment = check({"task": task, "layers": [6], "steps": 30, "runs": [{"optimizer": "adam"}]})
    return lesson_of(experiment, 0), train(experiment, experiment.runs[0], 0)


@pytest.mark.parametrize("key", ["smooth_bits", "moons"])
def test_a_picture_holds_the_outputs_at_each_place(key):
    lesson, history = trained(key)
    drawn = picture(TASKS[key], lesson.network, history.weights[[0, 30]], 5)
    assert drawn.shape == (2, 1, 5, 5)
    (left, _low), (right, high) = TASKS[key].view
    place = np.array([[left + (right - left) / 4], [high]])  # the second column of the last row
    params = plain.tree(lesson.network, history.weights[30])
    expected = plain.outputs(params, TASKS[key].inputs_at(place).T, "tanh")
    np.testing.assert_allclose(drawn[1, 0, 4, 1], expected[0, 0], rtol=1e-11)
    assert abs(drawn[1, 0, 4, 1] - drawn[1, 0, 1, 4]) > 1e-3


def test_a_curve_is_drawn_over_its_one_coordinate():
    lesson, history = trained("noisy_curve")
    drawn = picture(TASKS["noisy_curve"], lesson.network, history.weights[-1:], 7)
    inputs = np.linspace(-1.2, 1.2, 7)[None]
    np.testing.assert_array_equal(drawn, outputs_of(lesson.network, history.weights[-1:], inputs))
    with pytest.raises(ValueError, match="iris has no view"):
        picture(TASKS["iris"], lesson.network, history.weights[-1:], 7)


@pytest.mark.parametrize("key", ["iris", "moons"])
def test_confusion_counts_each_point_once_and_the_right_ones_on_the_diagonal(key):
    lesson, history = trained(key)
    counts = confusion(lesson.network, history.weights[-1], lesson.validation)
    targets = lesson.validation.targets
    sizes = targets.sum(axis=1) if len(targets) > 1 else [(targets == 0).sum(), targets.sum()]
    np.testing.assert_array_equal(counts.sum(axis=1), sizes)
    np.testing.assert_allclose(np.trace(counts) / counts.sum(), history.validation_accuracy[-1], rtol=1e-12)
