"""The named experiments: the article's are as printed, and what a lesson says is so."""

import re

import numpy as np
import pytest

from fall_line.experiments.link import from_query
from fall_line.experiments.mending import ExperimentError, check
from fall_line.experiments.published import OPENING, PUBLISHED, find
from fall_line.trajectories.run import Trajectory, run
from optimizers import OPTIMIZERS

SURFACES = ["wobbly", "basins_and_walls", "giant_plateau", "hills_and_canyon", "bad_init"]
CROSS_METHOD = [
    ("nesterov_at_lookahead", {"learning_rate": 0.01, "gamma": 0.9}),
    ("rmsprop", {"learning_rate": 0.25, "gamma": 0.9, "epsilon": 1e-6}),
    ("adadelta", {"learning_rate": 100, "gamma": 0.95, "epsilon": 1e-6, "initial_update": 0}),
    ("adagrad", {"learning_rate": 1, "epsilon": 1e-6}),
    ("adam_epsilon_hat", {"learning_rate": 0.25, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}),
]
NESTEROV_GAMMA = [("nesterov_at_lookahead", {"learning_rate": 0.01, "gamma": gamma}) for gamma in (0.25, 0.9, 0.975)]


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize(("group", "runs"), [("cross-method", CROSS_METHOD), ("nesterov-gamma", NESTEROV_GAMMA)])
def test_the_articles_ten_are_as_printed(group, runs, surface):
    experiment = PUBLISHED[f"{group}/{surface}"].experiment
    assert (experiment.surface.key, experiment.start, experiment.steps) == (surface, (-2.8, -2.5), 125)
    assert (experiment.view, experiment.levels) == (None, "published")
    assert [(one.optimizer.key, one.hypers) for one in experiment.runs] == runs


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("cross-method/Giant_plateu", "cross-method/giant_plateau"),
        ("Nesterov-Gamma/Bad_init (two minimums)", "nesterov-gamma/bad_init"),
        ("cross-method/Hills_and_canyon", "cross-method/hills_and_canyon"),
        (" CROSS-METHOD/WOBBLY ", "cross-method/wobbly"),
        ("gallery/saddle", "gallery/saddle"),
    ],
)
def test_printed_labels_are_understood(typed, name):
    assert find(typed) is PUBLISHED[name]


@pytest.mark.parametrize("name", ["", "/", "wobbly", "cross-method/", "cross-method/ripple", "x" * 1000])
def test_an_unknown_name_is_told_with_those_there_are(name):
    with pytest.raises(ExperimentError) as refused:
        find(name)
    assert all(known in str(refused.value) for known in PUBLISHED)
    assert len(str(refused.value)) < 500


