"""Paths known without running a method: closed forms on quadratics, and laws that tie methods to each other."""

from functools import cache
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from optimizers import OPTIMIZERS, Problem

jax.config.update("jax_enable_x64", True)

MATRIX = np.array([[3.0, 1.2], [1.2, 1.0]])
START = np.array([-2.8, -2.5])


def path(key: str, gradient, start, steps: int, **settings) -> tuple[np.ndarray, Any]:
    """The start and the points after each step, and the states beside them."""
    hypers = {hyper.key: hyper.default for hyper in OPTIMIZERS[key].hypers} | settings
    points, states = program(key, gradient, steps)(jnp.asarray(start), hypers)
    return np.asarray(points), states


@cache
def program(key: str, gradient, steps: int):
    method = OPTIMIZERS[key]

    def walk(start, hypers):
        def advance(carry, _):
            return method.step(Problem(None, gradient), *carry, **hypers), carry

        return jax.lax.scan(advance, (start, method.init(start, **hypers)), length=steps + 1)[1]

    return jax.jit(walk)


def quadratic(point):
    return jnp.asarray(MATRIX) @ point


def hilly(point):
    """The gradient of sin(x + 2y) + (x² + xy + y²)/4, bounded in curvature and not convex."""
    x, y = point
    slope = jnp.cos(x + 2 * y)
    return jnp.stack([slope + (2 * x + y) / 4, 2 * slope + (x + 2 * y) / 4])


@pytest.mark.parametrize("rate", [0.01, 0.3, 0.56])
def test_gradient_descent_multiplies_by_the_same_matrix(rate):
    """θₜ = (I − ηA)ᵗθ₀; A's larger eigenvalue is 3.56, so that η = 0.56 swings along its axis and still converges."""
    factor = np.eye(2) - rate * MATRIX
    expected = [np.linalg.matrix_power(factor, t) @ START for t in range(61)]
    points, _ = path("gradient_descent", quadratic, START, 60, learning_rate=rate)
    np.testing.assert_allclose(points, expected, rtol=0, atol=1e-12)


def momentum_companion(rate, gamma, eigenvalue):
    """(x, v) ↦ (x − v′, v′) with v′ = γv + ηλx."""
    return np.array([[1 - rate * eigenvalue, -gamma], [rate * eigenvalue, gamma]])


def nesterov_companion(rate, gamma, eigenvalue):
    """(x, v) ↦ (x − v′, v′) with v′ = γv + ηλ(x − γv)."""
    shrink = 1 - rate * eigenvalue
    return np.array([[shrink, -gamma * shrink], [rate * eigenvalue, gamma * shrink]])


@pytest.mark.parametrize(("key", "companion"), [("momentum", momentum_companion), ("nesterov", nesterov_companion)])
@pytest.mark.parametrize(("rate", "gamma"), [(0.01, 0.9), (0.1, 0.5), (0.05, 0.975)])
def test_on_a_quadratic_each_axis_obeys_a_2_by_2_matrix(key, companion, rate, gamma):
    eigenvalues, axes = np.linalg.eigh(MATRIX)
    along = axes.T @ START
    expected = [
        axes
        @ [
            np.linalg.matrix_power(companion(rate, gamma, eigenvalue), t)[0, 0] * x
            for eigenvalue, x in zip(eigenvalues, along, strict=True)
        ]
        for t in range(61)
    ]
    points, _ = path(key, quadratic, START, 60, learning_rate=rate, gamma=gamma)
    np.testing.assert_allclose(points, expected, rtol=0, atol=1e-11)


@pytest.mark.parametrize("gamma", [0.25, 0.9, 0.975])
def test_libraries_walk_the_lookahead_points_of_nesterov(gamma):
    points, velocities = path("nesterov", hilly, START, 60, gamma=gamma)
    ahead, _ = path("nesterov_at_lookahead", hilly, START, 60, gamma=gamma)
    np.testing.assert_allclose(ahead, points - gamma * np.asarray(velocities), rtol=0, atol=1e-12)
    assert np.abs(ahead - points).max() > 1e-3


