"""Values and slopes of typed formulas against NumPy in extended precision and against the built-in surfaces."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fall_line.formulas import parse
from fall_line.formulas.evaluation import evaluate
from fall_line.formulas.functions import FUNCTIONS
from landscapes import SURFACES

TYPED = {
    "simple_quad": "x^2 + y^2",
    "ripple": "(x^2 + y^2)/3 + (sin(20x)^2 + sin(20y)^2)/15",
    "basins_and_walls": "(x^2 + y^2)/2 + sin(4x)^2",
    "bad_init": "4 - 0.5*exp(-((x+2.5)^2 + (y+2.5)^2)) - 3*exp(-(x^2+y^2))",
    "giant_plateau": "4*(1 - e^(-(x²+y²)))",
    "hills_and_canyon": (
        "(x^2+y^2)/3 + 3exp(-((x+1)^2 + (y+2)^2)) + exp(-1.5*(2*(x+2)^2 + (y-0.5)^2))"
        " + 3exp(-1.5*((x-1)^2 + 2*(y+1.5)^2)) + 1.5exp(-((x+1.5)^2 + 3*(y+0.5)^2)) + 4*(1 - exp(-(x+y)^2))"
    ),
    "wobbly": "(x^2+y^2)/3 + abs(x)*sqrt(abs(x)+0.1) + 3sin(x+y) + 3 + 8exp(-2*((x+1)^2 + (y+2)^2))",
}


def slopes(formula, x, y, **parameters):
    total = lambda x, y: formula.value(x=x, y=y, **parameters).sum()  # noqa: E731
    return [np.asarray(one) for one in jax.grad(total, argnums=(0, 1))(jnp.asarray(x), jnp.asarray(y))]


def test_the_article_s_surfaces_are_all_typed():
    article = {key for key, one in SURFACES.items() if "The article" in one.source}
    assert set(TYPED) == article


@pytest.mark.parametrize("key", TYPED)
def test_the_article_s_surfaces_are_the_same_when_typed(key):
    x, y = np.random.default_rng(3).uniform(-3, 3, (2, 1000))
    formula, surface = parse(TYPED[key]), SURFACES[key]
    np.testing.assert_allclose(
        formula.value(x=x, y=y), surface.value(jnp.asarray(x), jnp.asarray(y)), rtol=1e-12, atol=1e-12
    )
    total = lambda x, y: surface.value(x, y).sum()  # noqa: E731
    built_in = jax.grad(total, argnums=(0, 1))(jnp.asarray(x), jnp.asarray(y))
    np.testing.assert_allclose(slopes(formula, x, y), built_in, rtol=1e-12, atol=1e-12)


# Smooth everywhere and not steeper than a few per unit, so that differences are a sharp test.
BOUNDED = ["sin", "cos", "tanh", "atan", "sigmoid", "softplus", "asinh", "erf"]


def grown(inner):
    pairs = st.tuples(inner, inner)
    return st.one_of(
        st.tuples(st.sampled_from(BOUNDED), inner).map(lambda parts: f"{parts[0]}({parts[1]})"),
        pairs.map(lambda parts: f"{parts[0]} + {parts[1]}"),
        pairs.map(lambda parts: f"{parts[0]} - ({parts[1]})"),
        pairs.map(lambda parts: f"({parts[0]})*({parts[1]})"),
        pairs.map(lambda parts: f"({parts[0]})/(1 + ({parts[1]})^2)"),
        st.tuples(inner, st.integers(2, 3)).map(lambda parts: f"sin({parts[0]})^{parts[1]}"),
        inner.map(lambda part: f"exp(-({part})^2)"),
        inner.map(lambda part: f"sqrt(1 + ({part})^2)"),
        pairs.map(lambda parts: f"where(x > 0.3, {parts[0]}, {parts[1]})"),
        pairs.map(lambda parts: f"hypot({parts[0]}, 1 + ({parts[1]})²)"),
    )


FORMULAS = st.recursive(st.sampled_from(["x", "y", "a", "2x", "0.7", "x*y", "-y", "π", "x²"]), grown, max_leaves=6)
POINTS = np.random.default_rng(9).uniform(-1.5, 1.5, (2, 8)).astype(np.longdouble)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(FORMULAS)
def test_slopes_equal_central_differences(text):
    """Differences of NumPy's values in extended precision; of order four, so that the error is about 1e-12."""
    formula = parse(text)
    # SciPy has these in double precision alone.
    exact = "erf" not in text and "sigmoid" not in text
    x, y = POINTS if exact else POINTS.astype(float)
    parameters = {hyper.key: 1.3 for hyper in formula.parameters}
    h = np.longdouble(1e-4 if exact else 1e-3)

    def at(x, y):
        with np.errstate(all="ignore"):
            return np.broadcast_to(evaluate(formula.tree, {"x": x, "y": y, **parameters}, np), x.shape)

    def difference(dx, dy):
        near = at(x + dx, y + dy) - at(x - dx, y - dy)
        far = at(x + 2 * dx, y + 2 * dy) - at(x - 2 * dx, y - 2 * dy)
        return (8 * near - far) / (12 * h)

    found = slopes(formula, x.astype(float), y.astype(float), **parameters)
    expected = [difference(h, 0).astype(float), difference(0, h).astype(float)]
    tolerance = 1e-9 if exact else 1e-6
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance * (1 + float(np.abs(at(x, y)).max())))


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "where"])
def test_jax_and_numpy_agree_on_every_function(name):
    count = len(FUNCTIONS[name].arguments)
    formula = parse(f"{name}({', '.join(['x', 'y'][:count])})")
    x, y = np.random.default_rng(1).uniform(-2.5, 2.5, (2, 200))
    np.testing.assert_allclose(formula.value(x=x, y=y), formula.numpy(x=x, y=y), rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize(
    ("text", "x", "slope", "curvature"),
    [
        ("x^2", -1.0, -2.0, 2.0),
        ("x^2", 0.0, 0.0, 2.0),
        ("x^3", -2.0, 12.0, -12.0),
        ("x^(4/2)", 0.0, 0.0, 2.0),
        ("x^a", -1.0, -2.0, 2.0),
        ("x^a", 0.0, 0.0, 2.0),
        ("x^1.5", 0.0, 0.0, np.inf),
        ("x^-1", 2.0, -0.25, 0.25),
        ("x^0", 0.0, 0.0, 0.0),
        ("abs(x)", 0.0, 0.0, 0.0),
        ("relu(x)", 0.0, 0.0, 0.0),
        ("floor(x)", 0.3, 0.0, 0.0),
        ("x^0.5", 0.0, np.inf, -np.inf),
        ("sqrt(x^2 + y^2)", 0.0, 0.0, 0.0),
        ("where(x > 0, sqrt(x), 0)", -1.0, 0.0, 0.0),
        ("where(x > 0, sqrt(x), 0)", 0.0, 0.0, 0.0),
        ("where(x > 0, log(x), x^2)", -1.0, -2.0, 2.0),
        ("where(x == 0, 1, sin(x)/x)", 0.0, 0.0, 0.0),
        ("max(x, x^2)", 2.0, 4.0, 2.0),
        ("softplus(x)", 800.0, 1.0, 0.0),
        ("sigmoid(x)", -800.0, 0.0, 0.0),
    ],
)
def test_slopes_at_special_places(text, x, slope, curvature):
    formula = parse(text)
    parameters = {hyper.key: 2.0 for hyper in formula.parameters}
    value = lambda p: formula.value(x=p[0], y=p[1], **parameters)  # noqa: E731
    point = jnp.array([x, 0.0])
    assert float(jax.grad(value)(point)[0]) == pytest.approx(slope, nan_ok=True)
    assert float(jax.hessian(value)(point)[0, 0]) == pytest.approx(curvature, nan_ok=True)


def test_an_unchosen_branch_leaves_no_trace_in_derivatives_of_any_order():
    value = lambda x: parse("where(x > 0, sqrt(x), x^3)", ("x",)).value(x=x)  # noqa: E731
    assert float(jax.grad(jax.grad(jax.grad(value)))(-2.0)) == 6.0
    np.testing.assert_array_equal(jax.vmap(jax.jit(jax.grad(value)))(jnp.array([-2.0, 0.0, 4.0])), [12.0, 0.0, 0.25])


def test_slopes_in_parameters_are_there_too():
    value = lambda a: parse("where(x > 0, a^2*x, y)").value(x=3.0, y=1.0, a=a)  # noqa: E731
    assert float(jax.grad(value)(2.0)) == 12.0


@pytest.mark.parametrize("text", ["x", "y", "3", "a", "x + y", "where(1 < 2, 3, x)"])
def test_values_have_the_shape_of_what_comes_in(text):
    formula = parse(text)
    values = formula.value(x=jnp.ones((3, 4)), y=jnp.ones((3, 4)), **{hyper.key: 1.0 for hyper in formula.parameters})
    assert (values.shape, values.dtype) == ((3, 4), jnp.float64)
