"""Noise is what it says, the same for all runs, and moving it compiles nothing."""

import json
import math

import jax
import numpy as np
import pytest

from fall_line.experiments.experiment import MAX_FAN, Experiment
from fall_line.experiments.landscape import SHIFTS
from fall_line.experiments.link import from_query, to_query
from fall_line.experiments.mending import ExperimentError, check, mend
from fall_line.experiments.noise_kinds import COPIES
from fall_line.experiments.noise_words import drawn_words, fewer_words, noise_words, picture_words
from fall_line.explanations.report import report
from fall_line.trajectories.loss import loss_grid
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.noise import normals, ranks, shares
from fall_line.trajectories.run import fans, kept_step, run
from landscapes import SURFACES
from tests.trajectories.compilations import compilations

DESCENT = {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.05}}
MOMENTUM = {"optimizer": "momentum", "hypers": {"learning_rate": 0.02, "gamma": 0.8}}
NOISY = [("additive", 0.4), ("multiplicative", 0.7), ("minibatch", 0.3)]


def experiment(*runs, surface="rotated_quadratic", steps=40, **fields) -> Experiment:
    return check({"surface": surface, "steps": steps, "runs": list(runs or (DESCENT, MOMENTUM)), **fields})


def quadratic(one: Experiment):
    """The gradient of the rotated quadratic in plain NumPy, from the matrix of its second derivatives."""
    condition, angle = one.parameters["condition_number"], math.radians(one.parameters["angle"])
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    matrix = turn @ np.diag([1 / condition, 1.0]) @ turn.T
    return lambda point: matrix @ point


def numpy_descent(gradient, start, steps, rate, gamma=0.0):
    """θ ← θ − v with v ← γ v + η g(θ, k)."""
    points, velocity = [np.array(start)], np.zeros(2)
    for k in range(steps):
        velocity = gamma * velocity + rate * gradient(points[-1], k)
        points.append(points[-1] - velocity)
    return np.array(points)


@pytest.mark.parametrize("noise", ["additive", "multiplicative"])
@pytest.mark.parametrize("optimizer", ["gradient_descent", "momentum", "adam_kingma", "nesterov"])
def test_no_amount_of_noise_is_no_noise(noise, optimizer):
    plain = run(experiment({"optimizer": optimizer}))[0]
    still = run(experiment({"optimizer": optimizer}, noise=noise, sigma=0, seed=3, seeds=5))[0]
    unused = run(experiment({"optimizer": optimizer}, noise="none", sigma=9, seed=3, seeds=5, batch=1))[0]
    for arrays in zip(plain, still, unused, strict=True):
        assert len({array.tobytes() for array in arrays}) == 1


@pytest.mark.parametrize("seed", [0, 77])
@pytest.mark.parametrize("noise", ["additive", "multiplicative"])
def test_noise_equals_a_numpy_loop_with_the_same_normals(noise, seed):
    """Forty sums in another order, of numbers near 1: 1e-12."""
    one = experiment(noise=noise, sigma=0.4, seed=seed)
    slope, drawn = quadratic(one), np.random.default_rng(seed).standard_normal((10_001, 2))

    def noisy(point, k):
        if noise == "additive":
            return slope(point) + 0.4 * drawn[k]
        return slope(point) * (1 + 0.4 * drawn[k])

    descent, momentum = run(one)
    np.testing.assert_allclose(descent.points, numpy_descent(noisy, one.start, 40, 0.05), rtol=0, atol=1e-12)
    np.testing.assert_allclose(momentum.points, numpy_descent(noisy, one.start, 40, 0.02, 0.8), rtol=0, atol=1e-12)


@pytest.mark.parametrize(("noise", "sigma"), NOISY)
def test_what_is_recorded_has_no_noise_in_it(noise, sigma):
    """Losses and gradients are those of the surface that is drawn: 1e-12, for a mean of 32 losses below 30."""
    one = experiment(noise=noise, sigma=sigma)
    for path in run(one):
        drawn = [loss_grid(one.landscape, point[:1], point[1:])[0, 0] for point in path.points]
        np.testing.assert_allclose(path.losses, drawn, rtol=0, atol=1e-12)
        # The copies of a quadratic have the mean shift 0, so that the mean's gradient is the plain surface's.
        slopes = [quadratic(one)(point) for point in path.points]
        np.testing.assert_allclose(path.gradients, slopes, rtol=0, atol=1e-12)


