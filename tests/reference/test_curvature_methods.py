"""Laws of the methods that know or guess the curvature, or that search along a line."""

from functools import cache
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.trajectories.run import run
from optimizers import OPTIMIZERS, Problem

jax.config.update("jax_enable_x64", True)

MATRIX = np.array([[3.0, 1.2], [1.2, 1.0]])
BOTTOM = np.array([0.7, -0.4])
START = np.array([-2.8, -2.5])


def bowl(point):
    away = point - BOTTOM
    return away @ MATRIX @ away / 2


def saddle(point):
    return point[0] ** 2 - 2 * point[1] ** 2


def hilly(point):
    """Bounded in curvature, of both signs."""
    x, y = point
    return jnp.sin(x + 2 * y) + (x**2 + x * y + y**2) / 4


def walked(key, loss, start, steps, **settings):
    """The points of `steps` steps from `start`, and the states after each step."""
    hypers = {hyper.key: float(hyper.default) for hyper in OPTIMIZERS[key].hypers} | settings
    points, states = program(key, loss, steps)(jnp.asarray(start), hypers)
    return np.array([start, *points]), states


@cache
def program(key, loss, steps):
    """The jitted `(start, hypers) -> points, states`."""
    method, problem = OPTIMIZERS[key], Problem(loss, jax.grad(loss))

    def walk(start, hypers):
        def advance(carry, _):
            carry = method.step(problem, *carry, **hypers)
            return carry, carry

        return jax.lax.scan(advance, (start, method.init(start, **hypers)), length=steps)[1]

    return jax.jit(walk)


def gradients_of(loss, points):
    return np.asarray(jax.vmap(jax.grad(loss))(jnp.asarray(points)))


@pytest.mark.parametrize("key", ["newton", "saddle_free_newton"])
def test_newton_is_at_the_bottom_of_a_quadratic_after_one_step(key):
    points, _ = walked(key, bowl, START, 1, damping=1e-12)
    np.testing.assert_allclose(points[1], BOTTOM, rtol=0, atol=1e-10)


@pytest.mark.parametrize("damping", [1e-6, 0.3, 20.0])
def test_newton_solves_the_damped_system_at_every_step(damping):
    points, _ = walked("newton", hilly, START, 20, learning_rate=0.5, damping=damping)
    hessians = np.asarray(jax.vmap(jax.hessian(hilly))(points[:-1]))
    left = np.einsum("kij,kj->ki", hessians + damping * np.eye(2), -np.diff(points, axis=0))
    np.testing.assert_allclose(left, 0.5 * gradients_of(hilly, points[:-1]), rtol=0, atol=1e-8)


def test_newton_goes_to_a_saddle_and_the_saddle_free_form_away_from_it():
    """At (1, 0.1) on x² − 2y², x is halved by either; y is halved by Newton and grows by a half without saddles."""
    (_, attracted), (_, repelled) = (
        walked(key, saddle, np.array([1.0, 0.1]), 1, learning_rate=0.5, damping=1e-12)[0]
        for key in ("newton", "saddle_free_newton")
    )
    np.testing.assert_allclose(attracted, [0.5, 0.05], atol=1e-10)
    np.testing.assert_allclose(repelled, [0.5, 0.15], atol=1e-10)


def test_newton_converges_quadratically():
    """Each error is about the square of the one before, until rounding."""

    def convex(point):
        return jnp.cosh(point[0]) + jnp.exp(point[1]) - point[1]

    points, _ = walked("newton", convex, np.array([0.5, 0.5]), 5, damping=1e-12)
    errors = np.abs(points).max(axis=1)
    assert (errors[1:4] < errors[:3] ** 2).all()
    assert errors[-1] < 1e-11


def test_exact_line_search_turns_at_right_angles():
    points, rates = walked("exact_line_search", bowl, START, 4)
    slopes = gradients_of(bowl, points)
    directions = slopes / np.linalg.norm(slopes, axis=1, keepdims=True)
    for before, after in pairwise(directions):
        assert abs(before @ after) < 1e-9
    np.testing.assert_allclose(points[1:], points[:-1] - np.asarray(rates)[:, None] * slopes[:-1], atol=1e-14)
    assert np.std(rates) > 0.01, "a constant rate would be no search"


def test_exact_line_search_finds_the_lowest_loss_along_the_gradient():
    points, rates = walked("exact_line_search", bowl, START, 3)
    for point, rate in zip(points[:-1], rates, strict=True):
        tried = jax.vmap(lambda eta, q=point: bowl(q - eta * jax.grad(bowl)(q)))(rate * jnp.linspace(0.5, 1.5, 101))
        assert int(jnp.argmin(tried)) == 50


def test_exact_line_search_falls_back_where_the_surface_bends_downwards():
    _, rates = walked("exact_line_search", saddle, np.array([0.1, 1.0]), 3, learning_rate=0.5, fallback=0.02)
    np.testing.assert_allclose(rates, 0.01, rtol=1e-14)


