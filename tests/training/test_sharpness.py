"""Slope and sharpness along a training are those of the whole loss, and a full batch takes λ_max to the edge."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from fall_line.experiments.training_experiment import check
from fall_line.training.curvature import curvature
from fall_line.training.gradient_norm import gradient_norms
from fall_line.training.sharpness import (
    FEWEST_SHARP,
    MOST_SHARP,
    PRODUCTS,
    Look,
    in_order,
    looks_of,
    sharp_looks,
    value_at,
)
from fall_line.training.stability import stability_limit
from fall_line.training.train import lesson_of, train
from tests.training import plain

LOSSES = {"moons": "logistic", "iris": "cross_entropy", "noisy_curve": "squared"}


def described(task, **others):
    runs = [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.1}}]
    return check({"task": task, "layers": [5], "steps": 60, "l2": 0.02, "batch": 0, "runs": runs} | others)


def plain_value(lesson, task):
    def value(weights):
        return plain.objective(plain.tree(lesson.network, weights), *lesson.training, LOSSES[task], "tanh", 0.02)

    return value


@pytest.mark.parametrize("task", LOSSES)
def test_slope_and_sharpness_are_those_of_a_plain_gradient_and_of_the_dense_hessian(task):
    """λ_max by 20 products, to a millionth of the dense Hessian's greatest eigenvalue; ‖∇J‖ to rounding."""
    chosen = described(task, activation="tanh")
    lesson, history = lesson_of(chosen, 0), train(chosen, chosen.runs[0], 0)
    value = plain_value(lesson, task)
    gradient, hessian = jax.jit(jax.grad(value)), jax.jit(jax.hessian(value))
    for step in (0, 31, 60):
        here = jnp.asarray(history.weights[step])
        slope = np.linalg.norm(gradient(here))
        greatest = np.linalg.eigvalsh(hessian(here))[-1]
        np.testing.assert_allclose(value_at(lesson, history, Look(0, False, step)), slope, rtol=1e-10)
        np.testing.assert_allclose(value_at(lesson, history, Look(0, True, step)), greatest, rtol=1e-6)
    # Where each batch is all points, the slope is that of the step itself.
    np.testing.assert_allclose(gradient_norms(lesson, history.weights[:-1]), history.slope[:-1], rtol=1e-9)


def test_of_minibatches_the_slope_is_that_of_all_points_and_there_is_no_sharpness():
    chosen = described("moons", batch=16, activation="tanh")
    lesson, history = lesson_of(chosen, 0), train(chosen, chosen.runs[0], 0)
    looks = looks_of(lesson, history, 1)
    assert (len(looks.norms), len(looks.sharp)) == (61, 0)
    slope = np.linalg.norm(jax.grad(plain_value(lesson, "moons"))(jnp.asarray(history.weights[30])))
    np.testing.assert_allclose(value_at(lesson, history, Look(0, False, 30)), slope, rtol=1e-10)
    assert abs(history.slope[30] / slope - 1) > 0.01
    growing = described("moons", batch=80, batch_schedule={"kind": "exponential"})
    assert sharp_looks(lesson_of(growing, 0), 1) == 0


def test_weights_that_are_not_finite_have_neither():
    runs = [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 10.0}}]
    chosen = described("noisy_curve", steps=400, runs=runs)
    lesson, history = lesson_of(chosen, 0), train(chosen, chosen.runs[0], 0)
    assert np.isfinite(value_at(lesson, history, Look(0, True, 0)))
    for sharp in (True, False):
        assert np.isnan(value_at(lesson, history, Look(0, sharp, 400)))


def test_looks_are_spread_over_the_whole_training_and_come_from_coarse_to_fine():
    chosen = described("moons", steps=3000)
    lesson, history = lesson_of(chosen, 0), train(chosen, chosen.runs[0], 0)
    looks = looks_of(lesson, history, 1)
    assert (looks.norms[0], looks.norms[-1], len(looks.norms)) == (0, 3000, 101)
    assert (looks.sharp[0], looks.sharp[-1], len(looks.sharp)) == (0, 3000, MOST_SHARP)
    assert set(looks.sharp) <= set(looks.norms)
    order = in_order([looks, None, looks])
    sharp = [one for one in order if one.sharp]
    assert [(one.training, one.step) for one in sharp[:4]] == [(0, 0), (2, 0), (0, 3000), (2, 3000)]
    for training in (0, 2):
        assert sorted(one.step for one in sharp if one.training == training) == looks.sharp.tolist()
        assert sorted(one.step for one in order if one == (training, False, one.step)) == looks.norms.tolist()
    halved = sorted(one.step for one in sharp[: 2 * 6] if one.training == 0)
    assert max(np.diff(halved)) < 0.4 * 3000


def test_many_trainings_of_a_large_network_are_looked_at_less_often():
    wide = lesson_of(described("digits", layers=[64, 64]), 0)
    assert FEWEST_SHARP == sharp_looks(wide, 16) < sharp_looks(wide, 1) <= MOST_SHARP


@pytest.mark.parametrize("rate", [0.2, 0.3])
def test_gradient_descent_with_all_points_takes_the_sharpness_to_the_edge_of_stability(rate):
    """Cohen et al., 2021: λ_max rises to 2/η and stays about there, so that it is the rate that chooses it."""
    chosen = check(
        {
            "task": "two_spirals",
            "layers": [16, 16],
            "activation": "tanh",
            "steps": 2000,
            "batch": 0,
            "validation": 0,
            "runs": [{"optimizer": "gradient_descent", "hypers": {"learning_rate": rate}}],
        }
    )
    lesson, history = lesson_of(chosen, 0), train(chosen, chosen.runs[0], 0)
    found = curvature(lesson, history.weights[:: 2000 // 20], PRODUCTS).greatest
    limit = stability_limit("gradient_descent", {"learning_rate": rate})
    assert found[0] < 0.3 * limit
    last = found[-8:] / limit
    assert (last > 0.85).all()
    assert (last < 1.15).all()
    assert history.loss[-1] < 0.8 * history.loss[0]
