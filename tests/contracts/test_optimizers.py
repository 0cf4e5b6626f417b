"""What every update rule owes the loop that calls it, whatever the method."""

import importlib
import inspect
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from optimizers import OPTIMIZERS, Optimizer, Problem

jax.config.update("jax_enable_x64", True)

START = (1.2, -0.7)


def separable(point):
    """A gradient that sees each element alone."""
    return point + jnp.sin(3 * point)


def coupled(point):
    """The gradient of sin(x + 2y) + (x² + xy + y²)/4."""
    x, y = point
    slope = jnp.cos(x + 2 * y)
    return jnp.stack([slope + (2 * x + y) / 4, 2 * slope + (x + 2 * y) / 4])


def problem_of(gradient):
    """A problem without a value: none of the rules may ask for it."""
    return Problem(value=None, gradient=gradient)


def defaults(method: Optimizer) -> dict[str, float]:
    return {hyper.key: hyper.default for hyper in method.hypers}


def walk(method: Optimizer, gradient, start, steps: int, hypers):
    """The points after each step, from one compiled program per method, gradient and shape."""
    return program(method, gradient, steps)(jnp.asarray(start), hypers)


@cache
def program(method: Optimizer, gradient, steps: int):
    def run(start, hypers):
        def advance(carry, _):
            carry = method.step(problem_of(gradient), *carry, **hypers)
            return carry, carry[0]

        return jax.lax.scan(advance, (start, method.init(start, **hypers)), length=steps)[1]

    return jax.jit(run)


every_method = pytest.mark.parametrize("method", OPTIMIZERS.values(), ids=OPTIMIZERS)


@every_method
def test_key_is_the_name_of_module_and_object(method):
    assert getattr(importlib.import_module(f"optimizers.{method.key}"), method.key) is method


@every_method
def test_hypers_are_the_keywords_of_step(method):
    parameters = inspect.signature(method.step).parameters.values()
    keywords = [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]
    assert sorted(hyper.key for hyper in method.hypers) == sorted(keywords)
    assert not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)
    assert method.hypers[0].key == "learning_rate"


@every_method
def test_a_reader_finds_words_for_everything(method):
    for text in (method.label, method.family, method.formula, method.variant, method.source, method.step.__doc__):
        assert text
        assert text.strip() == text
    assert "$" not in method.formula
    for hyper in method.hypers:
        assert hyper.symbol
        assert hyper.label
        assert hyper.note.endswith("."), hyper.key


@every_method
@pytest.mark.parametrize("shape", [(), (2,), (3, 4)])
def test_an_array_moves_as_its_elements_do_alone(method, shape):
    start = np.random.default_rng(7).uniform(-2, 2, shape)
    together = walk(method, separable, start, 20, defaults(method))
    assert together.shape == (20, *shape)
    for index in np.ndindex(shape):
        alone = walk(method, separable, start[index], 20, defaults(method))
        np.testing.assert_allclose(together[:, *index], alone, rtol=1e-12, atol=1e-14)


@every_method
@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
@pytest.mark.parametrize("typed", [True, False], ids=["typed hypers", "bare hypers"])
def test_shapes_and_dtypes_survive_a_step(method, dtype, typed):
    start = jnp.ones((3, 2), dtype)
    hypers = {key: jnp.asarray(value, dtype) if typed else value for key, value in defaults(method).items()}
    before = method.init(start, **hypers)
    point, after = method.step(problem_of(separable), start, before, **hypers)
    assert (point.shape, point.dtype) == (start.shape, dtype)
    assert jax.tree.structure(after) == jax.tree.structure(before)
    kinds = [[(leaf.shape, leaf.dtype) for leaf in jax.tree.leaves(state)] for state in (before, after)]
    assert kinds[0] == kinds[1]
    assert all(leaf_dtype == dtype for _, leaf_dtype in kinds[0])


@every_method
def test_one_compilation_serves_every_value(method):
    traces = []

    @jax.jit
    def path(start, hypers):
        traces.append(hypers)
        point, state = start, method.init(start, **hypers)
        for _ in range(2):
            point, state = method.step(problem_of(coupled), point, state, **hypers)
        return point

    paths = [
        path(jnp.asarray(START), {hyper.key: getattr(hyper, end) for hyper in method.hypers})
        for end in ("default", "low", "high")
    ]
    assert len(traces) == 1
    assert not np.array_equal(paths[0], paths[1])
    assert not np.array_equal(paths[0], paths[2])


@every_method
def test_many_values_run_at_once_as_they_do_alone(method):
    rates = jnp.array([0.001, 0.01, 0.1])

    def path(learning_rate):
        return walk(method, coupled, START, 20, defaults(method) | {"learning_rate": learning_rate})

    alone = jnp.stack([path(rate) for rate in rates])
    np.testing.assert_allclose(jax.vmap(path)(rates), alone, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize(
    ("method", "hyper"),
    [
        pytest.param(method, hyper, id=f"{key}-{hyper.key}")
        for key, method in OPTIMIZERS.items()
        for hyper in method.hypers
    ],
)
def test_every_hyperparameter_turns_something(method, hyper):
    other = hyper.high if hyper.low == hyper.default else hyper.low
    usual = walk(method, coupled, START, 6, defaults(method))
    turned = walk(method, coupled, START, 6, defaults(method) | {hyper.key: other})
    assert np.isfinite(usual).all()
    assert not np.array_equal(usual, turned)


@every_method
def test_the_first_small_step_goes_downhill(method):
    """Only the first: with memory in it, a method may climb later on."""
    matrix = jnp.array([[3.0, 1.0], [1.0, 2.0]])
    start = jnp.array([1.0, -2.0])
    hypers = defaults(method) | {"learning_rate": 1e-4}
    point, _ = method.step(problem_of(lambda q: matrix @ q), start, method.init(start, **hypers), **hypers)
    assert point @ matrix @ point < start @ matrix @ start


@every_method
@pytest.mark.parametrize("end", ["default", "low", "high"])
@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
def test_without_a_slope_nothing_moves(method, end, dtype):
    start = jnp.asarray(START, dtype)
    hypers = {hyper.key: jnp.asarray(getattr(hyper, end), dtype) for hyper in method.hypers}
    path = walk(method, jnp.zeros_like, start, 5, hypers)
    assert np.array_equal(path, np.tile(start, (5, 1)))
