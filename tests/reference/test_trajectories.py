"""The article's published paths, and what the article says one sees in them."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.experiments.published import find
from fall_line.explanations.outcome import Kind, outcome, path_length
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import Trajectory, run

PUBLISHED_PATHS = json.loads((Path(__file__).parents[1] / "data" / "trajectories.json").read_text())
METHODS = {"nesterov": "nesterov_at_lookahead", "adam": "adam_epsilon_hat"}
CANYON = (-0.0437, 0.0746)
SMALL_BASIN = (-2.0342, -1.0819)


@cache
def walked(name: str) -> dict[str, Trajectory]:
    """The runs of a published experiment by their published names."""
    experiment = find(name).experiment
    several = name.startswith("nesterov-gamma")
    return {_printed(one, several): path for one, path in zip(experiment.runs, run(experiment), strict=True)}


def _printed(one, several: bool) -> str:
    if several:
        return f"nesterov momentum {one.hypers['gamma']:g}"
    return next((name for name, key in METHODS.items() if key == one.optimizer.key), one.optimizer.key)


def _distance(points: np.ndarray, place) -> np.ndarray:
    return np.hypot(points[..., 0] - place[0], points[..., 1] - place[1])


def _kinds(name: str) -> dict[str, Kind]:
    experiment = find(name).experiment
    return {
        method: outcome(experiment, path, minima_of(experiment.landscape)).kind for method, path in walked(name).items()
    }


@pytest.mark.parametrize(
    ("name", "method"), [(name, method) for name, runs in PUBLISHED_PATHS.items() for method in runs]
)
def test_the_published_path_is_walked_again(name, method):
    """Sums in another order differ by some 1e-15 a step; 125 steps and slopes below 20 leave less than 1e-12."""
    np.testing.assert_allclose(walked(name)[method].points, PUBLISHED_PATHS[name][method], rtol=0, atol=1e-12)


def test_only_adam_gets_into_the_canyon():
    paths = walked("cross-method/hills_and_canyon")
    # The place is printed with four decimals.
    assert _distance(paths["adam"].points[-1], CANYON) < 1e-4
    others = [path.points[-1] for method, path in paths.items() if method != "adam"]
    assert all(_distance(point, SMALL_BASIN) < 0.5 for point in others)


@pytest.mark.parametrize("method", ["rmsprop", "adadelta"])
def test_hedgehogs_are_drawn_around_the_small_basin(method):
    """Circling, and far enough to see: a tail longer than 2 within 0.6 of the minimum."""
    tail = walked("cross-method/hills_and_canyon")[method].points[-25:]
    assert _kinds("cross-method/hills_and_canyon")[method] is Kind.CIRCLING
    assert path_length(tail) > 2
    assert _distance(tail, SMALL_BASIN).max() < 0.6


def test_nesterov_hardly_moves_on_the_plateau():
    assert path_length(walked("cross-method/giant_plateau")["nesterov"].points) < 1e-2
    assert all(path_length(path.points) < 1e-2 for path in walked("nesterov-gamma/giant_plateau").values())


def test_nothing_leaves_the_small_basin_of_the_bad_start():
    """The other minimum is 3.5 away. The hedgehogs stay larger than 0.1, the rest come within 0.1 (γ = 0.25 creeps)."""
    paths = walked("cross-method/bad_init") | walked("nesterov-gamma/bad_init")
    ends = {method: _distance(path.points[-25:], (-2.5, -2.5)).max() for method, path in paths.items()}
    assert max(ends.values()) < 0.6
    assert {method for method, radius in ends.items() if radius > 0.15} == {"rmsprop", "adadelta"}


def test_a_large_gamma_overshoots():
    """The best trough of basins_and_walls is at x = 0: γ = 0.25 and 0.9 stay on this side, 0.975 runs past it."""
    furthest = [path.points[:, 0].max() for path in walked("nesterov-gamma/basins_and_walls").values()]
    assert furthest[0] < furthest[1] < 0
    assert furthest[2] > 0.5


def _parted(surface: str, method: str, rate: float, shift: tuple[float, float], steps: int = 125) -> np.ndarray:
    """How far two runs are apart, step by step, whose starts differ by `shift`."""
    runs = [{"optimizer": method, "hypers": {"learning_rate": rate}}]
    shifted = (-2.8 + shift[0], -2.5 + shift[1])
    here, there = (
        run(check({"surface": surface, "start": start, "steps": steps, "runs": runs}))[0].points
        for start in ((-2.8, -2.5), shifted)
    )
    return np.hypot(*(there - here).T)


def test_adadelta_is_chaotic_on_basins_and_walls():
    apart = _parted("basins_and_walls", "adadelta", 100, (1e-13, 0))
    assert apart[:12].max() < 1e-6
    assert apart.max() > 0.5


def test_adadelta_is_chaotic_on_hills_and_canyon():
    """There the paths take longer to part: after 125 steps 1e-13 has grown a millionfold, later it is visible."""
    apart = _parted("hills_and_canyon", "adadelta", 100, (0, 1e-13), steps=300)
    assert apart[:60].max() < 1e-6
    assert apart[:126].max() > 1e-7
    assert apart.max() > 0.1


@pytest.mark.parametrize("surface", ["basins_and_walls", "hills_and_canyon"])
@pytest.mark.parametrize(
    ("method", "rate"), [("nesterov_at_lookahead", 0.01), ("rmsprop", 0.25), ("adam_epsilon_hat", 0.25)]
)
def test_the_other_methods_are_not_chaotic(surface, method, rate):
    """1e-13 grows less than ten thousandfold in 125 steps."""
    assert _parted(surface, method, rate, (1e-13, 1e-13)).max() < 1e-9