@pytest.mark.parametrize(
    "key",
    [
        "momentum",
        "ema_momentum",
        "nesterov",
        "nesterov_at_lookahead",
        "smoothed_nesterov_3",
        "smoothed_nesterov_weighted",
        "smoothed_nesterov_4",
    ],
)
def test_without_memory_all_is_gradient_descent(key):
    points, _ = path(key, hilly, START, 40, learning_rate=0.05, gamma=0.0)
    expected, _ = path("gradient_descent", hilly, START, 40, learning_rate=0.05)
    np.testing.assert_allclose(points, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    "key", ["nesterov", "smoothed_nesterov_3", "smoothed_nesterov_weighted", "smoothed_nesterov_4"]
)
def test_on_a_plane_a_look_ahead_sees_nothing_new(key):
    def plane(point):
        return jnp.array([0.7, -1.3]) + 0 * point

    points, _ = path(key, plane, START, 40)
    expected, _ = path("momentum", plane, START, 40)
    np.testing.assert_allclose(points, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("gamma", [0.25, 0.9, 0.975])
def test_moving_average_is_momentum_with_a_smaller_rate(gamma):
    points, _ = path("ema_momentum", hilly, START, 60, learning_rate=0.1, gamma=gamma)
    expected, _ = path("momentum", hilly, START, 60, learning_rate=0.1 * (1 - gamma), gamma=gamma)
    np.testing.assert_allclose(points, expected, rtol=0, atol=1e-12)


def test_adagrad_brakes_as_the_root_of_time_and_its_absolute_form_as_time():
    """Under the gradient 1 the t-th step is η/√t or η/t, ε = 1e-12 being beneath the tolerance."""
    steps = np.arange(1, 51)
    for key, lengths in {"adagrad": 1 / np.sqrt(steps), "adagrad_absolute": 1 / steps}.items():
        points, _ = path(key, jnp.ones_like, 0.0, 50, learning_rate=1.0, epsilon=1e-12)
        np.testing.assert_allclose(-np.diff(points), lengths, rtol=0, atol=1e-11)


@pytest.mark.parametrize("key", ["adam", "adam_kingma", "adam_nesterov", "adamax"])
def test_bias_correction_makes_steps_of_eta_under_a_steady_gradient(key):
    """m̂ = g and √v̂ = u = |g| from the first step on, so that each step is η·sign(g).

    NAdam's mean is g·(β₁(1−β₁ᵗ)/(1−β₁ᵗ⁺¹) + (1−β₁)/(1−β₁ᵗ)) instead.
    """
    beta1, rate, steps = 0.9, 0.25, np.arange(1, 31)
    points, _ = path(key, lambda q: -2 * jnp.ones_like(q), 0.0, 30, learning_rate=rate, epsilon=1e-12)
    lengths = np.full(30, rate)
    if key == "adam_nesterov":
        lengths *= beta1 * (1 - beta1**steps) / (1 - beta1 ** (steps + 1)) + (1 - beta1) / (1 - beta1**steps)
    np.testing.assert_allclose(np.diff(points), lengths, rtol=0, atol=1e-11)


def test_the_three_adams_differ_only_by_where_epsilon_stands():
    names = ("adam", "adam_kingma", "adam_epsilon_hat")
    tiny, large = ([path(key, hilly, START, 40, epsilon=e)[0] for key in names] for e in (1e-14, 1e-2))
    np.testing.assert_allclose(tiny[1], tiny[0], rtol=0, atol=1e-9)
    np.testing.assert_allclose(tiny[2], tiny[0], rtol=0, atol=1e-9)
    for one, other in ((0, 1), (1, 2), (2, 0)):
        assert np.abs(large[one] - large[other]).max() > 1e-4


def test_finite_p_tends_to_adamax():
    """After one step u = (1−β₂ᵖ)^(1/p)·|g|: 0.977, 0.9995 and 1 − 5e-9 of the maximum at p = 100, 1000 and 10000."""
    limit, _ = path("adamax", hilly, START, 40)
    far, near, nearest = (np.abs(path("adamax_p", hilly, START, 40, p=p)[0] - limit).max() for p in (1e2, 1e3, 1e4))
    assert 1e-3 < near < far / 10
    assert nearest < 1e-6


@pytest.mark.parametrize("initial_update", [0.0, 50.0])
def test_the_first_step_of_adadelta_is_one_of_rmsprop(initial_update):
    """Until D has moved from D₀, η√(D₀ + ε) stands for RMSProp's η."""
    settings = {"gamma": 0.9, "epsilon": 1e-3}
    points, states = path("adadelta", hilly, START, 1, learning_rate=0.3, initial_update=initial_update, **settings)
    rate = 0.3 * np.sqrt(initial_update + 1e-3)
    expected, _ = path("rmsprop", hilly, START, 1, learning_rate=rate, **settings)
    np.testing.assert_allclose(points, expected, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(states.update_square[0], [initial_update] * 2)