def test_the_surface_under_minibatches_is_the_mean_of_its_copies():
    one = experiment(surface="himmelblau", noise="minibatch", sigma=0.5)
    x, y = np.linspace(-3, 3, 7), np.linspace(-2, 2, 5)
    across, up = np.meshgrid(x, y)
    copies = [SURFACES["himmelblau"].value(across - 0.5 * dx, up - 0.5 * dy) for dx, dy in SHIFTS]
    np.testing.assert_allclose(loss_grid(one.landscape, x, y), np.mean(copies, axis=0), rtol=1e-13)


def test_the_copies_are_shifted_by_sigma_around_the_surface():
    np.testing.assert_allclose(SHIFTS.mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(SHIFTS.std(axis=0), 1, rtol=1e-15)
    np.testing.assert_array_equal(experiment(noise="minibatch", sigma=0.25).landscape.shifts, 0.25 * SHIFTS)
    assert experiment(noise="additive").landscape.shifts.shape == (0, 2)


def test_a_batch_of_all_copies_is_descent_on_their_mean():
    """Himmelblau's mean is not the plain surface, so that a path on the latter would be far off."""
    value = SURFACES["himmelblau"].value
    one = experiment(
        {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.005}},
        surface="himmelblau", noise="minibatch", sigma=0.5, batch=COPIES,
    )  # fmt: skip

    def mean(point):
        return value(point[0] - 0.5 * SHIFTS[:, 0], point[1] - 0.5 * SHIFTS[:, 1]).sum() / COPIES

    slope = jax.jit(jax.grad(mean))
    expected = numpy_descent(lambda point, _: np.asarray(slope(point)), one.start, 40, 0.005)
    points = run(one)[0].points
    np.testing.assert_allclose(points, expected, rtol=0, atol=1e-11)
    plain = run(experiment(*(one.model_dump()["runs"]), surface="himmelblau"))[0].points
    assert np.abs(points - plain).max() > 0.01


@pytest.mark.parametrize("batch", [1, 4, 31])
def test_a_step_follows_the_mean_gradient_of_its_batch(batch):
    one = experiment(DESCENT, surface="himmelblau", noise="minibatch", sigma=0.3, batch=batch, seed=5, steps=3)
    weights = np.asarray(shares(ranks(5, 10_001)[0], batch))
    chosen = np.flatnonzero(weights)
    assert len(chosen) == batch
    slope = jax.grad(lambda point: SURFACES["himmelblau"].value(point[0], point[1]))
    mean = np.mean([np.asarray(slope(np.array(one.start) - 0.3 * SHIFTS[k])) for k in chosen], axis=0)
    np.testing.assert_allclose(run(one)[0].points[1], np.array(one.start) - 0.05 * mean, rtol=1e-13)


def test_batches_average_to_the_whole():
    """Each copy is drawn equally often: the share of 10,001 draws has a standard deviation of 0.0033."""
    weights = np.asarray(shares(ranks(0, 10_001), 4))
    np.testing.assert_array_equal((weights > 0).sum(axis=1), 4)
    np.testing.assert_allclose(weights.sum(axis=1), 1, rtol=1e-15)
    np.testing.assert_allclose((weights > 0).mean(axis=0), 4 / COPIES, atol=0.015)
    assert len({row.tobytes() for row in weights[:100]}) > 90


def test_a_batch_leaves_out_copies_that_are_not_finite():
    """Each copy's weight counts only where it is in the batch; a log of a negative number elsewhere doesn't matter."""
    one = experiment(DESCENT, noise="minibatch", sigma=0.3, batch=4, steps=2)
    assert np.isfinite(run(one)[0].points).all()


def test_normals_are_normal_and_differ_by_seed():
    drawn = np.asarray(normals(4, 10_001))
    np.testing.assert_allclose([drawn.mean(), drawn.std()], [0, 1], atol=0.03)
    np.testing.assert_array_equal(drawn, np.asarray(normals(4, 10_001)))
    assert not np.array_equal(drawn, np.asarray(normals(5, 10_001)))


