"""What the named trainings say is to be seen in them is there."""

from functools import cache

import numpy as np
import pytest

from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.published_trainings import OPENING_TRAINING, PUBLISHED_TRAININGS, find, name_of
from fall_line.experiments.training_experiment import check
from fall_line.experiments.training_link import from_query, to_query
from fall_line.training.curvature import curvature
from fall_line.training.ending import Kind, best_step, ending
from fall_line.training.stability import stability_limit
from fall_line.training.train import lesson_of, train


@cache
def trained(name):
    """The history of each run by its name."""
    experiment = find(f"train/{name}").experiment
    return {run.name: train(experiment, run, experiment.seed) for run in experiment.runs}


def losses(histories, step, of="loss"):
    return {name: getattr(one, of)[one.steps == step].item() for name, one in histories.items()}


def test_adam_leaves_the_plateau_of_the_spirals_and_gradient_descent_hardly_does():
    histories = trained("spirals/five-methods")
    assert all(0.57 < loss < 0.6 for loss in losses(histories, 100).values())
    accuracy = losses(histories, 500, "accuracy")
    assert accuracy.pop("Adam") == 1
    assert max(accuracy.values()) < 0.9
    assert losses(histories, 500)["Gradient descent"] > 0.55


def test_a_long_memory_swings_first_and_wins_in_the_end():
    histories = trained("spirals/nesterov-gamma")
    short, middle, long = (losses(histories, step) for step in (300, 500, 800))
    assert short["γ = 0.975"] > short["γ = 0.9"]
    assert middle["γ = 0.975"] < middle["γ = 0.9"]
    assert long["γ = 0.25"] > 0.58
    accuracy = losses(histories, 800, "accuracy")
    assert accuracy["γ = 0.975"] == 1
    assert max(accuracy["γ = 0.25"], accuracy["γ = 0.9"]) < 0.9
    swings = np.diff(histories["γ = 0.975"].loss[:200]) > 0
    assert swings.sum() > 20, "a loss that swings rises now and then"


def test_the_sharpness_rises_to_what_each_method_bears_and_stays_about_there():
    experiment, histories = find("train/spirals/edge-of-stability").experiment, trained("spirals/edge-of-stability")
    for run, limit in zip(experiment.runs, (6.7, 76), strict=True):
        bears = stability_limit(run.optimizer.key, run.hypers)
        assert float(f"{bears:.2g}") == limit
        found = curvature(lesson_of(experiment, 0), histories[run.name].weights[[0, *range(1100, 1601, 100)]], 20)
        assert round(found.greatest[0], 1) == 1.4
        assert (np.abs(found.greatest[1:] / bears - 1) < 0.15).all()
    loss = histories["Gradient descent"].loss
    assert (np.diff(loss[:500]) < 0).all()
    assert (np.diff(loss[1000:]) > 0).sum() > 50
    assert loss[1600] < 0.8 * loss[1000]


def test_all_methods_read_digits_and_differ_in_what_they_know_by_heart():
    histories = trained("digits/five-methods")
    early = losses(histories, 50)
    assert max(early, key=early.get) == "RMSProp"
    right = losses(histories, 500, "validation_accuracy").values()
    assert min(right) > 0.97
    assert max(right) - min(right) < 0.01
    final = losses(histories, 500)
    assert max(final["Momentum"], final["Adam"]) < final["Gradient descent"] / 2


def test_momentum_leaves_the_plateau_first_and_growing_batches_let_it_grow():
    histories = trained("digits/after-the-plateau")
    early = np.array([one.loss[one.looked & (one.steps >= 50) & (one.steps <= 100)] for one in histories.values()])
    assert np.abs(early - np.log(10)).max() < 0.05
    middle, final = losses(histories, 300), losses(histories, 800)
    assert max(middle["Momentum"], middle["Momentum, growing window"]) < 0.8 * middle["Gradient descent"]
    grown = histories["Momentum, growing window"]
    assert min(final, key=final.get) == "Momentum, growing window"
    assert ending(find("train/digits/after-the-plateau").experiment, grown).kind is Kind.PAST_BEST
    experiment = find("train/digits/after-the-plateau").experiment
    sizes = lesson_of(experiment, 0).batches.sizes
    # The last batch of an epoch is what is left of it.
    assert (sizes[0], sizes.max()) == (32, 319)
    fixed = experiment.model_copy(update={"batch_schedule": {}})
    thrown = train(fixed, fixed.runs[2], 0)
    assert thrown.loss[-1] > 2 * np.nanmin(thrown.loss)
    assert thrown.loss[-1] > 10 * grown.loss[-1]


def test_numbers_are_understood_and_bits_are_learned_by_heart():
    numbers, bits = trained("bits/numbers"), trained("bits/bits")
    for name in ("Momentum", "Adam"):
        history = numbers[name]
        assert (history.validation_loss[100:] < 2 * history.loss[100:]).all()
    assert bits["Adam"].loss[-1] < numbers["Adam"].loss[-1]
    assert bits["Adam"].validation_loss[-1] > 10 * bits["Adam"].loss[-1]


def test_a_curve_that_is_trained_for_too_long_follows_its_noise_and_goes_back():
    (history,) = trained("curve/too-long").values()
    noise = 0.15**2 / 2
    assert round(noise, 3) == 0.011
    assert history.loss[600] < noise < history.validation_loss.min()
    best = best_step(find("train/curve/too-long").experiment, history)
    assert best is not None
    assert 0.3 < best / 3000 < 0.7


def test_from_zero_only_the_last_bias_moves():
    histories = trained("xor/from-zero")
    for history in histories.values():
        moved = (history.weights != history.weights[0]).any(axis=0)
        assert np.flatnonzero(moved).tolist() == [len(moved) - 1]
        assert np.abs(history.loss - np.log(2)).max() < 0.02
    other = check({**find("train/xor/from-zero").experiment.model_dump(), "initialization": "glorot"})
    assert train(other, other.runs[2], 0).accuracy[-1] > 0.99


def test_names_are_found_and_others_told():
    assert OPENING_TRAINING in PUBLISHED_TRAININGS
    assert [name_of(one.experiment) for one in PUBLISHED_TRAININGS.values()] == list(PUBLISHED_TRAININGS)
    assert find(" Train/Digits/Five-Methods ").name == "train/digits/five-methods"
    with pytest.raises(ExperimentError, match=r"‘train/moon’; the names are train/spirals/five-methods, "):
        find("train/moon")


@pytest.mark.parametrize("name", PUBLISHED_TRAININGS)
def test_the_link_of_a_named_training_is_the_training(name):
    experiment = find(name).experiment
    assert from_query(to_query(experiment)) == (experiment, [])
    assert from_query(f"experiment={name}") == (experiment, [])
