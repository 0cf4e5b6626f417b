"""The extreme curvatures are those of the whole Hessian, and they tell which rate is too great."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from fall_line.experiments.training_experiment import check
from fall_line.training.curvature import curvature
from fall_line.training.stability import LIMITS, stability_limit
from fall_line.training.train import lesson_of, train
from tests.training import plain

CHOSEN = check({"task": "moons", "layers": [5, 4], "steps": 40, "l2": 0.01, "runs": [{"optimizer": "adam"}]})


def test_the_extreme_eigenvalues_are_those_of_the_hessian():
    lesson, history = lesson_of(CHOSEN, 0), train(CHOSEN, CHOSEN.runs[0], 0)
    rows = history.weights[[0, 20, 40]]
    found = curvature(lesson, rows)

    def value(weights):
        return plain.objective(plain.tree(lesson.network, weights), *lesson.training, "logistic", "tanh", 0.01)

    expected = np.linalg.eigvalsh(jax.vmap(jax.hessian(value))(jnp.asarray(rows)))
    np.testing.assert_allclose(found.greatest, expected[:, -1], rtol=1e-9)
    np.testing.assert_allclose(found.least, expected[:, 0], rtol=0, atol=1e-6)
    assert (found.error < 1e-4 * found.greatest).all()
    assert np.isnan(curvature(lesson, np.full((1, lesson.network.count), np.nan)).greatest).all()


def test_a_network_of_few_weights_has_all_its_eigenvalues_found():
    chosen = check({"task": "moons", "layers": [], "steps": 5, "l2": 0.5, "runs": [{"optimizer": "adam"}]})
    lesson = lesson_of(chosen, 0)

    def value(weights):
        return plain.objective(plain.tree(lesson.network, weights), *lesson.training, "logistic", "tanh", 0.5)

    expected = np.linalg.eigvalsh(jax.hessian(value)(jnp.asarray(lesson.weights)))
    found = curvature(lesson, lesson.weights[None])
    np.testing.assert_allclose([found.least[0], found.greatest[0]], expected[[0, -1]], rtol=1e-10)


@pytest.mark.parametrize("key", LIMITS)
def test_a_rate_beyond_the_limit_swings_up_and_one_below_it_does_not(key):
    """A network without hidden layers that learns values has a parabola for its loss, with the same H everywhere."""
    base = {"task": "smooth_numbers", "layers": [], "steps": 600, "validation": 0}
    probe = check({**base, "runs": [{"optimizer": "adam"}]})
    lesson = lesson_of(probe, 0)
    greatest = float(curvature(lesson, lesson.weights[None]).greatest[0])
    hypers = {} if key == "gradient_descent" else {"gamma": 0.5}
    critical = stability_limit(key, {"learning_rate": 1.0, **hypers}) / greatest
    runs = [{"optimizer": key, "hypers": {"learning_rate": factor * critical, **hypers}} for factor in (0.97, 1.03)]
    chosen = check({**base, "runs": runs})
    stable, unstable = (train(chosen, run, 0) for run in chosen.runs)
    assert stable.loss[-1] < stable.loss[0]
    assert unstable.loss[-1] > 1e3 * unstable.loss[0]
    assert stability_limit("adam", {"learning_rate": 1.0}) is None