@pytest.mark.parametrize(("shrink", "decrease"), [(0.5, 0.1), (0.9, 0.5), (0.1, 1e-4)])
def test_armijo_holds_with_the_rate_in_the_state(shrink, decrease):
    points, rates = walked(
        "gradient_descent_backtracking", hilly, START, 30, learning_rate=3.0, shrink=shrink, decrease=decrease
    )
    losses, slopes, rates = np.asarray(jax.vmap(hilly)(points)), gradients_of(hilly, points), np.asarray(rates)
    squares = np.sum(slopes**2, axis=1)[:-1]
    np.testing.assert_allclose(points[1:], points[:-1] - rates[:, None] * slopes[:-1], atol=1e-14)
    assert (losses[1:] <= losses[:-1] - decrease * rates * squares + 1e-15).all()
    powers = np.log(rates / 3.0) / np.log(shrink)
    np.testing.assert_allclose(powers, powers.round(), atol=1e-9)
    assert powers.max() > 0.5, "no step was ever shortened"


def test_each_trial_before_the_accepted_one_failed():
    points, rates = walked("gradient_descent_backtracking", hilly, START, 10, learning_rate=3.0)
    for point, rate in zip(points[:-1], rates, strict=True):
        slope = jax.grad(hilly)(point)
        for trial in 3.0 * 0.5 ** np.arange(int(np.log2(3.0 / rate) + 0.5)):
            assert hilly(point - trial * slope) > hilly(point) - 0.1 * trial * slope @ slope


def test_where_no_step_pays_the_point_stays():
    """A gradient that points uphill, as noise may make it, and a loss that isn't a number beyond the start."""
    method = OPTIMIZERS["gradient_descent_backtracking"]
    hypers = {hyper.key: hyper.default for hyper in method.hypers}
    for problem in (
        Problem(bowl, lambda q: -jax.grad(bowl)(q)),
        Problem(lambda q: jnp.where(jnp.all(q == START), 1.0, jnp.nan), jnp.ones_like),
    ):
        point, rate = method.step(problem, jnp.asarray(START), method.init(jnp.asarray(START)), **hypers)
        np.testing.assert_array_equal(point, START)
        assert rate == 0


def test_barzilai_borwein_inverts_the_curvature_along_its_last_step():
    """On a quadratic sᵀs/sᵀy is 1/(sᵀAs/sᵀs), between the inverse eigenvalues; the first η is the learning rate."""
    points, states = walked("barzilai_borwein", bowl, START, 5, learning_rate=0.05)
    moves, rates = np.diff(points, axis=0), np.asarray(states.rate)
    quotients = np.einsum("ki,ij,kj->k", moves, MATRIX, moves) / np.sum(moves**2, axis=1)
    np.testing.assert_allclose(rates[0], 0.05, rtol=1e-15)
    np.testing.assert_allclose(rates[1:], 1 / quotients[:-1], rtol=1e-6)
    least, greatest = np.linalg.eigvalsh(MATRIX)
    assert (rates[1:] >= 1 / greatest - 1e-9).all()
    assert (rates[1:] <= 1 / least + 1e-9).all()


def test_barzilai_borwein_takes_the_learning_rate_where_the_slope_does_not_rise():
    _, states = walked("barzilai_borwein", lambda q: -(q @ q) / 2, np.array([0.1, 0.2]), 5, learning_rate=0.03)
    np.testing.assert_allclose(states.rate, 0.03, rtol=1e-15)


@pytest.mark.parametrize("key", ["lbfgs", "newton", "saddle_free_newton"])
def test_the_minimum_of_rosenbrock_is_reached(key):
    (found,) = run(check({"surface": "rosenbrock", "steps": 60, "runs": [{"optimizer": key}]}))
    np.testing.assert_allclose(found.points[-1], [1.0, 1.0], rtol=0, atol=1e-9)
    assert np.abs(found.points[0] - 1).max() > 0.5


def test_lbfgs_says_by_how_much_it_went_along_its_direction():
    """The first direction is the gradient, shortened to 1 where it is longer."""
    points, states = walked("lbfgs", bowl, START, 1)
    gradient = gradients_of(bowl, points)[0]
    length = np.linalg.norm(points[1] - points[0])
    assert np.linalg.norm(gradient) > 1
    np.testing.assert_allclose(states.rate[0], length, rtol=1e-12)


def test_the_memory_of_a_line_search_shows_its_rate():
    for key in ("gradient_descent_backtracking", "exact_line_search", "barzilai_borwein", "lbfgs"):
        assert OPTIMIZERS[key].memory[-1] == "η"


def test_hyperparameters_of_a_run_compile_nothing():
    from tests.trajectories.compilations import compilations

    keys = ("adamw", "lookahead", "newton", "gradient_descent_backtracking")

    def experiment(end):
        runs = [
            {"optimizer": key, "hypers": {hyper.key: getattr(hyper, end) for hyper in OPTIMIZERS[key].hypers}}
            for key in keys
        ]
        return check({"surface": "rotated_quadratic", "steps": 20, "runs": runs})

    run(experiment("default"))
    with compilations() as compiled:
        run(experiment("low"))
        run(experiment("high"))
    assert not compiled
