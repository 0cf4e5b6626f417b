"""Training: gradients, the same rules as a plain loop of Optax, batches, seeds, parts, and what compiles."""

from functools import cache
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from fall_line.experiments.training_experiment import check
from fall_line.experiments.training_methods import training_methods
from fall_line.training.batches import batches, places
from fall_line.training.history import joined
from fall_line.training.initialization import initial_weights
from fall_line.training.objective import mean_loss, penalized
from fall_line.training.perceptron import ACTIVATIONS, Perceptron
from fall_line.training.train import each_part, hyper_values, lesson_of, parts_of, train
from networks import Data
from optimizers import OPTIMIZERS
from tests.reference.test_optax import KEYS, ROWS, RUNS, shown
from tests.training import plain
from tests.trajectories.compilations import compilations

SMALL = {"task": "moons", "layers": [5, 4], "steps": 60, "batch": 20}


@cache
def experiment(key, **given):
    return check({**SMALL, **given, "runs": [{"optimizer": key}]})


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ["logistic", "cross_entropy", "squared"])
@pytest.mark.parametrize("layers", [(), (4,), (3, 2, 3, 2)])
def test_the_loss_is_that_of_a_plain_network_and_its_gradient_a_difference_quotient(activation, loss, layers):
    random = np.random.default_rng(1)
    network = Perceptron((3, *layers, 1 if loss == "logistic" else 2), activation)
    weights = random.normal(size=network.count)
    inputs, shares = random.normal(size=(3, 7)), np.array([0.25, 0, 0.25, 0.25, 0, 0.25, 0])
    targets = {"squared": random.normal(size=(2, 7)), "logistic": np.eye(2)[random.integers(0, 2, 7)].T[:1]}.get(
        loss, np.eye(2)[random.integers(0, 2, 7)].T
    )

    def value(weights):
        reached = mean_loss(loss, network.outputs(weights, inputs), targets, shares)
        return penalized(network, weights, reached, 0.1)

    chosen = shares > 0
    params = plain.tree(network, weights)
    expected = plain.objective(params, inputs[:, chosen], targets[:, chosen], loss, activation, 0.1)
    np.testing.assert_allclose(value(weights), expected, rtol=1e-12)
    far = 1e-5 * np.eye(network.count)
    values = jax.jit(jax.vmap(value))
    quotients = (values(weights + far) - values(weights - far)) / 2e-5
    # The quotient errs by h²/6 of the third derivative and by rounding over h: about 1e-10 each.
    np.testing.assert_allclose(jax.grad(value)(jnp.asarray(weights)), quotients, rtol=0, atol=1e-7)


METHODS = [(key, theirs, settings) for key, theirs, settings in ROWS] + [
    (KEYS.get(theirs, theirs.__name__), theirs, settings) for theirs, _, settings in RUNS
]
# Optax makes something else of them where weights are matrices, or several arrays.
OF_VECTORS = ("sm3", "adafactor")


@pytest.mark.parametrize(("key", "theirs", "settings"), METHODS)
def test_a_rule_on_a_network_is_a_plain_loop_of_optax(key, theirs, settings):
    values = {hyper.key: hyper.default for hyper in OPTIMIZERS[key].hypers} | {"learning_rate": 0.02} | settings
    lesson = lesson_of(experiment("adam", l2=0.01), 3)
    # Straight to the engine: Optax has a few values that a reader may not choose.
    table = np.tile([values[hyper.key] for hyper in OPTIMIZERS[key].hypers], (lesson.steps, 1))
    history = joined([part.history for part in parts_of(lesson, OPTIMIZERS[key], table)])
    expected = plain_loop(theirs(**values), lesson, key in OF_VECTORS)
    # L-BFGS on minibatches doubles a rounding error about every other step: 2e-16 is 5e-11 after 45 steps.
    compared = 41 if key == "lbfgs" else 61
    np.testing.assert_allclose(history.weights[:compared], expected[:compared], rtol=0, atol=1e-10)
    assert np.abs(expected[-1] - expected[0]).max() > 1e-3, "weights that stand still compare nothing"