@pytest.mark.parametrize(("noise", "sigma"), NOISY)
def test_all_runs_meet_the_same_noise_wherever_they_stand_in_the_list(noise, sigma):
    together = run(experiment(DESCENT, MOMENTUM, noise=noise, sigma=sigma, seed=9))
    alone = [run(experiment(one, noise=noise, sigma=sigma, seed=9))[0] for one in (DESCENT, MOMENTUM)]
    for here, there in zip(together, alone, strict=True):
        np.testing.assert_array_equal(here.points, there.points)


@pytest.mark.parametrize(("noise", "sigma"), NOISY)
@pytest.mark.parametrize("seeds", [1, 2, 5, 8])
def test_the_run_shown_has_the_median_final_loss(noise, sigma, seeds):
    one = experiment(noise=noise, sigma=sigma, seed=3, seeds=seeds)
    for fan, shown in zip(fans(one), run(one), strict=True):
        final = sorted(path.losses[-1] for path in fan.paths)
        assert len(final) == seeds
        assert shown.losses[-1] == final[(seeds - 1) // 2]
        assert sum(loss < shown.losses[-1] for loss in final) <= seeds // 2
    single = [run(experiment(noise=noise, sigma=sigma, seed=3 + k))[0] for k in range(seeds)]
    np.testing.assert_array_equal([path.points for path in fans(one)[0].paths], [path.points for path in single])


def test_seeds_that_burst_count_as_the_worst():
    """Gradient descent at η = 8 on curvature 1 diverges, and with noise in the factor some seeds sooner than others."""
    wild = {"optimizer": "gradient_descent", "hypers": {"learning_rate": 8}}
    fan = fans(experiment(wild, noise="multiplicative", sigma=3, seeds=9, steps=145))[0]
    final = np.array([path.losses[-1] for path in fan.paths])
    assert 0 < np.isfinite(final).sum() < 9
    order = np.sort(np.where(np.isfinite(final), final, np.inf))
    shown = fan.median.losses[-1]
    assert order[4] == (shown if np.isfinite(shown) else np.inf)


@pytest.mark.parametrize(("runs", "drawn"), [(3, 6), (16, 1)])
def test_of_a_great_fan_fewer_seeds_are_drawn_and_all_are_walked(runs, drawn):
    one = experiment(*[DESCENT] * runs, steps=10_000, noise="additive", seeds=32)
    assert (len(one.all_seeds), one.drawn_seeds) == (32, drawn)
    assert drawn * runs * 10_001 <= MAX_FAN
    assert drawn_words(one) == f"{drawn} of 32 seeds drawn"
    assert "not of all 32" in fewer_words(one)
    all_of_them = experiment(noise="additive", seeds=32)
    assert (all_of_them.drawn_seeds, fewer_words(all_of_them), drawn_words(all_of_them)) == (32, "", "")
    assert "one is shown" in fewer_words(experiment(noise="additive", sigma=0, seeds=3))


def test_words():
    assert noise_words(experiment()) == "none"
    assert noise_words(experiment(noise="additive", seeds=16)) == "additive, σ 0.3, 16 seeds"
    assert picture_words(experiment(noise="additive", seeds=16)) == "additive, σ 0.3, median of 16 seeds"
    batches = experiment(noise="minibatch", batch=7, sigma=0.05)
    assert noise_words(batches) == "minibatch, 7 of 32, σ 0.05"
    assert picture_words(batches) == "minibatch, 7 of 32 shifted copies, σ 0.05"


def moved():
    for sigma in (0, 0.1, 1, 2.5):
        for seed in (1, 2):
            yield experiment(noise="additive", sigma=sigma, seed=seed)
            yield experiment(noise="multiplicative", sigma=sigma, seed=seed, seeds=3)
            yield experiment(noise="minibatch", sigma=sigma + 0.01, seed=seed, batch=1 + seed, seeds=4)
    yield experiment()


def test_moving_the_noise_compiles_nothing():
    for noise in ("none", "minibatch"):
        one = experiment(noise=noise)
        report(one, run(one), minima_of(one.landscape))
    experiments = list(moved())
    with compilations() as compiled:
        ends = [run(one)[0].points[-1].tobytes() for one in experiments]
    assert compiled == []
    assert len(set(ends)) > 18  # σ = 0 and "none" agree; the others arrived


NOISE = {"noise": "minibatch", "sigma": 0.1 + 0.2, "batch": 7, "seed": 999_999, "seeds": 32, "return_best": True}


def test_noise_comes_back_from_link_and_file():
    one = experiment(**NOISE)
    query = to_query(one)
    assert query.endswith("noise=minibatch&sigma=0.30000000000000004&batch=7&seed=999999&seeds=32&return_best=true")
    assert from_query(query) == (one, [])
    assert mend(json.loads(one.model_dump_json())) == (one, [])
    assert "noise" not in to_query(experiment())


WRONG = [
    ("noise", "loud", "Noise is ‘loud’; it must be one of none, additive, multiplicative, minibatch."),
    ("noise", ["additive"], "Noise is ['additive']; it must be one of"),
    ("sigma", -0.1, "Noise σ is -0.1; it must be a number from 0 to 100."),
    ("sigma", "nan", "Noise σ is ‘nan’; it must be a number from 0 to 100."),
    ("sigma", True, "Noise σ is True; it must be a number from 0 to 100."),
    ("sigma", {"a": 1}, "Noise σ is {'a': 1}; it must be a number from 0 to 100."),
    ("batch", 0, "Batch is 0; it must be a whole number from 1 to 32."),
    ("batch", 2.5, "Batch is 2.5; it must be a whole number from 1 to 32."),
    ("seed", -1, "Seed is -1; it must be a whole number from 0 to 999999."),
    ("seed", 10**400, "it must be a whole number from 0 to 999999."),
    ("seeds", 33, "Seeds is 33; it must be a whole number from 1 to 32."),
    ("seeds", "many", "Seeds is ‘many’; it must be a whole number from 1 to 32."),
    ("return_best", 1.5, "Return_best is 1.5; it must be true or false."),
]


@pytest.mark.parametrize(("field", "bad", "sentence"), WRONG, ids=lambda value: str(value)[:20])
def test_wrong_noise_is_refused_with_one_sentence(field, bad, sentence):
    with pytest.raises(ExperimentError) as refused:
        check({"runs": [DESCENT], field: bad})
    assert sentence in str(refused.value)
    mended, problems = mend({"runs": [DESCENT], field: bad})
    assert (mended, len(problems)) == (check({"runs": [DESCENT]}), 1)


@pytest.mark.parametrize("seeds", [1, 5])
def test_going_back_ends_at_the_least_loss(seeds):
    """A rate so great that the path swings around the minimum: the last point is not the best."""
    swinging = {"optimizer": "momentum", "hypers": {"learning_rate": 0.5, "gamma": 0.97}}
    one = experiment(swinging, steps=33, return_best=True, noise="additive", sigma=0.3, seeds=seeds)
    path, row = run(one)[0], report(one, run(one), minima_of(one.landscape))[0]
    kept = kept_step(one, path)
    assert kept == row.kept_step == row.best_step == int(np.argmin(path.losses)) < 33
    assert row.final_loss == row.best_loss == path.losses.min() < path.losses[-1]
    assert row.outcome.sentence.endswith(f" of step {kept}.")
    best = sorted(one.losses.min() for one in fans(one)[0].paths)
    assert path.losses.min() == best[(seeds - 1) // 2]
    stays = one.model_copy(update={"return_best": False})
    assert report(stays, run(stays), minima_of(stays.landscape))[0].kept_step is None


def test_going_back_passes_over_what_is_not_finite():
    wild = {"optimizer": "gradient_descent", "hypers": {"learning_rate": 1}}
    one = experiment(wild, surface="rosenbrock", steps=30, return_best=True)
    path, row = run(one)[0], report(one, run(one), minima_of(one.landscape))[0]
    assert not np.isfinite(path.losses[-1])
    assert row.final_loss == np.nanmin(np.where(np.isfinite(path.losses), path.losses, np.nan))
    assert row.outcome.short.startswith("not finite from step ")
