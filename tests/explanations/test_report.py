"""The table's numbers, counted a second time in plain NumPy."""

import math

import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.explanations.outcome import outcome
from fall_line.explanations.report import Report, report, summary
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import Trajectory, run
from landscapes import SURFACES
from optimizers import OPTIMIZERS

METHODS = ["gradient_descent", "momentum", "adam"]


def experiment(surface="himmelblau", steps=60, runs=METHODS, **fields):
    return check({"surface": surface, "steps": steps, "runs": [{"optimizer": key} for key in runs], **fields})


def made_up(points, losses, surface="simple_quad", **fields) -> Report:
    """The report of a path made for the purpose."""
    points = np.asarray(points, dtype=float)
    one = experiment(surface, len(points) - 1, ["adam"], **fields)
    path = Trajectory(points, np.asarray(losses, dtype=float), np.zeros_like(points))
    return report(one, [path], minima_of(one.landscape))[0]


@pytest.mark.parametrize("tolerance", [0.01, 1.0, 100.0])
def test_numbers_of_real_runs(tolerance):
    """Sums of 60 lengths in another order: 1e-14 of the whole."""
    one = experiment(tolerance=tolerance)
    paths = run(one)
    for row, path in zip(report(one, paths, minima_of(one.landscape)), paths, strict=True):
        losses = path.losses.tolist()
        strides = [math.dist(here, there) for here, there in zip(path.points, path.points[1:], strict=False)]
        there = [k for k, loss in enumerate(losses) if loss <= SURFACES["himmelblau"].minima[0].loss + tolerance]
        assert row.final_loss == losses[-1]
        assert (row.best_loss, row.best_step) == (min(losses), losses.index(min(losses)))
        assert row.steps_to_tolerance == (there[0] if there else None)
        assert row.path_length == pytest.approx(sum(strides), rel=1e-14)
        assert row.outcome == outcome(one, path, minima_of(one.landscape))


def test_a_path_made_up():
    row = made_up([(0, 0), (3, 0), (3, 4), (0, 0)], [5, 2, 0.005, 2])
    assert (row.final_loss, row.best_loss, row.best_step, row.steps_to_tolerance, row.path_length) == (
        2,
        0.005,
        2,
        2,
        12,
    )


def test_the_tolerance_counts_from_the_lowest_known_minimum():
    """On bad_init that is 0.999998…, not 0; a loss just beyond 1.01 isn't there yet."""
    losses = [3, 1.0100001, 1.0099, 3]
    assert made_up(np.zeros((4, 2)), losses, "bad_init").steps_to_tolerance == 2
    assert made_up(np.zeros((4, 2)), losses, "bad_init", tolerance=3).steps_to_tolerance == 0


def test_without_a_known_minimum_nothing_is_within_tolerance():
    assert made_up(np.zeros((4, 2)), [3, 0, -1e9, 3], "saddle").steps_to_tolerance is None


def test_what_comes_after_the_last_finite_step_does_not_count():
    row = made_up([(0, 0), (3, 4), (np.nan, 0), (0, 0)], [5, 4, np.nan, -7])
    assert (row.best_loss, row.best_step, row.path_length, row.steps_to_tolerance) == (4, 1, 5, None)
    assert row.final_loss == -7
    blown = made_up([(0, 0), (3, 4), (9, 9)], [5, 4, np.inf])
    assert (blown.final_loss, blown.best_step, blown.path_length) == (math.inf, 1, 5)


def test_a_path_that_is_never_finite():
    row = made_up(np.full((3, 2), np.nan), [np.nan] * 3)
    assert math.isnan(row.best_loss)
    assert (row.best_step, row.path_length, row.steps_to_tolerance) == (-1, 0, None)


def test_a_path_longer_than_numbers_go():
    assert made_up([(0, 0), (1.5e308, 0), (-1.5e308, 0)], [1, 1, 1]).path_length == math.inf


@pytest.mark.parametrize("steps", [1, 60])
def test_the_summary_names_every_run(steps):
    runs = [
        {"optimizer": "adam"},
        {"optimizer": "adam", "label": "Adam, mine"},
        {"optimizer": "momentum", "hidden": True},
    ]
    one = check({"surface": "himmelblau", "steps": steps, "runs": runs})
    rows = report(one, run(one), minima_of(one.landscape))
    text = summary(one, rows)
    assert [row.name for row in rows] == [OPTIMIZERS["adam"].label, "Adam, mine", OPTIMIZERS["momentum"].label]
    assert all(f"{row.name}: {row.outcome.sentence}" in text for row in rows)
    assert text.startswith(f"{SURFACES['himmelblau'].label}, {steps} step{'s' * (steps > 1)} from (0.1, ")
    assert text.endswith(".")