def plain_loop(transformation, lesson, as_vector):
    network = lesson.network
    unpacked = (lambda weights: plain.tree(network, weights)) if as_vector else (lambda params: params)
    packed = (lambda weights: weights) if as_vector else plain.flat
    params = jnp.asarray(lesson.weights) if as_vector else plain.tree(network, lesson.weights)
    lookahead = transformation.update.__qualname__.startswith("lookahead.")
    params = optax.LookaheadParams(params, params) if lookahead else params
    state = transformation.init(params)

    @jax.jit
    def advance(params, state, inputs, targets):
        def value(params):
            return plain.objective(unpacked(params), inputs, targets, lesson.loss, network.activation, lesson.l2)

        reached, gradient = jax.value_and_grad(value)(params.fast if lookahead else params)
        extra = {} if lookahead else {"value": reached, "grad": gradient, "value_fn": value}
        updates, state = transformation.update(gradient, state, params, **extra)
        return optax.apply_updates(params, updates), state

    path = [packed(shown(params, state))]
    order, begins = lesson.batches.order, lesson.batches.begins
    for first, last in pairwise(begins):
        members = order[first:last]
        params, state = advance(params, state, *(part[:, members] for part in lesson.training))
        path.append(packed(shown(params, state)))
    return np.array(path)


# Its steps have no bound: they are differences of weights over differences of gradients.
LEAPING = ("barzilai_borwein",)


@pytest.mark.parametrize("key", training_methods())
def test_every_method_that_is_offered_lowers_the_loss(key):
    """Of five seeds the one in the middle falls by a tenth at least, and no seed ends above its start."""
    chosen = experiment(key)
    histories = [train(chosen, chosen.runs[0], seed) for seed in range(5)]
    assert all(np.isfinite(history.weights).all() for history in histories)
    ends = [history.loss[-1] / history.loss[0] for history in histories]
    assert np.median(ends) < 0.9
    assert max(ends) < 1 or key in LEAPING


def test_what_is_told_is_told_of_the_weights_that_are_kept():
    chosen = experiment("momentum", l2=0.1)
    history, lesson = train(chosen, chosen.runs[0], 1), lesson_of(chosen, 1)
    assert history.steps.tolist() == history.kept.tolist() == list(range(61))
    for step in (0, 17, 60):
        params = plain.tree(lesson.network, history.weights[step])
        of = [plain.objective(params, *data, "logistic", "tanh") for data in (lesson.training, lesson.validation)]
        penalty = 0.05 * sum((layer["W"] ** 2).sum() for layer in params)
        np.testing.assert_allclose(history.loss[step], of[0] + penalty, rtol=1e-12)
        np.testing.assert_allclose(history.validation_loss[step], of[1], rtol=1e-12)
        for data, told in ((lesson.training, history.accuracy), (lesson.validation, history.validation_accuracy)):
            right = (plain.outputs(params, data.inputs.T, "tanh") > 0) == (data.targets.T > 0.5)
            np.testing.assert_allclose(told[step], np.mean(right, dtype=float), rtol=1e-12)
    first = lesson.batches.order[: lesson.batches.begins[1]]
    params = plain.tree(lesson.network, history.weights[0])
    batch = [part[:, first] for part in lesson.training]
    loss, gradient = jax.value_and_grad(plain.objective)(params, *batch, "logistic", "tanh", 0.1)
    np.testing.assert_allclose(history.batch_loss[0], loss, rtol=1e-12)
    np.testing.assert_allclose(history.slope[0], jnp.linalg.norm(plain.flat(gradient)), rtol=1e-12)
    assert np.isnan(history.slope[-1])


