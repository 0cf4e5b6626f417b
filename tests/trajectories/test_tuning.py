"""That a sweep says of each value what a run with it says, and chooses the least."""

import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.trajectories.run import fans, run
from fall_line.trajectories.tuning import COMBINATIONS, VALUES, check_budget, tune
from fall_line.validation import InputError
from tests.trajectories.compilations import compilations


def experiment(optimizer="momentum", surface="rotated_quadratic", **fields):
    return check({"surface": surface, "steps": 40, "runs": [{"optimizer": optimizer}], **fields})


def with_values(one, hypers):
    return one.model_copy(update={"runs": (one.runs[0].model_copy(update={"hypers": hypers}),)})


PAIRS = [
    ("momentum", "rotated_quadratic"),
    ("adam", "hills_and_canyon"),
    ("nadam", "rosenbrock"),
    ("adadelta", "basins_and_walls"),  # chaotic: a last bit is a picture after some steps
]


@pytest.mark.parametrize(("optimizer", "surface"), PAIRS)
@pytest.mark.parametrize("everything", [False, True])
def test_each_score_is_that_of_a_run_with_these_values_to_the_last_bit(everything, optimizer, surface):
    one = experiment(optimizer, surface, steps=200, tolerance=0.05)
    least = one.landscape.minima[0].loss
    for criterion in ("final", "best", "steps"):
        sweep = tune(one, 0, criterion, everything)
        assert len(sweep.scores) == (COMBINATIONS if everything else VALUES)
        for settings, score in list(zip(sweep.settings, sweep.scores, strict=True))[::9]:
            losses = run(with_values(one, settings))[0].losses
            there = np.flatnonzero(losses <= least + 0.05)
            expected = {
                "final": losses[-1],
                "best": np.min(losses, where=np.isfinite(losses), initial=np.inf),
                "steps": there[0] if len(there) else np.inf,
            }[criterion]
            assert score == (expected if np.isfinite(expected) else np.inf)


def test_the_best_learning_rate_of_a_round_bowl_is_the_inverse_curvature():
    """J = x² + y² has curvature 2 in every direction: η = 1/2 is there in one step, and nothing is nearer to it."""
    one = experiment("gradient_descent", "simple_quad", steps=1)
    sweep = tune(one, 0)
    chosen = sweep.settings[sweep.best]["learning_rate"]
    tried = np.array([settings["learning_rate"] for settings in sweep.settings])
    assert chosen == min(tried, key=lambda rate: abs(1 - 2 * rate))
    assert (np.diff(tried) >= 0).all()


def test_the_current_values_are_among_those_tried():
    one = experiment("adam", runs=[{"optimizer": "adam", "hypers": {"learning_rate": 0.123, "beta1": 0.77}}])
    for everything in (False, True):
        assert one.runs[0].hypers in tune(one, 0, everything=everything).settings


def test_values_stand_where_sliders_stop_and_within_their_range():
    for settings in tune(experiment("adam"), 0, everything=True).settings:
        assert 1e-4 <= settings["learning_rate"] <= 10
        assert 0 <= settings["beta1"] <= 0.9999
        assert settings["learning_rate"] == float(f"{settings['learning_rate']:.3g}")
        assert round(1 - settings["beta1"], 12) == float(f"{1 - settings['beta1']:.3g}")


def test_a_run_that_overflows_is_never_chosen_and_nothing_finite_is_told():
    one = experiment("gradient_descent", "simple_quad", steps=2000)
    sweep = tune(one, 0)
    assert np.isinf(sweep.scores[-1])
    assert sweep.scores[sweep.best] < 1e-12
    cliff = tune(experiment("gradient_descent", "formula:x^3 + y^2", start=(-1, 1), steps=200), 0)
    assert np.isfinite(cliff.scores[cliff.best])
    assert np.isposinf(cliff.scores).any()
    nowhere = experiment("gradient_descent", "formula:where(x < -1, x*y, sqrt(-1 - x^2))", start=(2, 2))
    assert tune(nowhere, 0).best is None


def test_counting_steps_needs_a_known_minimum_and_a_known_criterion():
    with pytest.raises(InputError, match="no known minimum"):
        tune(experiment("gradient_descent", "formula:x + y"), 0, "steps")
    with pytest.raises(InputError, match="one of final, best, steps"):
        tune(experiment(), 0, "prettiest")


def test_with_noise_the_median_over_the_seeds_counts():
    one = experiment("gradient_descent", noise="additive", sigma=0.5, seeds=5)
    sweep = tune(one, 0)
    for settings, score in list(zip(sweep.settings, sweep.scores, strict=True))[::11]:
        final = [path.losses[-1] for path in fans(with_values(one, settings))[0].paths]
        assert score == np.median(final)


def test_tuning_a_run_that_was_walked_compiles_nothing():
    one = experiment("adam")
    run(one)
    with compilations() as compiled:
        tune(one, 0)
        scheduled = {"optimizer": "adam", "schedules": {"learning_rate": {"kind": "cosine"}}}
        other = experiment("adam", start=(1, 2), steps=77, noise="additive", seed=3, runs=[scheduled])
        tune(other, 0, "best", everything=True)
    assert compiled == []


def test_a_tuning_that_would_take_long_is_refused_before_it_begins():
    long = experiment(steps=10_000, noise="additive", seeds=32)
    check_budget(long, 1, everything=False)
    with pytest.raises(InputError, match="Tuning 1 run would take 82 million steps, at most 20 million are allowed"):
        check_budget(long, 1, everything=True)
    check_budget(experiment(steps=10_000), 16, everything=False)


def test_a_run_that_returns_to_its_best_point_is_judged_by_that_point():
    one = experiment("adam", steps=30, return_best=True)
    np.testing.assert_array_equal(tune(one, 0, "final").scores, tune(one, 0, "best").scores)
    assert (tune(one, 0, "final").scores <= tune(one.model_copy(update={"return_best": False}), 0).scores).all()
