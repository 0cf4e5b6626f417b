"""Going on from a step: the same training if no value changes, that of a plain loop if some do."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from fall_line.experiments.training_experiment import check
from fall_line.training.train import each_part, lesson_of, train
from tests.training import plain
from tests.trajectories.compilations import compilations

SMALL = {"task": "moons", "layers": [5, 4], "steps": 230, "batch": 20, "l2": 0.01}
COSINE = {"kind": "cosine", "final": 0.05}
GROWING = {"kind": "exponential", "final": 0.1}


def of(*runs, **given):
    return check({**SMALL, "runs": [one if isinstance(one, dict) else {"optimizer": one} for one in runs], **given})


@pytest.mark.parametrize("turn", [1, 37, 100, 229])
@pytest.mark.parametrize("key", ["adam", "momentum", "lbfgs"])
def test_with_the_same_values_it_is_the_same_training_to_the_last_bit(key, turn):
    straight, gone_on = of(key), of(key, continued={"step": turn})
    expected, made = train(straight, straight.runs[0], 3), train(gone_on, gone_on.runs[0], 3)
    for name, column in expected._asdict().items():
        np.testing.assert_array_equal(getattr(made, name), column, err_msg=name)


@pytest.mark.parametrize("turn", [64, 130])
def test_until_its_step_it_is_the_earlier_training_to_the_last_bit(turn):
    before = {"hypers": {"learning_rate": 0.02, "gamma": 0.8}, "schedules": {"learning_rate": COSINE}}
    earlier = of({"optimizer": "momentum", **before}, steps=130, batch=16, batch_schedule=GROWING)
    was = {"step": turn, "steps": 130, "batch": 16, "batch_schedule": GROWING}
    later = of({"optimizer": "momentum", "before": before, "hypers": {"learning_rate": 0.1}}, continued=was)
    assert later.earlier == earlier
    expected, made = train(earlier, earlier.runs[0], 0), train(later, later.runs[0], 0)
    np.testing.assert_array_equal(made.weights[: turn + 1], expected.weights[: turn + 1])
    for name in ("loss", "batch_loss", "epochs"):
        np.testing.assert_array_equal(getattr(made, name)[:turn], getattr(expected, name)[:turn])
    assert np.abs(made.weights[130] - expected.weights[130]).max() > 1e-6 or turn == 130
    assert len(made.steps) == 231


def plain_loop(lesson, rule, turn):
    """Weights before each step and after the last; `rule(gradient, state, later)` gives the update and its state."""
    weights, state = jnp.asarray(lesson.weights), None
    path = [weights]
    for step in range(lesson.steps):
        members = lesson.batches.order[lesson.batches.begins[step] : lesson.batches.begins[step + 1]]
        batch = [part[:, members] for part in lesson.training]
        params = plain.tree(lesson.network, weights)
        gradient = jax.grad(plain.objective)(params, *batch, lesson.loss, "tanh", lesson.l2)
        update, state = rule(plain.flat(gradient), state, step >= turn)
        weights = weights + update
        path.append(weights)
    return jnp.array(path)


def momentum(gradient, velocity, later):
    rate, gamma = (0.03, 0.95) if later else (0.1, 0.6)
    velocity = gamma * (0 if velocity is None else velocity) + rate * gradient
    return -velocity, velocity


def adam(gradient, state, later):
    method = optax.adam(0.003 if later else 0.02, 0.8, 0.99, eps=0.0, eps_root=1e-6 if later else 1e-8)
    return method.update(gradient, method.init(gradient) if state is None else state)


@pytest.mark.parametrize(
    ("rule", "before", "now"),
    [
        (momentum, {"learning_rate": 0.1, "gamma": 0.6}, {"learning_rate": 0.03, "gamma": 0.95}),
        (
            adam,
            {"learning_rate": 0.02, "epsilon": 1e-8},
            {"learning_rate": 0.003, "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6},
        ),
    ],
)
def test_with_other_values_it_is_a_plain_loop_that_changes_them_at_the_step(rule, before, now):
    run = {"optimizer": rule.__name__, "hypers": now, "before": {"hypers": before}}
    chosen = of(run, steps=90, batch=48, l2=0.1, continued={"step": 33, "batch": 20})
    lesson, made = lesson_of(chosen, 1), train(chosen, chosen.runs[0], 1)
    assert (lesson.batches.sizes[:33].max(), lesson.batches.sizes[33:].max()) == (20, 48)
    np.testing.assert_allclose(made.weights, plain_loop(lesson, rule, 33), rtol=0, atol=1e-10)
    same = of({"optimizer": rule.__name__, "hypers": now}, steps=90, batch=48, l2=0.1)
    assert np.abs(made.weights[-1] - train(same, same.runs[0], 1).weights[-1]).max() > 1e-3


def test_a_schedule_holds_on_both_sides_stretched_over_the_steps_that_each_had():
    falls = {"optimizer": "gradient_descent", "schedules": {"learning_rate": COSINE}}
    chosen = of(falls, steps=120, batch=0, continued={"step": 50, "steps": 80})
    lesson, made = lesson_of(chosen, 0), train(chosen, chosen.runs[0], 0)
    rate, weights = chosen.runs[0].hypers["learning_rate"], jnp.asarray(lesson.weights)
    for step in range(120):
        f = 0.05 + 0.95 * (1 + np.cos(np.pi * step / (80 if step < 50 else 120))) / 2
        params = plain.tree(lesson.network, weights)
        gradient = jax.grad(plain.objective)(params, *lesson.training, lesson.loss, "tanh", 0.01)
        weights = weights - rate * f * plain.flat(gradient)
    np.testing.assert_allclose(made.weights[-1], weights, rtol=0, atol=1e-10)


@pytest.mark.parametrize("steps", [20, 50])
def test_a_training_that_ends_before_it_goes_on_is_the_earlier_one(steps):
    chosen = of("adam", steps=steps, batch=64, continued={"step": 50, "batch": 20})
    earlier = of("adam", steps=50)
    made, expected = train(chosen, chosen.runs[0], 0), train(earlier, earlier.runs[0], 0)
    np.testing.assert_array_equal(made.weights, expected.weights[: steps + 1])
    np.testing.assert_array_equal(made.loss, expected.loss[: steps + 1])
    assert np.isnan(made.batch_loss[-1])


def test_it_can_be_taken_up_again_between_any_two_parts():
    chosen = of("adam", continued={"step": 130, "batch": 50})
    whole, parts = train(chosen, chosen.runs[0], 0), list(each_part(chosen, chosen.runs[0], 0))
    assert [part.step for part in parts] == [100, 130, 200, 230]
    for part in parts[:-1]:
        onward = next(each_part(chosen, chosen.runs[0], 0, part.standing, part.step)).history
        np.testing.assert_array_equal(onward.weights, whole.weights[onward.steps])


def test_no_value_and_no_step_compiles_anything():
    def trained(turn, rate, penalty):
        run = {"optimizer": "rmsprop", "hypers": {"learning_rate": rate}, "before": {"hypers": {"learning_rate": 0.01}}}
        chosen = of(run, l2=penalty, continued={"step": turn})
        return train(chosen, chosen.runs[0], 0)

    trained(40, 0.02, 0.1)
    with compilations() as compiled:
        trained(77, 0.03, 0.2)
        trained(120, 0.001, 0.0)
    assert not compiled