def test_with_all_points_in_a_batch_its_loss_is_the_loss():
    chosen = experiment("adam", batch=0)
    history = train(chosen, chosen.runs[0], 0)
    np.testing.assert_array_equal(history.batch_loss[:-1], history.loss[:-1])
    as_batch = check({**SMALL, "batch": 192, "runs": [{"optimizer": "adam"}]})
    np.testing.assert_array_equal(train(as_batch, as_batch.runs[0], 0).weights, history.weights)


def test_a_seed_gives_all_runs_the_same_weights_and_batches_and_another_seed_others():
    chosen = check({**SMALL, "runs": [{"optimizer": "adam"}, {"optimizer": "momentum"}]})
    adam, momentum = (train(chosen, run, 7) for run in chosen.runs)
    again, other = train(chosen, chosen.runs[0], 7), train(chosen, chosen.runs[0], 8)
    np.testing.assert_array_equal(adam.weights, again.weights)
    np.testing.assert_array_equal(adam.weights[0], momentum.weights[0])
    assert adam.batch_loss[0] == momentum.batch_loss[0]
    assert (adam.weights[0] != other.weights[0]).sum() > 30
    assert not np.array_equal(lesson_of(chosen, 7).batches.order, lesson_of(chosen, 8).batches.order)


def test_parts_are_the_whole_and_training_goes_on_from_where_it_stands():
    long = experiment("adam", steps=230)
    whole = train(long, long.runs[0], 0)
    parts = list(each_part(long, long.runs[0], 0))
    assert [part.step for part in parts] == [100, 200, 230]
    assert [len(part.history.steps) for part in parts] == [100, 100, 31]
    short = experiment("adam", steps=130)
    stood = list(each_part(short, short.runs[0], 0))[-1]
    onward = joined([part.history for part in each_part(long, long.runs[0], 0, stood.standing, stood.step)])
    assert onward.steps.tolist() == list(range(130, 231))
    np.testing.assert_array_equal(onward.weights, whole.weights[130:])
    np.testing.assert_array_equal(onward.loss, whole.loss[130:])


def test_a_growing_batch_trains_as_a_plain_loop_does():
    growing = {"kind": "exponential", "final": 0.1}
    chosen = check({**SMALL, "batch_schedule": growing, "steps": 150, "runs": [{"optimizer": "gradient_descent"}]})
    lesson = lesson_of(chosen, 0)
    assert (lesson.batches.sizes[0], lesson.batches.sizes.max()) == (20, 192)
    expected = plain_loop(optax.sgd(chosen.runs[0].hypers["learning_rate"]), lesson, False)
    np.testing.assert_allclose(train(chosen, chosen.runs[0], 0).weights, expected, rtol=0, atol=1e-10)


def test_an_epoch_meets_each_point_once_and_sizes_do_not_change_the_order():
    made = batches(50, 16, 9, seed=2)
    assert made.sizes.tolist() == [16, 16, 16, 2, 16, 16, 16, 2, 16]
    assert sorted(made.order[:50]) == sorted(made.order[50:100]) == list(range(50))
    assert made.order[:50].tolist() != made.order[50:100].tolist()
    assert made.epochs[[0, 4, 8]].tolist() == [0, 1, 2]
    other = batches(50, tuple(range(1, 10)), 9, seed=2)
    np.testing.assert_array_equal(other.order, made.order[:45])
    assert [places(size, 192) for size in (1, 16, 17, 128, 129, 192)] == [16, 16, 32, 128, 192, 192]


