"""Schedules are those of the field, reach the step they are for, and compile nothing."""

import json

import numpy as np
import optax
import pytest

from fall_line.experiments import response_link
from fall_line.experiments.experiment_run import CRITERIA, Run
from fall_line.experiments.link import from_query, to_query
from fall_line.experiments.mending import ExperimentError, check, mend
from fall_line.experiments.response_experiment import mend as mend_response
from fall_line.experiments.schedule_curves import schedule_curves
from fall_line.experiments.schedules import SCHEDULES, factors
from fall_line.trajectories.run import run
from optimizers import OPTIMIZERS
from tests.trajectories.compilations import compilations
from tests.trajectories.test_noise import experiment, numpy_descent, quadratic

STEPS = 40
NUMBERS = {
    "exponential": {"final": 0.02},
    "step": {"drop": 0.6, "every": 7},
    "cosine": {"final": 0.1},
    "warm_up": {"start": 0.05, "over": 10},
    "one_cycle": {"start": 0.04, "peak": 0.25, "final": 1e-4},
    "growing_window": {"half": 6},
}
OPTAX = {
    "exponential": optax.exponential_decay(1.0, STEPS, 0.02),
    "step": optax.exponential_decay(1.0, 7, 0.6, staircase=True),
    "cosine": optax.cosine_decay_schedule(1.0, STEPS, 0.1),
    "warm_up": optax.linear_schedule(0.05, 1.0, 10),
    "one_cycle": optax.cosine_onecycle_schedule(STEPS, 1.0, 0.25, 1 / 0.04, 0.04 / 1e-4),
}


def scheduled(kind, name="learning_rate", optimizer="gradient_descent", **hypers):
    numbers = NUMBERS[kind] if kind != "constant" else {}
    return {"optimizer": optimizer, "hypers": hypers, "schedules": {name: {"kind": kind, **numbers}}}


def test_every_kind_is_tested():
    assert set(NUMBERS) == set(SCHEDULES)
    assert set(OPTAX) == set(SCHEDULES) - {"growing_window"}  # which Optax lacks


@pytest.mark.parametrize("kind", OPTAX)
def test_factors_are_those_of_optax(kind):
    expected = [float(OPTAX[kind](k)) for k in range(STEPS)]
    np.testing.assert_allclose(factors(kind, NUMBERS[kind], STEPS), expected, rtol=1e-12, atol=1e-15)


def test_a_growing_window_grows_by_the_same_at_each_step():
    """1/(1 − γ(k)) = (1 + k/T) / (1 − γ)."""
    windows = 1 / (0.1 * factors("growing_window", {"half": 6}, STEPS))
    np.testing.assert_allclose(windows, 10 * (1 + np.arange(STEPS) / 6), rtol=1e-13)


@pytest.mark.parametrize("kind", SCHEDULES)
def test_factors_are_never_negative_and_finite_at_the_ends_of_all_ranges(kind):
    hypers = SCHEDULES[kind].hypers
    for steps in (1, 2, 10_000):
        for low in np.ndindex(*(2,) * len(hypers)):
            values = {hyper.key: (hyper.low, hyper.high)[side] for hyper, side in zip(hypers, low, strict=True)}
            found = factors(kind, values, steps)
            assert found.shape == (steps,)
            assert np.isfinite(found).all()
            assert found.min() >= 0


