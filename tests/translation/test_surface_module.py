"""A surface's module has the values, slopes and curvatures that JAX has."""

from dataclasses import replace
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import Phase, given, settings

from fall_line.formulas.parser import parse
from fall_line.translation.derivative import UNKNOWN, derivatives
from fall_line.translation.surface import FUNCTIONS, surface_module
from landscapes import SURFACES
from tests.formulas.test_formula_values import FORMULAS
from tests.translation.programs import derivatives_at

ORDERS = ((0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2))


def by_jax(surface, points, parameters):
    chosen = {hyper.key: value for hyper, value in zip(surface.parameters, parameters, strict=True)}
    made = derivatives(lambda x, y: surface.value(x, y, **chosen), 2)
    x, y = jnp.asarray(points).T
    return np.stack([jax.jit(jax.vmap(made[order]))(x, y) for order in ORDERS], axis=1)


def check(found, expected, tolerance):
    """Relative to the greatest of its kind, since what cancels is rounded as what it is made of."""
    scale = np.nanmax(np.where(np.isfinite(expected), np.abs(expected), 0), axis=0) + 1e-300
    np.testing.assert_allclose(found / scale, expected / scale, rtol=tolerance, atol=tolerance)


def test_listed_surfaces():
    generator = np.random.default_rng(4)
    points, parameters = {}, {}
    for key, surface in SURFACES.items():
        x_low, x_high, y_low, y_high = surface.domain
        points[key] = generator.uniform((x_low, y_low), (x_high, y_high), (200, 2)).tolist()
        parameters[key] = [generator.uniform(hyper.low, hyper.high) for hyper in surface.parameters]
    found = derivatives_at({key: surface_module(one) for key, one in SURFACES.items()}, points, parameters)
    for key, surface in SURFACES.items():
        check(found[key], by_jax(surface, points[key], parameters[key]), 1e-12)


@cache
def formulas():
    """Return 2000 different formulas of the grammar that tests/formulas grows, always the same ones, in any order."""
    texts = set()

    @settings(derandomize=True, deadline=None, max_examples=4000, database=None, phases=[Phase.generate])
    @given(FORMULAS)
    def collect(text):
        texts.add(text)

    collect()
    return [str(text) for text in np.random.default_rng(6).permutation(sorted(texts))[:2000]]


def as_surface(text):
    formula = parse(text)
    return replace(
        UNKNOWN, key=text, value=lambda x, y, **p: formula.value(x=x, y=y, **p), parameters=formula.parameters
    )


@pytest.mark.parametrize(
    ("first", "last"), [(0, 40), *(pytest.param(k, k + 100, marks=pytest.mark.thorough) for k in range(0, 2000, 100))]
)
def test_typed_formulas(first, last, monkeypatch):
    """Values and slopes; curvatures, which take longest to trace, are compared on listed surfaces and at kinks."""
    monkeypatch.delitem(FUNCTIONS, "curvature")
    surfaces = {text: as_surface(text) for text in formulas()[first:last]}
    assert len(surfaces) == last - first
    points = np.random.default_rng(5).uniform(-1.5, 1.5, (6, 2)).tolist()
    parameters = {text: [1.3] * len(one.parameters) for text, one in surfaces.items()}
    modules = {text: surface_module(one) for text, one in surfaces.items()}
    found = derivatives_at(modules, dict.fromkeys(surfaces, points), parameters)

    def all_at_once(x, y):  # compiled once, which takes half as long as one by one
        return [value_and_slope(one, parameters[text], x, y) for text, one in surfaces.items()]

    expected = jax.jit(jax.vmap(all_at_once))(*jnp.asarray(points).T)
    for text, one in zip(surfaces, expected, strict=True):
        check(found[text][:, :3], np.asarray(one), 1e-12)


def value_and_slope(surface, parameters, x, y):
    chosen = {hyper.key: value for hyper, value in zip(surface.parameters, parameters, strict=True)}
    value, slope = jax.value_and_grad(lambda a, b: surface.value(a, b, **chosen), argnums=(0, 1))(x, y)
    return jnp.stack([value, *slope])


SPECIAL = {
    "erf(x)": (-7.0, -2.6, -2.4, -1e-9, 0.0, 0.5, 2.49, 2.51, 6.0),
    "x^y": (0.5, 1.0, 2.0),
    "round(x)": (-2.5, -0.5, 0.5, 1.5, 2.5, 2.4),
    "sigmoid(x)": (-800.0, -1.0, 800.0),
    "cbrt(x)": (-8.0, 27.0),
    "hypot(x, y)": (3.0, -4.0),
    "max(x, 0.5)": (-1.0, 0.5, 2.0),
    "log(x)": (-1.0, 0.0, 2.0),
    "softplus(x)": (-750.0, 750.0),
}


@pytest.mark.parametrize("text", SPECIAL)
def test_functions_at_special_places(text):
    """NaN and the infinities included."""
    surface = as_surface(text)
    points = [[x, 2.5] for x in SPECIAL[text]]
    found = derivatives_at({text: surface_module(surface)}, {text: points}, {text: []})[text][:, 0]
    np.testing.assert_allclose(found, surface.value(*jnp.asarray(points).T), rtol=1e-14, atol=1e-300)


KINKED = (
    "abs(x) + abs(y)",
    "abs(x) + 0.5x + y^2",
    "max(x, -2x) + a*abs(y)",
    "sqrt(x^2 + y^2)",
    "hypot(x - 1, y)",
    "max(abs(x), abs(y))",
    "abs(abs(x) - 1) + sqrt(abs(y))",
    "min(sqrt(x^2 + y^2), sqrt((x - 1)^2 + abs(y)))",
)


def test_slopes_at_kinks_are_those_of_the_server():
    """At creases, at tips and beside them: where it is looked all around whether the point is a minimum."""
    surfaces = {text: as_surface(text) for text in KINKED}
    points = [[x, y] for x in (-1.0, 0.0, 0.5, 1.0) for y in (-1.0, 0.0, 0.5)]
    parameters = {text: [1.3] * len(one.parameters) for text, one in surfaces.items()}
    modules = {text: surface_module(one) for text, one in surfaces.items()}
    found = derivatives_at(modules, dict.fromkeys(surfaces, points), parameters)
    for text, one in surfaces.items():
        np.testing.assert_allclose(found[text], by_jax(one, points, parameters[text]), rtol=1e-13, err_msg=text)


def test_directions_around_a_kink_are_not_written_out():
    sizes = {text: len(surface_module(as_surface(text))) for text in KINKED}
    assert max(sizes.values()) < 16_000, sizes
