"""What the tasks say is to be seen there is there."""

import numpy as np

from fall_line.experiments.training_experiment import check
from fall_line.training.train import train


def trained(task, **given):
    rate = given.pop("rate", 0.05)
    experiment = check({"task": task, **given, "runs": [{"optimizer": "adam", "hypers": {"learning_rate": rate}}]})
    return train(experiment, experiment.runs[0], 0)


def test_a_line_parts_most_of_the_moons_and_a_bend_nearly_all():
    line, bend = trained("moons", layers=[], validation=0, steps=500), trained("moons", validation=0, steps=500)
    assert 0.85 < line.accuracy[-1] < 0.9
    assert bend.accuracy[-1] > 0.97


def test_exclusive_or_needs_a_hidden_layer():
    without, hidden = trained("xor", layers=[]), trained("xor")
    assert without.loss[-1] > 0.95 * np.log(2)
    assert hidden.accuracy[-1] == 1


def test_a_ring_is_parted_from_what_is_inside_it_but_by_no_line():
    assert trained("circles", layers=[]).accuracy[-1] < 0.65
    assert trained("circles").accuracy[-1] == 1


def test_one_iris_is_told_apart_at_once_and_the_others_later():
    accuracy = trained("iris", rate=0.02).accuracy
    assert accuracy[20] > 0.65
    assert accuracy[20] < 0.8 < accuracy[-1]


def test_a_curve_that_is_trained_for_long_follows_its_noise():
    history = trained("noisy_curve", steps=3000, rate=0.02)
    noise = 0.15**2 / 2  # the loss of the curve itself
    assert history.loss[-1] < 0.8 * noise < noise < history.validation_loss[-1]


def test_spirals_lie_still_for_a_while():
    loss = trained("two_spirals", rate=0.01, steps=500).loss
    assert loss[50] > 0.85 * loss[0]
    assert loss[-1] < 0.05 * loss[0]


def test_bits_are_learned_by_heart_and_numbers_are_understood():
    bits, numbers = (trained(task, rate=0.01, steps=400) for task in ("smooth_bits", "smooth_numbers"))
    assert bits.loss[-1] < numbers.loss[-1]
    assert numbers.validation_loss[-1] < 2 * numbers.loss[-1]
    assert bits.validation_loss[-1] > 10 * bits.loss[-1]
    assert bits.validation_loss[-1] > 3 * numbers.validation_loss[-1]
