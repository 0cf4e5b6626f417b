"""Every method that Optax has in exactly our variant walks Optax's path."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

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
    method = OPTIMIZERS[key]
    hypers = {hyper.key: hyper.default for hyper in method.hypers} | settings
    transformation = theirs(**hypers)
    problem = Problem(loss, jax.grad(loss))
    start = jnp.asarray(START)

    def advance(carry, _):
        (point, state), (other, memory) = carry
        updates, memory = transformation.update(problem.gradient(other), memory, other)
        carry = method.step(problem, point, state, **hypers), (optax.apply_updates(other, updates), memory)
        return carry, (carry[0][0], carry[1][0])

    carry = (start, method.init(start, **hypers)), (start, transformation.init(start))
    path, reference = jax.lax.scan(advance, carry, length=STEPS)[1]
    np.testing.assert_allclose(path, reference, rtol=0, atol=1e-10)
    assert np.abs(reference[-1] - start).max() > 1e-3, "a path that stands still compares nothing"