def test_schedules_reach_the_rule():
    run = {"optimizer": "momentum", "hypers": {"learning_rate": 0.1, "gamma": 0.8}}
    falls = {"kind": "exponential", "final": 0.01}
    chosen = check({**SMALL, "runs": [{**run, "schedules": {"learning_rate": falls, "momentum": falls}}, run]})
    table = hyper_values(chosen.runs[0], 60)
    np.testing.assert_allclose(table[[0, 30], 0], [0.1, 0.01], rtol=1e-12)
    np.testing.assert_allclose(table[[0, 30], 1], [0.8, 0.98], rtol=1e-12)
    np.testing.assert_array_equal(hyper_values(chosen.runs[1], 60), np.tile([0.1, 0.8], (60, 1)))
    history, lesson, velocity = train(chosen, chosen.runs[0], 0), lesson_of(chosen, 0), 0.0
    weights = jnp.asarray(lesson.weights)
    for step, (rate, gamma) in enumerate(table):
        members = lesson.batches.order[lesson.batches.begins[step] : lesson.batches.begins[step + 1]]
        batch = [part[:, members] for part in lesson.training]
        slope = plain.flat(jax.grad(plain.objective)(plain.tree(lesson.network, weights), *batch, "logistic", "tanh"))
        velocity = gamma * velocity + rate * slope
        weights = weights - velocity
    np.testing.assert_allclose(history.weights[-1], weights, rtol=0, atol=1e-10)


def test_no_slider_compiles_anything():
    base = {**SMALL, "validation": 0.25, "steps": 120}
    moved = [
        {"learning_rate": 0.3},
        {"gamma": 0.5},
        {"learning_rate": 0.3, "gamma": 0.99},
    ]
    others = [{"steps": 7}, {"steps": 250}, {"l2": 0.3}, {"seed": 5}, {"batch": 31}, {"initialization": "he"}]
    first = check({**base, "runs": [{"optimizer": "momentum"}]})
    train(first, first.runs[0], 0)
    scheduled = {"learning_rate": {"kind": "cosine"}, "momentum": {"kind": "growing_window"}}
    with compilations() as seen:
        for hypers in moved:
            chosen = check({**base, "runs": [{"optimizer": "momentum", "hypers": hypers, "schedules": scheduled}]})
            train(chosen, chosen.runs[0], 0)
        for change in others:
            chosen = check({**base, **change, "runs": [{"optimizer": "momentum"}]})
            train(chosen, chosen.runs[0], chosen.seed)
    assert seen == []


@pytest.mark.parametrize(("name", "variance"), [("glorot", 2 / 104), ("he", 2 / 64), ("zero", 0.0)])
def test_first_weights_have_the_variance_that_their_inventors_ask_for(name, variance):
    network = Perceptron((64, 40, 10))
    first = network.layers(initial_weights(network, name, 0))[0]
    assert (first.biases == 0).all()
    # Of 2560 draws the variance errs by √(2/2560), 3 % of it, or less where they are uniform.
    np.testing.assert_allclose(first.weights.var(), variance, rtol=0.1)
    if name == "glorot":
        assert np.abs(first.weights).max() <= np.sqrt(6 / 104)


def test_a_network_that_begins_at_zero_stays_symmetric():
    """All its neurons are alike, so that no rule can tell them apart: only the output's bias learns."""
    chosen = experiment("adam", initialization="zero", batch=0)
    history = train(chosen, chosen.runs[0], 0)
    assert (history.weights[:, :-1] == 0).all()


def test_a_rate_that_is_too_great_is_told_as_nan_and_not_as_a_number():
    chosen = check(
        {
            "task": "noisy_curve",
            "steps": 150,
            "activation": "relu",
            "runs": [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 10.0}}],
        }
    )
    history = train(chosen, chosen.runs[0], 0)
    assert np.isfinite(history.loss[0])
    assert not np.isfinite(history.loss[-1])
    assert history.steps[-1] == 150


def test_one_class_only_is_learned_without_a_fault():
    chosen = experiment("adam", batch=0)
    lesson = lesson_of(chosen, 0)
    ones = [Data(data.inputs, np.ones_like(data.targets)) for data in (lesson.training, lesson.validation)]
    single = lesson._replace(training=ones[0], validation=ones[1])
    history = joined([p.history for p in parts_of(single, OPTIMIZERS["adam"], hyper_values(chosen.runs[0], 60))])
    assert history.loss[-1] < history.loss[0]
    assert history.accuracy[-1] == 1
