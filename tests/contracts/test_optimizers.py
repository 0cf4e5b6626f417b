"""What every update rule owes the loop that calls it, whatever the method."""

import importlib
import inspect
import re
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from fall_line.components.run_list import method_choices
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


LOSSES = {
    separable: lambda point: jnp.sum(point**2 / 2 - jnp.cos(3 * point) / 3),
    coupled: lambda point: jnp.sin(point[0] + 2 * point[1]) + (jnp.sum(point**2) + point[0] * point[1]) / 4,
}


def problem_of(method: Optimizer, gradient, steepness=1.0):
    """The problem with that gradient, without a value for the methods that promise not to ask for it."""

    def value(point):
        return steepness * LOSSES[gradient](point)

    return Problem(value=value if method.needs_loss else None, gradient=lambda point: steepness * gradient(point))


def defaults(method: Optimizer) -> dict[str, float]:
    return {hyper.key: hyper.default for hyper in method.hypers}


STEPS = 20
TRACED = []  # a method for each program that walk makes


def walk(method: Optimizer, gradient, start, hypers, steepness=1.0):
    """The points after each step, from one compiled program per method, gradient, shape and dtype."""
    start = jnp.asarray(start)
    hypers = {key: jnp.asarray(value, start.dtype) for key, value in hypers.items()}
    return program(method, gradient)(start, hypers, jnp.asarray(steepness, start.dtype))


@cache
def program(method: Optimizer, gradient):
    def run(start, hypers, steepness):
        TRACED.append(method)

        def advance(carry, _):
            carry = method.step(problem_of(method, gradient, steepness), *carry, **hypers)
            return carry, carry[0]

        return jax.lax.scan(advance, (start, method.init(start, **hypers)), length=STEPS)[1]

    return jax.jit(run)


every_method = pytest.mark.parametrize("method", OPTIMIZERS.values(), ids=OPTIMIZERS)
ELEMENTWISE = {key: method for key, method in OPTIMIZERS.items() if method.elementwise}


@pytest.mark.parametrize("gradient", [separable, coupled])
def test_the_losses_here_have_these_gradients(gradient):
    np.testing.assert_allclose(jax.grad(LOSSES[gradient])(jnp.array(START)), gradient(jnp.array(START)), atol=1e-14)


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
def test_a_beginner_reads_in_one_sentence_what_it_does(method):
    assert re.fullmatch(r"[A-Z][^.!?]{30,130}\.", method.summary)
    assert method.summary not in method.variant
    assert method.also
    assert not any(len(word) > 40 or word != word.strip() for word in method.also)


def test_the_methods_begin_with_what_a_course_begins_with():
    first = ["gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
    assert list(OPTIMIZERS)[:6] == first
    assert [OPTIMIZERS[key].taught for key in first] == [1, 2, 3, 4, 5, 6]
    rest = list(OPTIMIZERS)[6:]
    assert rest == sorted(rest)
    basics, *families = method_choices()
    assert [one["value"] for one in basics["items"]] == first
    offered = [one["value"] for group in (basics, *families) for one in group["items"]]
    assert sorted(offered) == sorted(OPTIMIZERS)


@pytest.mark.parametrize("method", ELEMENTWISE.values(), ids=ELEMENTWISE)
@pytest.mark.parametrize(
    "shape", [pytest.param((), marks=pytest.mark.thorough), pytest.param((2,), marks=pytest.mark.thorough), (3, 4)]
)
def test_an_array_moves_as_its_elements_do_alone(method, shape):
    start = np.random.default_rng(7).uniform(-2, 2, shape)
    together = walk(method, separable, start, defaults(method))
    assert together.shape == (STEPS, *shape)
    for index in np.ndindex(shape):
        alone = walk(method, separable, start[index], defaults(method))
        np.testing.assert_allclose(together[:, *index], alone, rtol=1e-12, atol=1e-14)


@every_method
@pytest.mark.parametrize("dtype", [jnp.float32, jnp.float64])
@pytest.mark.parametrize("typed", [True, False], ids=["typed hypers", "bare hypers"])
def test_shapes_and_dtypes_survive_a_step(method, dtype, typed):
    """They are known before anything is computed."""
    start = jnp.ones((3, 2) if method.elementwise else (2,), dtype)
    hypers = {key: jnp.asarray(value, dtype) if typed else value for key, value in defaults(method).items()}

    def once(start):
        before = method.init(start, **hypers)
        return before, *method.step(problem_of(method, separable), start, before, **hypers)

    before, point, after = jax.eval_shape(once, start)
    assert (point.shape, point.dtype) == (start.shape, dtype)
    assert jax.tree.structure(after) == jax.tree.structure(before)
    kinds = [[(leaf.shape, leaf.dtype) for leaf in jax.tree.leaves(state)] for state in (before, after)]
    assert kinds[0] == kinds[1]
    assert {leaf_dtype for _, leaf_dtype in kinds[0]} <= {jnp.dtype(dtype), jnp.dtype(jnp.int32)}


@every_method
def test_every_part_of_the_memory_has_a_symbol(method):
    leaves = jax.tree.leaves(method.init(jnp.asarray(START), **defaults(method)))
    assert len(method.memory) == len(leaves)
    assert len(set(method.memory)) == len(leaves)
    whole = {name for name, leaf in zip(method.memory, leaves, strict=True) if leaf.dtype == jnp.int32}
    assert whole <= {"t"}


@every_method
def test_one_compilation_serves_every_value(method):
    before = TRACED.count(method)
    paths = [
        walk(method, coupled, START, {hyper.key: getattr(hyper, end) for hyper in method.hypers})
        for end in ("default", "low", "high")
    ]
    assert TRACED.count(method) - before <= 1
    assert method in TRACED
    assert not np.array_equal(paths[0], paths[1])
    assert not np.array_equal(paths[0], paths[2])


@every_method
def test_many_values_run_at_once_as_they_do_alone(method):
    rates = jnp.array([0.001, 0.01, 0.1])

    def path(learning_rate):
        return walk(method, coupled, START, defaults(method) | {"learning_rate": learning_rate})

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
    start = (0.4, 0.9)  # where the surface bends downwards, so that gradients grow at first
    usual = walk(method, coupled, start, defaults(method))
    turned = [walk(method, coupled, start, defaults(method) | {hyper.key: end}) for end in (hyper.low, hyper.high)]
    assert np.isfinite(usual).all()
    assert not all(np.array_equal(usual, path) for path in turned)


@every_method
def test_the_first_small_step_goes_downhill(method):
    """Only the first: with memory in it, a method may climb later on."""
    start = jnp.array([1.0, -2.0])  # where the surface bends upwards in all directions
    first = walk(method, coupled, start, defaults(method) | {"learning_rate": 1e-4})[0]
    assert LOSSES[coupled](first) < LOSSES[coupled](start)


@every_method
@pytest.mark.parametrize("end", ["default", "low", "high"])
@pytest.mark.parametrize("dtype", [pytest.param(jnp.float32, marks=pytest.mark.thorough), jnp.float64])
def test_without_a_slope_nothing_moves(method, end, dtype):
    """But for weight decay, which pulls towards the origin."""
    start = jnp.asarray(START, dtype)
    hypers = {hyper.key: getattr(hyper, end) for hyper in method.hypers}
    hypers = {key: 0 * value if key == "weight_decay" else value for key, value in hypers.items()}
    path = walk(method, coupled, start, hypers, steepness=0)
    assert np.array_equal(path, np.tile(start, (STEPS, 1)))
