"""Every method that Optax has in exactly our variant walks Optax's path."""

from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from fall_line.experiments.mending import check
from fall_line.trajectories.run import run
from landscapes import SURFACES
from optimizers import OPTIMIZERS, Problem

jax.config.update("jax_enable_x64", True)

STEPS = 50
START = (1.2, -0.7)


def loss(point):
    """Smooth, not separable, not convex, and of bounded curvature, so that no method leaves for infinity."""
    x, y = point
    return jnp.sin(x + 2 * y) + (x**2 + x * y + y**2) / 4


def sgd(learning_rate):
    return optax.sgd(learning_rate)


def sgd_momentum(learning_rate, gamma):
    return optax.sgd(learning_rate, momentum=gamma)


def sgd_nesterov(learning_rate, gamma):
    return optax.sgd(learning_rate, momentum=gamma, nesterov=True)


def ema(learning_rate, gamma):
    return optax.chain(optax.ema(gamma, debias=False), optax.scale(-learning_rate))


def adagrad(learning_rate, epsilon):
    return optax.adagrad(learning_rate, initial_accumulator_value=0.0, eps=epsilon)


def rmsprop(learning_rate, gamma, epsilon):
    return optax.rmsprop(learning_rate, decay=gamma, eps=epsilon, eps_in_sqrt=True)


def adadelta(learning_rate, gamma, epsilon, initial_update):
    assert initial_update == 0, "Optax starts at 0"
    return optax.adadelta(learning_rate, rho=gamma, eps=epsilon)


def adam_inside(learning_rate, beta1, beta2, epsilon):
    return optax.adam(learning_rate, beta1, beta2, eps=0.0, eps_root=epsilon)


def adam_outside(learning_rate, beta1, beta2, epsilon):
    return optax.adam(learning_rate, beta1, beta2, eps=epsilon)


def nadam(learning_rate, beta1, beta2, epsilon):
    return optax.nadam(learning_rate, beta1, beta2, eps=epsilon)


def adamax(learning_rate, beta1, beta2, epsilon):
    return optax.adamax(learning_rate, beta1, beta2, eps=epsilon)


# Optax's Adamax adds ε to |g| inside the maximum and ours to the norm: at 1e-14 neither reaches the tolerance.
ROWS = [
    ("gradient_descent", sgd, {}),
    ("gradient_descent", sgd, {"learning_rate": 0.2}),
    ("momentum", sgd_momentum, {}),
    ("momentum", sgd_momentum, {"learning_rate": 0.05, "gamma": 0.5}),
    ("momentum", sgd_momentum, {"gamma": 0.99}),
    ("ema_momentum", ema, {}),
    ("ema_momentum", ema, {"learning_rate": 0.2, "gamma": 0.8}),
    ("nesterov_at_lookahead", sgd_nesterov, {}),
    ("nesterov_at_lookahead", sgd_nesterov, {"learning_rate": 0.05, "gamma": 0.5}),
    ("nesterov_at_lookahead", sgd_nesterov, {"gamma": 0.975}),
    ("adagrad", adagrad, {}),
    ("adagrad", adagrad, {"learning_rate": 0.3, "epsilon": 0.1}),
    ("rmsprop", rmsprop, {"learning_rate": 0.05}),
    ("rmsprop", rmsprop, {"learning_rate": 0.02, "gamma": 0.99, "epsilon": 1e-2}),
    ("adadelta", adadelta, {}),
    ("adadelta", adadelta, {"learning_rate": 5.0, "gamma": 0.8, "epsilon": 1e-3}),
    ("adam", adam_inside, {}),
    ("adam", adam_inside, {"learning_rate": 0.05, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-2}),
    ("adam_kingma", adam_outside, {}),
    ("adam_kingma", adam_outside, {"learning_rate": 0.05, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-2}),
    ("adam_nesterov", nadam, {}),
    ("adam_nesterov", nadam, {"learning_rate": 0.05, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-2}),
    ("adamax", adamax, {"epsilon": 1e-14}),
    ("adamax", adamax, {"learning_rate": 0.05, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-14}),
]


@pytest.mark.parametrize(("key", "theirs", "settings"), ROWS)
def test_path_is_that_of_optax(key, theirs, settings):
    hypers = {hyper.key: float(hyper.default) for hyper in OPTIMIZERS[key].hypers} | settings
    # Optax has a 0 here that can't be chosen.
    fixed = {name: hypers.pop(name) for name in ("initial_update",) if name in hypers}
    start = jnp.asarray(START)
    path, reference = both(key, theirs, tuple(fixed.items()))(start, hypers)
    np.testing.assert_allclose(path, reference, rtol=0, atol=1e-10)
    assert np.abs(reference[-1] - start).max() > 1e-3, "a path that stands still compares nothing"


@cache
def both(key, theirs, fixed):
    """The program that walks our path and Optax's, with the hyperparameters but for the fixed ones as data."""
    method, problem = OPTIMIZERS[key], Problem(loss, jax.grad(loss))

    def walk(start, hypers):
        hypers = hypers | dict(fixed)
        transformation = theirs(**hypers)

        def advance(carry, _):
            (point, state), (other, memory) = carry
            updates, memory = transformation.update(problem.gradient(other), memory, other)
            carry = method.step(problem, point, state, **hypers), (optax.apply_updates(other, updates), memory)
            return carry, (carry[0][0], carry[1][0])

        carry = (start, method.init(start, **hypers)), (start, transformation.init(start))
        return jax.lax.scan(advance, carry, length=STEPS)[1]

    return jax.jit(walk)


