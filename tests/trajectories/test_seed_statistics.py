"""What is said of all seeds together, against sorted lists and a count."""

import numpy as np
import pytest

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import check
from fall_line.trajectories.cost import affordable_seeds, check_seeds
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import each_fan, fans, run
from fall_line.trajectories.seed_statistics import quartiles, seed_statistics
from fall_line.validation import InputError

NOISY = {
    "surface": "hills_and_canyon",
    "steps": 60,
    "noise": "additive",
    "sigma": 1.5,
    "seed": 3,
    "seeds": 9,
    "tolerance": 0.2,
    "runs": [{"optimizer": "momentum"}, {"optimizer": "rmsprop"}],
}


def experiment(**fields) -> Experiment:
    return check({**NOISY, **fields})


@pytest.mark.parametrize("seeds", range(1, 33))
def test_quartiles_are_those_of_numpy_at_the_places_that_seeds_have(seeds):
    losses = np.random.default_rng(seeds).standard_normal((seeds, 7))
    found = quartiles(losses)
    np.testing.assert_array_equal(found.lower, np.quantile(losses, 0.25, axis=0, method="lower"))
    np.testing.assert_array_equal(found.median, np.quantile(losses, 0.5, axis=0, method="lower"))
    np.testing.assert_array_equal(found.upper, np.quantile(losses, 0.75, axis=0, method="higher"))
    between = (found.lower <= losses) & (losses <= found.upper)
    assert (between.sum(axis=0) >= seeds / 2).all()


def test_losses_that_are_not_finite_are_the_greatest_and_stay_what_they_are():
    found = quartiles(np.array([np.nan, 2.0, -np.inf, 1.0, 3.0]))
    np.testing.assert_array_equal(found, [2.0, 3.0, np.nan])


@pytest.mark.parametrize("back", [False, True])
def test_the_median_of_the_final_losses_is_that_of_the_path_shown(back):
    one = experiment(return_best=back)
    minima = minima_of(one.landscape)
    for fan, shown in zip(fans(one), run(one), strict=True):
        final = seed_statistics(one, fan, minima).final
        assert final.median == (shown.losses.min() if back else shown.losses[-1])
        ends = sorted(path.losses.min() if back else path.losses[-1] for path in fan.paths)
        assert (final.lower, final.upper) == (ends[2], ends[6])


def test_the_share_counts_the_seeds_that_have_come_within_the_tolerance():
    one = experiment()
    minima = minima_of(one.landscape)
    told = [seed_statistics(one, fan, minima) for fan in fans(one)]
    for statistics, fan in zip(told, fans(one), strict=True):
        first = [np.flatnonzero(path.losses <= minima[0].loss + 0.2) for path in fan.paths]
        assert statistics.reached == sum(map(bool, map(len, first)))
        expected = [sum(len(there) > 0 and there[0] <= step for there in first) / 9 for step in range(61)]
        np.testing.assert_allclose(statistics.share, expected, rtol=1e-15)
    assert any(0 < one.reached < 9 for one in told)


def test_without_a_known_minimum_there_is_no_share():
    one = experiment(surface="saddle", start=[1, 0.1])
    told = seed_statistics(one, fans(one)[0], ())
    assert (told.reached, told.share) == (None, None)


def test_fans_come_one_by_one_and_are_the_same():
    one = experiment()
    for early, late in zip(each_fan(one), fans(one), strict=True):
        for path, again in zip(early.paths, late.paths, strict=True):
            assert [array.tobytes() for array in path] == [array.tobytes() for array in again]
            # No view of the room for ten thousand steps is kept.
            assert all(array.base is None for array in path)


def test_the_page_refuses_more_seeds_than_it_can_walk_and_says_how_many_it_can():
    long = experiment(steps=10_000, seeds=32, runs=[{"optimizer": "lbfgs"}] * 3)
    most = affordable_seeds(long)
    assert 1 <= most < 32
    with pytest.raises(InputError, match=f"it walks {most} at most"):
        check_seeds(long)
    check_seeds(long.model_copy(update={"seeds": most}))
    check_seeds(experiment(steps=10_000, seeds=32, runs=[{"optimizer": "adam"}] * 16))
