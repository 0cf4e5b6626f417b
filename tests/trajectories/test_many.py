"""That a map's cells are the ends of single runs, whatever lies beside them, and that maps are known ones."""

import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.trajectories.many import ELSEWHERE, NOT_FINITE, ends
from fall_line.trajectories.run import hyper_values, walk_from
from tests.trajectories.compilations import compilations


def asked(surface, optimizer, steps=200, **fields):
    one = check({"surface": surface, "steps": steps, "runs": [{"optimizer": optimizer}], **fields})
    return one, one.runs[0]


def values(run, rows):
    return np.tile(hyper_values(run), (rows, 1))


def grid(edge, points):
    side = np.linspace(-edge, edge, points)
    return np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)


def test_the_basins_of_adam_on_hills_and_canyon():
    """Counted by another program, in float32 and float64: 0.83465576, 0.13743591 and 0.02790833 of 256² starts."""
    one, run = asked("hills_and_canyon", "adam")
    starts = grid(3, 256)
    found = ends(one, run, starts, values(run, len(starts)), one.landscape.minima, np.inf)
    counts = np.bincount(found.places, minlength=3)
    assert counts.sum() == 256**2
    assert np.abs(counts - 256**2 * np.array([0.83465576, 0.13743591, 0.02790833])).max() < 3


@pytest.mark.parametrize(
    ("surface", "optimizer", "fields"),
    [
        ("hills_and_canyon", "adam", {}),
        ("wobbly", "nadam", {"noise": "additive", "sigma": 0.1}),
        ("rotated_quadratic", "barzilai_borwein", {}),
        ("himmelblau", "momentum", {"noise": "minibatch", "sigma": 0.1}),
    ],
)
def test_a_cell_is_the_end_of_the_run_from_there(surface, optimizer, fields):
    one, run = asked(surface, optimizer, **fields)
    minima, near = one.surface.minima, 0.05
    starts = np.random.default_rng(0).uniform(-2, 2, (40, 2))
    found = ends(one, run, starts, values(run, 40), minima, near)
    places = np.array([(each.x, each.y) for each in minima])
    for start, point, place, steps in zip(starts, *found, strict=True):
        path = walk_from(start, one, run, one.all_seeds[0]).points
        np.testing.assert_allclose(point, path[-1], rtol=1e-9, atol=1e-9)
        gaps = np.hypot(*(path[:, None] - places).T)
        nearest = np.where(gaps.min(axis=0) <= near, gaps.argmin(axis=0), ELSEWHERE)
        assert place == nearest[-1]
        assert steps == len(nearest) - np.argmin(nearest[::-1] == place) if (nearest != place).any() else steps == 0


def test_a_cell_is_the_same_to_the_last_bit_wherever_it_lies():
    one, run = asked("basins_and_walls", "adadelta", steps=300)  # chaotic: no last bit is lost
    starts = np.random.default_rng(1).uniform(-3, 3, (5000, 2))
    minima = one.landscape.minima
    whole = ends(one, run, starts, values(run, 5000), minima, 0.1)
    some = np.random.default_rng(2).permutation(5000)[:77]
    part = ends(one, run, starts[some], values(run, 77), minima, 0.1)
    np.testing.assert_array_equal(part.points, whole.points[some])
    np.testing.assert_array_equal(part.steps, whole.steps[some])


def test_momentum_settles_on_a_bowl_up_to_a_rate_of_two_and_two_gamma_by_the_curvature():
    """J = x² + y² has λ = 2; the bound is ηλ = 2 + 2γ."""
    one, run = asked("simple_quad", "momentum", steps=5000)
    gammas = np.array([0.0, 0.3, 0.6, 0.9])
    assert [hyper.key for hyper in run.optimizer.hypers] == ["learning_rate", "gamma"]
    for share, settled in ((0.995, True), (1.005, False)):
        hypers = np.column_stack([share * (2 + 2 * gammas) / 2, gammas])
        found = ends(one, run, np.full((4, 2), 2.0), hypers, one.landscape.minima, 1e-3)
        assert ((found.places == 0) == settled).all()


def test_what_is_not_finite_has_a_code_of_its_own():
    one, run = asked("rosenbrock", "gradient_descent", steps=50)
    hypers = np.array([[1e-4], [10.0]])
    found = ends(one, run, np.full((2, 2), -1.5), hypers, one.landscape.minima, 1e-3)
    assert found.places.tolist() == [ELSEWHERE, NOT_FINITE]
    assert np.isnan(found.points[1]).all()


def test_another_map_compiles_nothing():
    one, run = asked("simple_quad", "momentum")
    ends(one, run, grid(1, 5), values(run, 25), one.landscape.minima, 0.1)
    other, tuned = asked("simple_quad", "momentum", steps=77, noise="additive", sigma=0.2)
    with compilations() as compiled:
        ends(other, tuned, grid(2, 70), values(tuned, 4900), one.landscape.minima, np.inf)
    assert compiled == []