def adamw(learning_rate, beta1, beta2, epsilon, weight_decay):
    return optax.adamw(learning_rate, beta1, beta2, eps=epsilon, weight_decay=weight_decay)


def amsgrad(learning_rate, beta1, beta2, epsilon):
    return optax.amsgrad(learning_rate, beta1, beta2, eps=epsilon)


def radam(learning_rate, beta1, beta2, epsilon):
    return optax.radam(learning_rate, beta1, beta2, eps=epsilon)


def yogi_from_zero(learning_rate, beta1, beta2, epsilon):
    scaled = optax.scale_by_yogi(beta1, beta2, eps=epsilon, initial_accumulator_value=0.0)
    return optax.chain(scaled, optax.scale(-learning_rate))


def adabelief(learning_rate, beta1, beta2, epsilon):
    return optax.adabelief(learning_rate, beta1, beta2, eps=epsilon, eps_root=epsilon)


def lion(learning_rate, beta1, beta2, weight_decay):
    return optax.lion(learning_rate, beta1, beta2, weight_decay=weight_decay)


def sm3(learning_rate, gamma, epsilon):
    return optax.chain(optax.scale_by_sm3(gamma, eps=epsilon), optax.scale(-learning_rate))


def adafactor(learning_rate, decay_rate, clipping):
    decay_rate = jnp.asarray(decay_rate, jnp.float64)  # a bare number would be raised in single precision
    unscaled = {"factored": False, "multiply_by_parameter_scale": False}
    return optax.adafactor(learning_rate, decay_rate=decay_rate, clipping_threshold=clipping, **unscaled)


def lookahead(learning_rate, gamma, period, slow_step):
    return optax.lookahead(optax.sgd(learning_rate, momentum=gamma), int(period), slow_step)


def schedule_free(learning_rate, beta):
    return optax.contrib.schedule_free_sgd(learning_rate, b1=beta)


def lbfgs(learning_rate):
    return optax.lbfgs(learning_rate, memory_size=5)


# The first values on the article's surface, the second, far from the defaults, on a smooth bowl.
RUNS = [
    (adamw, {}, {"learning_rate": 0.02, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-2, "weight_decay": 0.5}),
    (amsgrad, {}, {"learning_rate": 0.02, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-2}),
    (radam, {"learning_rate": 0.02}, {"learning_rate": 0.01, "beta1": 0.5, "beta2": 0.9}),
    (yogi_from_zero, {}, {"learning_rate": 0.02, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-2}),
    (adabelief, {}, {"learning_rate": 0.01, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-4}),
    (lion, {"learning_rate": 0.01}, {"learning_rate": 0.02, "beta1": 0.5, "beta2": 0.9, "weight_decay": 0.3}),
    (sm3, {}, {"learning_rate": 0.2, "gamma": 0.5, "epsilon": 1e-2}),
    (adafactor, {"learning_rate": 0.02}, {"learning_rate": 0.05, "decay_rate": 0.5, "clipping": 0.3}),
    (lookahead, {"learning_rate": 0.002}, {"learning_rate": 0.02, "gamma": 0.5, "period": 7, "slow_step": 0.2}),
    (schedule_free, {}, {"learning_rate": 0.02, "beta": 0.5}),
    (lbfgs, {}, {"learning_rate": 0.1}),
]
KEYS = {yogi_from_zero: "yogi"}


@pytest.mark.parametrize(
    ("theirs", "settings", "surface"),
    [
        (theirs, settings, surface)
        for theirs, *both in RUNS
        for settings, surface in zip(both, ("hills_and_canyon", "rotated_quadratic"), strict=True)
    ],
)
def test_run_is_a_plain_loop_with_optax(theirs, settings, surface):
    key = KEYS.get(theirs, theirs.__name__)
    experiment = check({"surface": surface, "steps": 100, "runs": [{"optimizer": key, "hypers": settings}]})
    (found,) = run(experiment)

    def loss(point):
        return SURFACES[surface].value(point[0], point[1], **experiment.parameters)

    expected = plain_loop(theirs(**experiment.runs[0].hypers), loss, found.points[0])
    np.testing.assert_allclose(found.points, expected, rtol=0, atol=1e-12)
    assert np.abs(expected[-1] - expected[0]).max() > 0.1, "a path that stands still compares nothing"


def plain_loop(transformation, loss, start):
    """The shown points of 100 steps from `start`, with Optax alone."""
    lookahead = transformation.update.__qualname__.startswith("lookahead.")
    point = jnp.asarray(start)
    params = optax.LookaheadParams(point, point) if lookahead else point
    state = transformation.init(params)

    @jax.jit
    def advance(params, state):
        value, gradient = jax.value_and_grad(loss)(params.fast if lookahead else params)
        extra = {} if lookahead else {"value": value, "grad": gradient, "value_fn": loss}
        updates, state = transformation.update(gradient, state, params, **extra)
        return optax.apply_updates(params, updates), state

    path = [start]
    for _ in range(100):
        params, state = advance(params, state)
        path.append(shown(params, state))
    return np.array(path)


def shown(params, state):
    if isinstance(params, optax.LookaheadParams):
        return params.fast
    if isinstance(state, optax.contrib.ScheduleFreeState):
        return optax.contrib.schedule_free_eval_params(state, params)
    return params
