"""What is taken for the slope where there is none: 0 at a minimum, the mean of both sides elsewhere."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from fall_line.formulas import parse
from fall_line.subgradients import with_subgradient

jax.config.update("jax_enable_x64", True)

MINIMA = [
    "sqrt(x^2 + y^2)",
    "hypot(x, y)",
    "sqrt(x^2 + y^2)^2",
    "(x^2 + y^2)^0.5",
    "abs(x) + abs(y)",
    "abs(x) + 0.5x + y^2",
    "(x - 0.3)^2/2 + abs(x) + y^2",
    "max(abs(x), abs(y))",
    "max(x, -2x) + y^2",
    "where(x > 0, 2x, -x) + abs(y)",
    "cbrt(x)^2 + y^2",
    "sqrt(abs(x)) + abs(y)",
]


def slope(text, *point):
    formula = parse(text)
    return jax.grad(lambda place: formula.value(x=place[0], y=place[1]))(jnp.array(point, float))


@pytest.mark.parametrize("text", MINIMA)
def test_at_a_minimum_it_is_0_and_second_derivatives_are_numbers(text):
    formula = parse(text)
    value = lambda place: formula.value(x=place[0], y=place[1])  # noqa: E731
    nought = jnp.zeros(2)
    np.testing.assert_array_equal(jax.grad(value)(nought), [0.0, 0.0])
    assert np.isfinite(jax.hessian(value)(nought)).all()


@pytest.mark.parametrize(
    ("text", "point", "expected"),
    [
        # The point is a kink but no minimum: the mean of the one-sided slopes.
        ("sqrt(x^2 + y^2) + 2x", (0, 0), (2, 0)),
        ("abs(x) + 0.5x + y^2", (0, 0.3), (0.5, 0.6)),
        ("(x - 0.3)^2/2 + abs(x) + y^2", (0, 0.01), (-0.3, 0.02)),
        ("max(abs(x), abs(y))", (1, 1), (0.5, 0.5)),
        ("max(2x - y, 2y - x)", (1, 1), (0.5, 0.5)),
        # A bowl along a crease has its own slope, however small.
        ("abs(x) + y^2", (0, 1e-8), (0, 2e-8)),
        # At the end of what is defined it is infinite, and where two sides differ by no kink there is none.
        ("sqrt(x) + y^2", (0, 1), (np.inf, 2)),
        ("cbrt(x^3) + y^2", (0, 0), (np.nan, 0)),
        # Beside the tip it is that of the formula.
        ("hypot(x, y)", (3, 4), (0.6, 0.8)),
        ("hypot(x, y)", (3e300, 4e300), (0.6, 0.8)),
    ],
)
def test_elsewhere_it_is_that_of_both_sides(text, point, expected):
    np.testing.assert_allclose(slope(text, *point), expected, rtol=1e-15)


def test_second_derivatives_beside_a_tip_are_those_of_a_cone():
    formula = parse("hypot(x, y)")
    found = jax.hessian(lambda place: formula.value(x=place[0], y=place[1]))(jnp.array([3.0, 4.0]))
    np.testing.assert_allclose(found, np.array([[16.0, -12.0], [-12.0, 9.0]]) / 125, rtol=1e-13)


FUNCTIONS = {
    "hypot": jnp.hypot,
    "norm": lambda x, y: jnp.linalg.norm(jnp.stack([x, y]), axis=0),
    "abs": lambda x, y: jnp.abs(x) + jnp.abs(y) + 0.25 * x,
    "relu": lambda x, y: jax.nn.relu(x) + jax.nn.relu(-2 * x) + y**2,
    "loop": lambda x, y: jax.lax.fori_loop(0, 3, lambda _, total: total + jnp.abs(x), 0.0 * x) + jnp.sqrt(y**2),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_written_in_jax_have_it_too(name):
    value = with_subgradient(FUNCTIONS[name])
    x, y = np.random.default_rng(5).normal(size=(2, 50))
    along = jax.vmap(jax.grad(value, argnums=(0, 1)))
    np.testing.assert_allclose(value(x, y), FUNCTIONS[name](jnp.asarray(x), jnp.asarray(y)), rtol=0, atol=0)
    expected = jax.vmap(jax.grad(FUNCTIONS[name], argnums=(0, 1)))(x, y)
    np.testing.assert_allclose(along(x, y), expected, rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(jax.jit(along)(np.zeros(3), np.zeros(3)), np.zeros((2, 3)))


def test_what_has_no_kink_is_left_as_it_is():
    smooth = lambda x, y, *, a: jnp.sin(x) * jnp.exp(a * y)  # noqa: E731
    names = [one.primitive.name for one in jax.make_jaxpr(with_subgradient(smooth))(1.0, 2.0, a=3.0).jaxpr.eqns]
    assert "custom_jvp_call" not in names


def test_what_a_function_brings_along_counts_all_around():
    def slope_at_nought(heights):
        value = with_subgradient(lambda x, y: heights[0] * jnp.maximum(x, -2 * x) + heights[1] * y**2)
        return jax.grad(value)(0.0, 0.0)

    # Upside down it is no minimum, and the mean of 1 and -2 remains.
    slopes = jax.jit(jax.vmap(slope_at_nought))(jnp.array([[1.0, 1.0], [-1.0, 1.0]]))
    np.testing.assert_array_equal(slopes, [0.0, 0.5])
