"""The inspected step is the recorded one, the gradients are where the rule asked for them, and NaN harms nothing."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from fall_line.experiments.mending import check
from fall_line.trajectories.inspection import inspect, median_seed
from fall_line.trajectories.noise import normals
from fall_line.trajectories.run import fans, run
from optimizers import OPTIMIZERS
from optimizers.optimizer import Optimizer

STEPS = 40
NOISE: list[dict[str, Any]] = [
    {"noise": "additive", "sigma": 0.5, "seed": 3},
    {"noise": "multiplicative", "sigma": 0.4, "seeds": 5},
    {"noise": "minibatch", "sigma": 0.3, "batch": 2, "seeds": 4},
]


def experiment(optimizer: str, hypers: dict[str, float] | None = None, **more: Any) -> Any:
    run = {"optimizer": optimizer, **({"hypers": hypers} if hypers else {})}
    return check({"surface": "rotated_quadratic", "steps": STEPS, "runs": [run]} | more)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_a_step_is_the_recorded_one(key: str) -> None:
    made = experiment(key)
    (path,) = run(made)
    for step in (0, 1, 17, STEPS - 1):
        found = inspect(made, 0, step)
        assert found.next_point is not None
        np.testing.assert_allclose(found.point, path.points[step], rtol=1e-14, atol=2e-15)
        np.testing.assert_allclose(found.next_point, path.points[step + 1], rtol=1e-14, atol=2e-15)
        np.testing.assert_allclose(found.loss, path.losses[step], rtol=1e-13, atol=1e-28)
        np.testing.assert_allclose(found.gradient, path.gradients[step], rtol=1e-13, atol=2e-15)
        assert list(found.before) == list(OPTIMIZERS[key].memory)


@pytest.mark.parametrize("noise", NOISE, ids=lambda one: one["noise"])
@pytest.mark.parametrize("key", ["nesterov", "adam", "smoothed_nesterov_3"])
def test_a_noisy_and_scheduled_step_is_the_recorded_one_of_the_median_seed(key: str, noise: dict[str, Any]) -> None:
    schedules = {"learning_rate": {"kind": "cosine", "final": 0.1}, "momentum": {"kind": "growing_window", "half": 9}}
    made = experiment(key, **noise)
    made = check(made.model_dump(mode="json") | {"runs": [{"optimizer": key, "schedules": schedules}]})
    (fan,) = fans(made)
    assert median_seed(made, 0) == made.all_seeds[fan.middle]
    for step in (0, 11, STEPS - 1):
        found = inspect(made, 0, step)
        assert found.next_point is not None
        np.testing.assert_allclose(found.point, fan.median.points[step], rtol=1e-13, atol=1e-14)
        np.testing.assert_allclose(found.next_point, fan.median.points[step + 1], rtol=1e-13, atol=1e-14)


def test_hyperparameters_are_those_after_the_schedule() -> None:
    schedules = {"learning_rate": {"kind": "exponential", "final": 0.01}}
    one = {"optimizer": "momentum", "hypers": {"learning_rate": 0.2}, "schedules": schedules}
    found = inspect(experiment("momentum", runs=[one]), 0, 10)
    assert found.settings["learning_rate"] == pytest.approx(0.2 * 0.01 ** (10 / STEPS), rel=1e-14)
    assert found.settings["gamma"] == 0.9


def test_nesterov_asks_where_its_velocity_leads() -> None:
    """θ − γv, with v read off the path: the step before was −v."""
    made = experiment("nesterov", {"learning_rate": 0.05, "gamma": 0.8})
    (path,) = run(made)
    found = inspect(made, 0, 12)
    velocity = path.points[11] - path.points[12]
    np.testing.assert_allclose(found.before["v"], velocity, rtol=1e-12)
    (look,) = found.looks
    np.testing.assert_allclose(look.place, path.points[12] - 0.8 * velocity, rtol=1e-13)


def test_the_smoothed_method_asks_at_thirds_of_the_way_and_others_where_they_stand() -> None:
    found = inspect(experiment("smoothed_nesterov_3"), 0, 12)
    way = 0.9 * found.before["v"]
    places = [found.point - share * way for share in (1 / 3, 2 / 3, 1)]
    np.testing.assert_allclose([look.place for look in found.looks], places, rtol=1e-14)
    (only,) = inspect(experiment("adam"), 0, 12).looks
    np.testing.assert_array_equal(only.place, inspect(experiment("adam"), 0, 12).point)


def test_what_a_rule_is_told_has_the_noise_of_the_step_in_it() -> None:
    found = inspect(experiment("gradient_descent", noise="additive", sigma=0.5, seed=7), 0, 20)
    (look,) = found.looks
    np.testing.assert_allclose(look.gradient, found.gradient + 0.5 * np.asarray(normals(7, 10_001))[20], rtol=1e-13)
    assert found.seed == 7
    assert inspect(experiment("gradient_descent"), 0, 20).seed is None


def test_what_an_inner_loop_asks_is_not_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def step(problem: Any, point: jax.Array, state: tuple[()], *, learning_rate: jax.Array) -> tuple[jax.Array, Any]:
        slope = problem.gradient(point)
        problem.gradient(point - slope)
        jax.lax.while_loop(lambda rate: rate > 0.1, lambda rate: 0.5 * rate + 0 * problem.gradient(point)[0], 1.0)
        jax.jacfwd(problem.gradient)(point)
        return point - learning_rate * slope, state

    plain = OPTIMIZERS["gradient_descent"]
    probe = Optimizer("probe", "Probe", "", plain.hypers, lambda _point, **_: (), step, plain.formula, "", "")
    monkeypatch.setitem(OPTIMIZERS, "probe", probe)
    found = inspect(experiment("probe"), 0, 3)
    np.testing.assert_array_equal([look.place for look in found.looks], [found.point, found.point - found.gradient])


def test_the_effective_step_of_gradient_descent_is_its_rate() -> None:
    found = inspect(experiment("gradient_descent", {"learning_rate": 0.03}), 0, 9)
    assert found.effective_step is not None
    np.testing.assert_allclose(found.effective_step, [0.03, 0.03], rtol=1e-12)


def test_where_the_gradient_is_0_there_is_no_effective_step() -> None:
    made = experiment("momentum", parameters={"condition_number": 10, "angle": 0}, start=[1, 0])
    found = inspect(made, 0, 3)
    assert found.effective_step is not None
    assert found.gradient[1] == 0
    assert np.isfinite(found.effective_step[0])
    assert np.isnan(found.effective_step[1])


def test_at_the_end_there_is_a_state_and_no_step() -> None:
    made = experiment("adam")
    found = inspect(made, 0, STEPS)
    np.testing.assert_allclose(found.point, run(made)[0].points[-1], rtol=1e-14)
    assert (found.next_point, found.update, found.effective_step, found.after, found.looks) == (None,) * 4 + ((),)
    assert np.isfinite(found.before["m"]).all()


def test_a_run_that_is_no_longer_finite_can_be_inspected() -> None:
    made = experiment("momentum", {"learning_rate": 10.0}, surface="rosenbrock", steps=60)
    found = inspect(made, 0, 50)
    assert not found.finite
    assert np.isnan(found.point).any()
    assert found.effective_step is not None


def test_moving_a_slider_or_the_player_compiles_nothing() -> None:
    inspect(experiment("rmsprop"), 0, 3)
    counted: list[str] = []
    jax.monitoring.register_event_duration_secs_listener(lambda event, *_, **__: counted.append(event))
    inspect(experiment("rmsprop", {"learning_rate": 0.123, "gamma": 0.8, "epsilon": 1e-5}, steps=33), 0, 21)
    assert [event for event in counted if "backend_compile" in event] == []
    jax.jit(lambda x: x + jnp.pi)(1.5)
    assert [event for event in counted if "backend_compile" in event] != []
