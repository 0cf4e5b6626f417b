"""Training meets scikit-learn's numbers: golden ones to 16 digits, and its example's published ones.

scikit-learn 1.9.1, `MLPClassifier(random_state=0)` on its digits scaled by `MinMaxScaler`; it updates as Lasagne does.
"""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from fall_line.training.batches import Batches
from fall_line.training.history import joined
from fall_line.training.objective import accuracy
from fall_line.training.perceptron import Perceptron
from fall_line.training.train import Lesson, parts_of
from networks import TASKS, Data
from optimizers import OPTIMIZERS

EPSILON = 1e-8


@cache
def digits():
    pixels, targets = TASKS["digits"].data()
    low, high = pixels.min(axis=1, keepdims=True), pixels.max(axis=1, keepdims=True)
    return Data((pixels - low) / np.where(high > low, high - low, 1.0), targets)


def first_weights(random, network):
    """What scikit-learn draws: W (in, out) of a layer, then its biases, both from ±√(6/(in + out))."""
    parts = []
    for fan_in, fan_out in pairwise(network.sizes):
        reach = np.sqrt(6 / (fan_in + fan_out))
        parts += [random.uniform(-reach, reach, (fan_in, fan_out)).T.ravel(), random.uniform(-reach, reach, fan_out)]
    return np.concatenate(parts)


def trained(lesson, key, hypers):
    return joined([part.history for part in parts_of(lesson, OPTIMIZERS[key], hypers)])


# Loss before step 50, then W₁[20, 0] after it.
GOLDEN = [
    ("gradient_descent", (0.5,), 0.44679256819607316, 0.11741491320930686),
    ("momentum", (0.1, 0.9), 0.29113703641553323, 0.20676038846480696),
    ("nesterov_at_lookahead", (0.1, 0.9), 0.27882141912232056, 0.19288678782656957),
    ("adam_epsilon_hat", (0.01, 0.9, 0.999, EPSILON), 0.309846166836026, 0.1506964221939972),
]


@pytest.mark.parametrize(("key", "hypers", "loss", "weight"), GOLDEN, ids=[row[0] for row in GOLDEN])
def test_fifty_full_steps_end_at_the_golden_numbers(key, hypers, loss, weight):
    network = Perceptron((64, 16, 10))
    weights = first_weights(np.random.RandomState(0), network)
    assert network.layers(weights)[0].weights[0, 20] == -0.12579658713022007
    data = digits()
    points = data.inputs.shape[1]
    all_points = Batches(np.tile(np.arange(points), 50), points * np.arange(51), points)
    nothing = Data(data.inputs[:, :0], data.targets[:, :0])
    lesson = Lesson(network, "cross_entropy", data, nothing, all_points, weights, every=10)
    history = trained(lesson, key, np.tile(hypers, (50, 1)))
    np.testing.assert_allclose(history.loss[0], 2.4315052861782784, rtol=0, atol=1e-12)
    np.testing.assert_allclose(history.batch_loss[49], loss, rtol=0, atol=1e-10)
    np.testing.assert_allclose(network.layers(history.weights[50])[0].weights[0, 20], weight, rtol=0, atol=1e-10)


# The strategies of its example plot_mlp_training_curves, with the score and the loss that it prints.
STRATEGIES = [
    ("gradient_descent", (0.2,), False, 0.956038, 0.243802),
    ("momentum", (0.2, 0.9), False, 0.992766, 0.041297),
    ("nesterov_at_lookahead", (0.2, 0.9), False, 0.993879, 0.042898),
    ("gradient_descent", (0.2,), True, 0.638843, 1.855465),
    ("momentum", (0.2, 0.9), True, 0.909293, 0.318387),
    ("nesterov_at_lookahead", (0.2, 0.9), True, 0.912632, 0.290584),
    ("adam_epsilon_hat", (0.01, 0.9, 0.999, EPSILON), False, 0.991653, 0.045934),
]
EPOCHS, BATCH, ALPHA = 15, 200, 1e-4


@pytest.mark.parametrize(("key", "hypers", "scaled", "score", "loss"), STRATEGIES)
def test_the_example_of_seven_strategies_prints_the_published_digits(key, hypers, scaled, score, loss):
    network, data, random = Perceptron((64, 100, 10), "relu"), digits(), np.random.RandomState(0)
    points = data.inputs.shape[1]
    weights, order, shuffles = first_weights(random, network), np.arange(points), []
    for _ in range(EPOCHS):
        shuffle = np.arange(points)
        random.shuffle(shuffle)
        order = order[shuffle]
        shuffles.append(order)
    ends = np.minimum(BATCH * np.arange(1, 10), points)
    begins = np.concatenate([[0], *(points * epoch + ends for epoch in range(EPOCHS))])
    chosen = Batches(np.concatenate(shuffles), begins, points)
    epoch = np.repeat(np.arange(EPOCHS), 9)
    # It divides the rate by the root of the points seen, at the end of each epoch.
    factor = 1 / np.sqrt(np.where(epoch > 0, points * epoch + 1, 1)) if scaled else np.ones(len(epoch))
    table = np.tile(hypers, (len(epoch), 1))
    table[:, 0] *= factor
    # It divides the penalty by the points of the batch, of which the last of an epoch has 197.
    lesson = Lesson(network, "cross_entropy", data, data, chosen, weights, l2=ALPHA / BATCH, every=25)
    history = trained(lesson, key, table)
    mean = (history.batch_loss[-10:-1] * chosen.sizes[-9:]).sum() / points
    assert round(float(history.accuracy[-1]), 6) == score
    assert history.validation_accuracy[-1] == history.accuracy[-1]
    np.testing.assert_allclose(mean, loss, rtol=0, atol=1e-6)
    assert (
        accuracy("cross_entropy", network.outputs(history.weights[-1], data.inputs), data.targets)
        == history.accuracy[-1]
    )