def test_names_titles_and_the_opening():
    assert OPENING in PUBLISHED
    assert [one.name for one in PUBLISHED.values()] == list(PUBLISHED)
    assert len({one.title for one in PUBLISHED.values()}) == len(PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_lesson_is_two_or_three_sentences(name):
    assert 2 <= len(re.findall(r"[.?!](?= [A-ZΑ-Ωα-ω]|$)", PUBLISHED[name].lesson)) <= 3


def walked(name: str, **changes) -> dict[str, Trajectory]:
    """The runs of a published experiment, by method; those of one method, by label."""
    experiment = check({**PUBLISHED[name].experiment.model_dump(), **changes})
    several = len(experiment.runs) > len({one.optimizer for one in experiment.runs})
    names = [one.label if several else one.optimizer.key for one in experiment.runs]
    return dict(zip(names, run(experiment), strict=True))


def steps_until(reached: np.ndarray) -> int | None:
    return int(np.argmax(reached)) if reached.any() else None


def moved(path: Trajectory) -> np.ndarray:
    """Distance from the start, step by step."""
    return np.hypot(*(path.points - path.points[0]).T)


def distance(path: Trajectory, x: float, y: float) -> np.ndarray:
    return np.hypot(path.points[:, 0] - x, path.points[:, 1] - y)


def test_wobbly_two_circle_and_three_rest():
    swing = {method: distance(path, -0.1724, -0.9063)[-25:] for method, path in walked("cross-method/wobbly").items()}
    assert min(swing["rmsprop"].max(), swing["adadelta"].max()) > 0.15
    assert max(swing[key].max() for key in ("nesterov_at_lookahead", "adagrad", "adam_epsilon_hat")) < 0.03


def test_basins_and_walls_three_reach_the_deepest_trough():
    """Troughs are 0.76 apart, so nearer than 0.38 to x = 0 is inside the deepest."""
    ends = {method: abs(path.points[-25:, 0]).min() for method, path in walked("cross-method/basins_and_walls").items()}
    assert {method for method, x in ends.items() if x < 0.38} == {"rmsprop", "adadelta", "adagrad"}
    for key in ("nesterov_at_lookahead", "adam_epsilon_hat"):
        assert abs(ends[key] - 0.7615) < 0.01


def test_basins_and_walls_the_ninth_digit_matters_to_adadelta():
    here = walked("cross-method/basins_and_walls")["adadelta"].points
    there = walked("cross-method/basins_and_walls", start=(-2.80000001, -2.5))["adadelta"].points
    assert np.hypot(*(here - there).T).max() > 0.5


def test_giant_plateau_who_gets_going_when():
    """RMSProp is braked by ε, as |g| ≈ 2e-5 is small beside √ε = 1e-3, and Adadelta by D₀ = 0: without them it goes."""
    off = {method: steps_until(moved(path) > 1) for method, path in walked("cross-method/giant_plateau").items()}
    assert off["nesterov_at_lookahead"] is None
    assert off["adam_epsilon_hat"] < 6 < off["adagrad"] < 12
    assert min(off["rmsprop"], off["adadelta"]) > 24
    for key, freed in (("rmsprop", {"epsilon": 1e-12}), ("adadelta", {"initial_update": 1})):
        hypers = {**dict(CROSS_METHOD)[key], **freed}
        (path,) = walked("cross-method/giant_plateau", runs=[{"optimizer": key, "hypers": hypers}]).values()
        assert moved(path)[:6].max() > 1


def test_giant_plateau_memories_wake_up_one_after_the_other():
    path = walked("nesterov-gamma/giant_plateau")["γ = 0.9"]
    assert np.hypot(*path.gradients[0]) == pytest.approx(2e-5, rel=0.2)
    awake = []
    for place in (-2.5, -2.0, -1.8, -1.4):
        paths = walked("nesterov-gamma/giant_plateau", start=(place, place))
        awake.append([label for label, path in paths.items() if moved(path).max() > 0.5])
    assert awake == [[], ["γ = 0.975"], ["γ = 0.9", "γ = 0.975"], ["γ = 0.25", "γ = 0.9", "γ = 0.975"]]


def test_wobbly_a_small_memory_creeps_and_a_large_one_swings():
    paths = walked("nesterov-gamma/wobbly")
    assert np.diff(paths["γ = 0.25"].losses).max() < 0
    assert np.diff(paths["γ = 0.975"].losses).max() > 0.5
    assert moved(paths["γ = 0.975"]).max() > moved(paths["γ = 0.9"]).max()
    assert distance(paths["γ = 0.975"], -0.1724, -0.9063)[-25:].max() > 0.1


def test_hills_and_canyon_the_largest_memory_gets_into_the_canyon():
    paths = walked("nesterov-gamma/hills_and_canyon")
    for label in ("γ = 0.25", "γ = 0.9"):
        assert distance(paths[label], -2.0342, -1.0819)[-1] < 0.1
    fast = paths["γ = 0.975"]
    # The floor runs along y = −x; the lowest point is at x = −0.04.
    assert abs(fast.points[-1].sum()) < 0.05
    assert fast.points[:, 0].max() > 0.2
    assert np.ptp(fast.points[-25:, 0]) > 0.05


@pytest.mark.parametrize(("rate", "nearest", "furthest"), [(0.1, 0, 0.15), (1, 0, 0.01), (2, 0.3, 1.5), (3, 5, np.inf)])
def test_bad_init_what_the_rate_does_to_the_largest_memory(rate, nearest, furthest):
    """Distance from the small basin's bottom after step 20; the start is 0.3 away."""
    runs = [{"optimizer": "nesterov_at_lookahead", "hypers": {"learning_rate": rate, "gamma": 0.975}}]
    (path,) = walked("nesterov-gamma/bad_init", runs=runs).values()
    assert nearest <= distance(path, -2.5, -2.5)[20:].max() < furthest


def to_a_thousandth(path: Trajectory) -> int | None:
    return steps_until(path.losses <= 1e-3 * path.losses[0])


def test_condition_number_lesson():
    def steps(kappa=50, angle=30):
        paths = walked("gallery/condition-number", parameters={"condition_number": kappa, "angle": angle}, steps=500)
        return {method: to_a_thousandth(path) for method, path in paths.items()}

    middle, gentle, steep = steps(), steps(kappa=10), steps(kappa=100)
    assert middle["momentum"] == pytest.approx(middle["gradient_descent"] / 2, rel=0.2)
    for method in ("gradient_descent", "momentum"):
        assert gentle[method] < middle[method] < steep[method]
    assert steps(angle=45)["adam_kingma"] == pytest.approx(3 * steps(angle=0)["adam_kingma"], rel=0.2)


def test_condition_number_gradient_descent_zigzags_below_2_and_is_lost_above():
    points = walked("gallery/condition-number")["gradient_descent"].points
    across = points @ [-np.sin(np.pi / 6), np.cos(np.pi / 6)]
    assert (across[:20] * across[1:21] < 0).all()
    for rate, grows in ((1.99, False), (2.01, True)):
        runs = [{"optimizer": "gradient_descent", "hypers": {"learning_rate": rate}}]
        (path,) = walked("gallery/condition-number", runs=runs, steps=1000).values()
        assert (path.losses[-1] > path.losses[0]) == grows


def test_saddle_lesson():
    away = {method: steps_until(abs(path.points[:, 1]) > 0.1) for method, path in walked("gallery/saddle").items()}
    assert max(away[key] for key in ("adagrad", "rmsprop", "adam_kingma")) <= 2
    assert 10 < away["momentum"] < away["gradient_descent"] / 2


def test_rosenbrock_lesson():
    """The floor at x = −1.5 has a loss of 6.25; the minimum is at x = 1 and the bend at x = 0."""
    paths = walked("gallery/rosenbrock")
    assert all(path.losses[25:].max() < 6.5 for path in paths.values())
    slow = paths["gradient_descent"].points
    assert slow[-1, 0] - slow[10, 0] < (1 - slow[10, 0]) / 5
    assert all(paths[key].points[-1, 0] > 0.9 for key in ("nesterov", "adam_kingma"))
    runs = [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.0025}}]
    (thrown,) = walked("gallery/rosenbrock", runs=runs).values()
    assert not np.isfinite(thrown.losses[-1])


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_experiment_is_found_by_its_link(name):
    assert from_query(f"experiment={name}") == (PUBLISHED[name].experiment, [])
    assert all(one.optimizer is OPTIMIZERS[one.optimizer.key] for one in PUBLISHED[name].experiment.runs)