@pytest.mark.parametrize("kind", SCHEDULES)
def test_descent_follows_the_scheduled_rate(kind):
    one = experiment(scheduled(kind, learning_rate=0.3))
    factor, slope = factors(kind, NUMBERS[kind], STEPS), quadratic(one)
    expected = numpy_descent(lambda point, k: factor[k] * slope(point), one.start, STEPS, 0.3)
    np.testing.assert_allclose(run(one)[0].points, expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("kind", SCHEDULES)
def test_momentum_follows_the_scheduled_window(kind):
    """γ(k) = 1 − (1−γ)·f(k), and 0 where that is negative: a first factor of 100 would make it −9."""
    one = experiment(scheduled(kind, "momentum", "momentum", learning_rate=0.05, gamma=0.9))
    slope, expected, velocity = quadratic(one), [np.array(one.start)], np.zeros(2)
    for factor in factors(kind, NUMBERS[kind], STEPS):
        velocity = max(0.0, 1 - 0.1 * factor) * velocity + 0.05 * slope(expected[-1])
        expected.append(expected[-1] - velocity)
    np.testing.assert_allclose(run(one)[0].points, expected, rtol=0, atol=1e-12)


def test_a_momentum_stops_at_zero():
    """With a factor of 100 at first and 1 from step 40 on, γ is 0 wherever the factor is above 10."""
    forgets = scheduled("warm_up", "momentum", "momentum", learning_rate=0.05, gamma=0.9)
    forgets["schedules"]["momentum"] |= {"start": 100, "over": 10_000}
    with_it, without = run(experiment(forgets, scheduled("constant", learning_rate=0.05)))
    np.testing.assert_allclose(with_it.points, without.points, rtol=1e-13, atol=1e-15)
    assert schedule_curves(Run(**forgets), STEPS)["momentum"] == [0.0] * STEPS


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_constant_schedule_is_none_bit_for_bit(optimizer):
    constant = {name: {"kind": "constant"} for name in ("learning_rate",) if _has(optimizer, "rate")}
    constant |= {"momentum": {"kind": "constant"}} if _has(optimizer, "window") else {}
    with_it, without = experiment({"optimizer": optimizer, "schedules": constant}), experiment({"optimizer": optimizer})
    assert with_it == without
    assert run(with_it)[0].points.tobytes() == run(without)[0].points.tobytes()


def _has(optimizer, kind):
    return any(hyper.schedulable == kind for hyper in OPTIMIZERS[optimizer].hypers)


@pytest.mark.parametrize("optimizer", ["momentum", "nesterov", "adam"])
def test_a_factor_of_one_changes_no_bit(optimizer):
    """Even though 1 − (1 − γ) isn't always γ."""
    flat = {"kind": "step", "drop": 1, "every": 5}
    schedules = {"learning_rate": flat, "momentum": flat}
    one, plain = {"optimizer": optimizer, "schedules": schedules}, {"optimizer": optimizer}
    for gamma in (0.9, 0.3, 0.77):
        key = "beta1" if optimizer == "adam" else "gamma"
        here, there = (run(experiment({**given, "hypers": {key: gamma}}))[0] for given in (one, plain))
        assert here.points.tobytes() == there.points.tobytes()


def test_schedules_and_noise_go_together():
    one = experiment(scheduled("cosine", learning_rate=0.3), noise="additive", sigma=0.2, seed=8)
    drawn, factor = np.random.default_rng(8).standard_normal((10_001, 2)), factors("cosine", NUMBERS["cosine"], STEPS)
    slope = quadratic(one)
    expected = numpy_descent(lambda point, k: factor[k] * (slope(point) + 0.2 * drawn[k]), one.start, STEPS, 0.3)
    np.testing.assert_allclose(run(one)[0].points, expected, rtol=0, atol=1e-12)


def test_the_curve_is_the_schedule():
    one = Run(**scheduled("cosine", learning_rate=0.3))
    np.testing.assert_array_equal(
        schedule_curves(one, STEPS)["learning_rate"], 0.3 * factors("cosine", NUMBERS["cosine"], STEPS)
    )
    long = schedule_curves(one, 1000)["learning_rate"]
    every = 0.3 * factors("cosine", NUMBERS["cosine"], 1000)
    assert (len(long), long[0], long[-1]) == (60, every[0], every[-1])
    assert set(long) <= set(every)
    assert schedule_curves(Run(optimizer="adam"), STEPS) == {}


def test_turning_a_schedule_compiles_nothing():
    run(experiment({"optimizer": "adam"}))
    ends = []
    with compilations() as compiled:
        for kind, numbers in NUMBERS.items():
            for name in ("learning_rate", "momentum"):
                for scale in (1.0, 0.9):
                    schedule = {"kind": kind, **{key: scale * value for key, value in numbers.items()}}
                    one = {"optimizer": "adam", "schedules": {name: schedule}}
                    ends.append(run(experiment(one))[0].points[-1].tobytes())
    assert compiled == []
    assert len(set(ends)) == len(ends)


def test_schedules_come_back_from_link_and_file():
    both = {
        "optimizer": "adam",
        "label": "Adam, scheduled",
        "tuned": "64:steps",
        "schedules": {
            "momentum": {"kind": "growing_window", "half": 1 / 3 + 5},
            "learning_rate": {"kind": "one_cycle", "start": 0.1 + 0.2, "peak": 0.4, "final": 1e-5},
        },
    }
    one = experiment(both, scheduled("cosine"))
    query = to_query(one)
    assert "learning_rate_schedule=one_cycle:start=0.30000000000000004:peak=0.4:final=1e-05" in query
    assert "momentum_schedule=growing_window:half=5.333333333333333" in query
    assert from_query(query) == (one, [])
    assert mend(json.loads(one.model_dump_json())) == (one, [])


def test_numbers_left_out_have_their_defaults():
    one, problems = from_query("run=adam,learning_rate_schedule=step:every=9")
    assert problems == []
    assert one.runs[0].schedules == {"learning_rate": {"kind": "step", "drop": 0.5, "every": 9.0}}


WRONG = [
    (3, "schedules is 3; it must be an object with learning_rate or momentum"),
    ({"epsilon": {}}, "a name in the schedules of Adam is ‘epsilon’; it must be one of learning_rate, momentum"),
    ({"learning_rate": 3}, "the schedule of the learning rate is 3; it must be an object with a kind and its numbers"),
    (
        {"learning_rate": {"kind": "sawtooth"}},
        "the kind of the schedule of the learning rate is ‘sawtooth’; it must be one of constant, exponential, step,",
    ),
    ({"learning_rate": {}}, "the kind of the schedule of the learning rate is None; it must be one of constant,"),
    ({"learning_rate": {"kind": ["cosine"]}}, "the kind of the schedule of the learning rate is ['cosine'];"),
    (
        {"momentum": {"kind": "cosine", "every": 3}},
        "a name in the numbers of Cosine is ‘every’; it must be one of final",
    ),
    ({"momentum": {"kind": "cosine", "final": -0.1}}, "last factor f₁ is -0.1; it must be a number from 0 to 1"),
    ({"momentum": {"kind": "cosine", "final": "nan"}}, "last factor f₁ is ‘nan’; it must be a number from 0 to 1"),
    ({"learning_rate": {"kind": "step", "every": 0}}, "steps between drops T is 0; it must be a number from 1 to"),
    ({"learning_rate": {"kind": "step", "drop": 10**400}}, "it must be a number from 0.01 to 1"),
]


@pytest.mark.parametrize(("schedules", "sentence"), WRONG, ids=lambda value: str(value)[:30])
def test_wrong_schedules_are_refused_with_one_sentence(schedules, sentence):
    given = {"runs": [{"optimizer": "adam", "schedules": schedules}]}
    with pytest.raises(ExperimentError) as refused:
        check(given)
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("Run 1 (Adam): ")
    mended, problems = mend(given)
    assert (mended, len(problems)) == (check({"runs": [{"optimizer": "adam"}]}), 1)


def test_one_wrong_schedule_leaves_the_other():
    right = {"kind": "cosine", "final": 0.5}
    mended, problems = mend(
        {"runs": [{"optimizer": "adam", "schedules": {"learning_rate": {"kind": "x"}, "momentum": right}}]}
    )
    assert len(problems) == 1
    assert mended.runs[0].schedules == {"momentum": right}


def test_what_a_method_lacks_cannot_be_scheduled():
    with pytest.raises(ExperimentError, match="schedules of Gradient descent is ‘momentum’; it must be one of learn"):
        check({"runs": [scheduled("cosine", "momentum")]})
    # RMSProp's γ is the memory of squared gradients, not a momentum.
    _, problems = from_query("run=rmsprop,momentum_schedule=cosine")
    assert problems == [
        "Run 1 (RMSProp): a name in the schedules of RMSProp is ‘momentum’; it must be one of learning_rate."
    ]


@pytest.mark.parametrize("text", ["", ":", "cosine:", "cosine:final", "cosine:final=1=2", "cosine:::final=0.1", "%00"])
def test_hostile_schedules_in_a_link_are_told(text):
    one, problems = from_query(f"run=adam,learning_rate_schedule={text}")
    assert len(problems) == 1
    assert one.runs[0].schedules == {}


def test_answers_to_a_signal_have_no_schedules():
    query = "signal=spikes&run=adam,learning_rate=0.1,learning_rate_schedule=cosine"
    one, problems = response_link.from_query(query)
    assert (one.runs[0].hypers["learning_rate"], one.runs[0].schedules) == (0.1, {})
    assert len(problems) == 1
    assert "it must be left out, a signal is answered with constant hyperparameters." in problems[0]
    same = {"signal": "spikes", "runs": [{"optimizer": "adam", "schedules": {}}]}
    assert mend_response(same)[1] == []


@pytest.mark.parametrize("tuned", ["64:final", "256:best", "1:steps", ""])
def test_how_a_run_was_tuned_is_kept(tuned):
    one = experiment({"optimizer": "adam", "tuned": tuned})
    assert from_query(to_query(one)) == (one, [])
    assert one.runs[0].tuned == tuned


@pytest.mark.parametrize("tuned", [64, None, "64", "64:", ":final", "64:luck", "-1:final", "999999:final", "٦٤:final"])
def test_other_words_on_tuning_are_refused(tuned):
    with pytest.raises(ExperimentError, match=f"a colon and one of {', '.join(CRITERIA)}, or empty"):
        check({"runs": [{"optimizer": "adam", "tuned": tuned}]})
