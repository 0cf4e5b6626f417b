"""What a trajectory holds, and that moving a slider compiles nothing."""

from collections.abc import Iterator

import jax
import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.explanations.outcome import outcome
from fall_line.trajectories.loss import curvature, loss_grid
from fall_line.trajectories.run import run
from landscapes import SURFACES
from tests.trajectories.compilations import compilations


def experiment(surface="rotated_quadratic", steps=125, runs=({"optimizer": "adam_kingma"},), **fields):
    return check({"surface": surface, "steps": steps, "runs": list(runs), **fields})


def test_float64_is_on():
    assert run(experiment())[0].points.dtype == np.float64


@pytest.mark.parametrize(("surface", "optimizer"), [("wobbly", "rmsprop"), ("rotated_quadratic", "nesterov")])
def test_rows_are_the_surface_at_the_points(surface, optimizer):
    """The same formula compiled twice: an ulp or two of values below 100, hence 1e-12."""
    one = experiment(surface, 40, [{"optimizer": optimizer}])
    path = run(one)[0]

    def value(point):
        return SURFACES[surface].value(point[0], point[1], **one.parameters)

    assert tuple(path.points[0]) == one.start
    assert [len(array) for array in path] == [41, 41, 41]
    np.testing.assert_allclose(path.losses, jax.vmap(value)(path.points), rtol=1e-13, atol=1e-12)
    np.testing.assert_allclose(path.gradients, jax.vmap(jax.grad(value))(path.points), rtol=1e-13, atol=1e-12)


def test_one_step_is_two_rows():
    path = run(experiment("simple_quad", 1, [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.25}}]))[0]
    # J = x² + y²: a quarter of the slope halves the point, exactly in binary.
    np.testing.assert_array_equal(path.points, [[-2.8, -2.5], [-1.4, -1.25]])


def test_ten_thousand_steps_are_walked_to_the_end():
    """On x² + y² a step multiplies by 1 − 2η, and 0.9998¹⁰⁰⁰⁰ ≈ 0.135; rounding grows with the count, below 1e-11."""
    runs = [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 1e-4}}]
    path = run(experiment("simple_quad", 10_000, runs))[0]
    expected = np.array([-2.8, -2.5]) * 0.9998 ** np.arange(10_001)[:, None]
    assert path.points.shape == (10_001, 2)
    np.testing.assert_allclose(path.points, expected, rtol=1e-11)
    assert path.losses[-1] > 0


@pytest.mark.parametrize("optimizer", ["momentum", "adadelta", "adam_kingma"])
def test_a_shorter_run_is_the_beginning_of_a_longer_one(optimizer):
    short, long = (run(experiment("basins_and_walls", steps, [{"optimizer": optimizer}]))[0] for steps in (37, 125))
    for part, whole in zip(short, long, strict=True):
        np.testing.assert_array_equal(part, whole[:38])


def test_hidden_runs_are_computed_and_order_is_kept():
    runs = [{"optimizer": "adam_kingma", "hidden": True}, {"optimizer": "gradient_descent"}, {"optimizer": "momentum"}]
    together = run(experiment(runs=runs))
    for one, path in zip(runs, together, strict=True):
        np.testing.assert_array_equal(path.points, run(experiment(runs=[one]))[0].points)


def test_not_finite_rows_are_kept():
    runs = [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 10}}]
    path = run(experiment("rosenbrock", 30, runs))[0]
    assert len(path.points) == 31
    assert not np.isfinite(path.losses[-1])


def changed_experiments() -> Iterator:
    """One experiment after another, each with something moved, in ints, floats and NumPy's numbers alike."""
    for number in (int, float, np.float64, np.int64, str):
        yield experiment(start=(number(1), number(2)))
        yield experiment(steps=number(7))
        yield experiment(parameters={"condition_number": number(3), "angle": number(45)})
        yield experiment(runs=[{"optimizer": "adam_kingma", "hypers": {"learning_rate": number(2)}}])
    for rate, beta1, beta2, epsilon in np.random.default_rng(1).uniform(0.01, 0.9, (20, 4)):
        hypers = {"learning_rate": rate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon}
        yield experiment(start=(rate, -beta1), runs=[{"optimizer": "adam_kingma", "hypers": hypers}])
    yield from (experiment(steps=steps) for steps in (1, 2, 128, 129, 1000, 10_000))


def test_moving_any_slider_compiles_nothing():
    moved = list(changed_experiments())
    run(experiment())
    with compilations() as compiled:
        paths = [run(one)[0].points for one in moved]
    assert compiled == []
    # The values did arrive: every one of the random settings walks its own path.
    assert len({points[-1].tobytes() for points in paths[20:40]}) == 20


def test_judging_and_drawing_compile_nothing_the_second_time():
    def look(one):
        outcome(one, run(one)[0], ())
        curvature(one.landscape, np.array([0.1, 0.2]))
        loss_grid(one.landscape, np.linspace(-3, 3, 61), np.linspace(-3, 3, 61))

    look(experiment())
    moved = [
        experiment(parameters={"condition_number": kappa, "angle": 10}, start=(1, kappa / 9)) for kappa in (2, 5, 9)
    ]
    with compilations() as compiled:
        for one in moved:
            look(one)
    assert compiled == []


def test_a_new_surface_compiles_and_is_counted():
    with compilations() as compiled:
        run(experiment("formula:x^2 + 3.0625*y^2 + 0.5*x*y"))
    assert len(compiled) >= 1


def test_curvature_is_the_hessians_eigenvalues():
    """κ = 10 turned by 30°: 1 across and 0.1 along the valley, up to rounding of numbers near 1."""
    np.testing.assert_allclose(curvature(experiment().landscape, np.array([0.3, -0.7])), [0.1, 1.0], rtol=0, atol=1e-13)


def test_loss_grid_has_rows_of_y_and_columns_of_x():
    """Not square, and x² − y² isn't symmetric; the products are exact but for the last bit."""
    x, y = np.linspace(-2, 2, 5), np.linspace(-1, 1, 3)
    grid = loss_grid(experiment("saddle").landscape, x, y)
    np.testing.assert_allclose(grid, x[None, :] ** 2 - y[:, None] ** 2, rtol=0, atol=1e-15)
