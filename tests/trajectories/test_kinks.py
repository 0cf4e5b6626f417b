"""Runs that meet a kink exactly go on as a reader of the formula expects."""

import jax.numpy as jnp
import numpy as np
import pytest

import fall_line as fl
from fall_line.experiments.mending import check
from fall_line.explanations.report import report
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import run
from tests.trajectories.compilations import compilations


def descent(text, start, **hypers):
    runs = [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.5} | hypers}]
    return check({"surface": f"formula:{text}", "start": start, "steps": 40, "runs": runs})


@pytest.mark.parametrize(
    ("text", "start", "path"),
    [
        ("sqrt(x^2 + y^2)", (1, 0), [(1, 0), (0.5, 0), (0, 0)]),
        ("hypot(x, y)", (1, 0), [(1, 0), (0.5, 0), (0, 0)]),
        ("sqrt(x^2 + y^2)^2", (0, 0), [(0, 0)]),
        ("abs(x) + 0.5abs(y)", (1, 0.5), [(1, 0.5), (0.5, 0.25), (0, 0)]),
    ],
)
def test_gradient_descent_stays_at_a_minimum_that_it_meets(text, start, path):
    experiment = descent(text, start)
    (found,) = run(experiment)
    np.testing.assert_array_equal(found.points, [*path, *[path[-1]] * (41 - len(path))])
    np.testing.assert_array_equal(found.gradients[-1], [0, 0])
    minima = minima_of(experiment.landscape)
    (told,) = report(experiment, [found], minima)
    # Who starts a little beside it misses the tip.
    assert told.outcome.short.removesuffix(", chaotic") == "minimum (0, 0)"


def test_an_own_function_has_it_too():
    runs = fl.descend(jnp.hypot, start=(1.0, 0.0), steps=5, runs=[fl.run("gradient_descent", learning_rate=0.5)])
    np.testing.assert_array_equal(runs.points[0, 2:], np.zeros((4, 2)))


def test_no_slider_compiles_anything():
    run(descent("abs(x) + hypot(x, a*y)", (1, 0.5)))
    with compilations() as compiled:
        run(descent("abs(x) + hypot(x, a*y)", (0.5, 0.25), learning_rate=0.125))
    assert compiled == []
