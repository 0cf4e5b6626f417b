"""What every surface promises, whichever it is."""

import importlib
import itertools
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from scipy.optimize import minimize

from landscapes import SURFACES, Box, Surface

jax.config.update("jax_enable_x64", True)

# These have a hundred local minima or more, and list the global one alone.
RIPPLED = {"ackley", "levy_13", "rastrigin", "ripple"}


def settings_of(surface):
    """Every combination of the least, the default and the greatest value of each parameter."""
    choices = [[(h.key, float(number)) for number in (h.low, h.default, h.high)] for h in surface.parameters]
    return [dict(choice) for choice in itertools.product(*choices)]


def at(surface, settings):
    return lambda x, y: surface.value(x, y, **settings)


MOST = 201 * 201 + 2 * 201 + 5  # points whose gradient is asked for at once


@cache
def slopes(surface):
    """The gradient of a surface at that many points, compiled once for all its settings."""
    slope = jax.grad(lambda point, settings: surface.value(*point, **settings))
    return jax.jit(jax.vmap(slope, in_axes=(0, None)))


def gradients(surface, settings, x, y):
    points = np.stack([np.ravel(x), np.ravel(y)], axis=-1).astype(float)
    found = slopes(surface)(np.resize(points, (MOST, 2)), settings)
    return np.asarray(found)[: len(points)].T


@cache
def curvature(surface):
    """The matrix of second derivatives at a point, compiled once for all settings of the surface."""
    return jax.jit(jax.hessian(lambda point, settings: surface.value(*point, **settings)))


def grid(box: Box, count: int):
    return np.meshgrid(np.linspace(box.x_low, box.x_high, count), np.linspace(box.y_low, box.y_high, count))


def enlarged(box: Box, part: float) -> Box:
    dx, dy = part * (box.x_high - box.x_low), part * (box.y_high - box.y_low)
    return Box(box.x_low - dx, box.x_high + dx, box.y_low - dy, box.y_high + dy)


def inside(box: Box, x, y):
    return (box.x_low <= x) & (x <= box.x_high) & (box.y_low <= y) & (y <= box.y_high)


def random_points(box: Box, count: int):
    rng = np.random.default_rng(20)
    return rng.uniform(box.x_low, box.x_high, count), rng.uniform(box.y_low, box.y_high, count)


every_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)
every_setting = pytest.mark.parametrize(
    ("surface", "settings"),
    [
        pytest.param(surface, settings, id="-".join([surface.key, *map(str, settings.values())]))
        for surface in SURFACES.values()
        for settings in settings_of(surface)
    ],
)
every_minimum = pytest.mark.parametrize(
    ("surface", "settings", "minimum"),
    [
        pytest.param(surface, settings, minimum, id="-".join(map(str, [surface.key, i, *settings.values()])))
        for surface in SURFACES.values()
        for settings in settings_of(surface)
        for i, minimum in enumerate(surface.minima)
    ],
)


@every_surface
def test_is_named_like_its_module(surface):
    module = importlib.import_module(f"landscapes.{surface.key}")
    assert getattr(module, surface.key) is surface


def test_labels_differ():
    assert len({surface.label for surface in SURFACES.values()}) == len(SURFACES)


@every_setting
def test_starts_on_a_slope_inside_the_domain(surface, settings):
    assert inside(surface.domain, *surface.start)
    assert np.linalg.norm(gradients(surface, settings, *surface.start)) > 1e-6


@every_minimum
def test_minimum_is_stationary_and_curves_upward(surface, settings, minimum):
    point = jnp.array([minimum.x, minimum.y])
    curvatures = np.linalg.eigvalsh(curvature(surface)(point, settings))
    assert curvatures[0] >= -1e-9 * curvatures[1]
    # A coordinate off by one part in 10⁹ leaves a slope of about that times the steepest curvature.
    assert np.linalg.norm(gradients(surface, settings, minimum.x, minimum.y)) < 1e-9 * max(1.0, curvatures[1])


@every_minimum
def test_minimum_states_its_loss(surface, settings, minimum):
    assert float(at(surface, settings)(jnp.array(minimum.x), jnp.array(minimum.y))) == pytest.approx(
        minimum.loss, rel=0, abs=1e-9
    )
    assert inside(enlarged(surface.domain, 0.1), minimum.x, minimum.y)


@pytest.mark.parametrize("surface", [s for s in SURFACES.values() if len(s.minima) > 1], ids=lambda s: s.key)
def test_minima_come_lowest_first_and_once(surface):
    losses = [minimum.loss for minimum in surface.minima]
    assert losses == sorted(losses)
    for one, other in itertools.combinations(surface.minima, 2):
        assert np.hypot(one.x - other.x, one.y - other.y) > 1e-3


@pytest.mark.parametrize(
    ("surface", "settings"),
    [(surface, settings) for surface in SURFACES.values() if surface.minima for settings in settings_of(surface)],
    ids=lambda part: part.key if isinstance(part, Surface) else "-".join(map(str, part.values())),
)
def test_nothing_in_the_domain_is_lower_than_the_first_minimum(surface, settings):
    x, y = grid(surface.domain, 401)
    assert np.min(at(surface, settings)(jnp.asarray(x), jnp.asarray(y))) >= surface.minima[0].loss - 1e-9


@pytest.mark.parametrize("surface", [s for s in SURFACES.values() if s.key not in RIPPLED], ids=lambda s: s.key)
def test_every_minimum_in_the_domain_is_listed(surface):
    settings = {h.key: float(h.default) for h in surface.parameters}
    value = at(surface, settings)
    x, y = grid(surface.domain, 401)
    losses = np.asarray(value(jnp.asarray(x), jnp.asarray(y)))
    neighbours = [
        losses[1 + i : 400 + i, 1 + j : 400 + j] for i, j in itertools.product((-1, 0, 1), repeat=2) if (i, j) != (0, 0)
    ]
    dips = np.all([losses[1:-1, 1:-1] <= other for other in neighbours], axis=0)
    slope = jax.jit(jax.value_and_grad(lambda p: value(p[0], p[1])))
    for start in zip(x[1:-1, 1:-1][dips], y[1:-1, 1:-1][dips], strict=True):
        end = minimize(slope, np.array(start), jac=True, method="BFGS", options={"gtol": 1e-9}).x
        # A dip of the grid may be a saddle point of the surface, where the search then stays.
        if inside(surface.domain, *end) and np.linalg.eigvalsh(curvature(surface)(end, settings))[0] > 0:
            assert min(np.hypot(end[0] - m.x, end[1] - m.y) for m in surface.minima) < 1e-4


def test_rippled_surfaces_exist():
    assert set(SURFACES) >= RIPPLED


@every_setting
def test_gradient_is_finite_everywhere(surface, settings):
    box = surface.domain
    x, y = grid(box, 201)
    along_x, along_y = np.linspace(box.x_low, box.x_high, 201), np.linspace(box.y_low, box.y_high, 201)
    nought = np.zeros(201)
    corners = np.array(list(itertools.product((box.x_low, box.x_high), (box.y_low, box.y_high))))
    x = np.concatenate([x.ravel(), along_x, nought, [0.0], corners[:, 0]])
    y = np.concatenate([y.ravel(), nought, along_y, [0.0], corners[:, 1]])
    assert np.isfinite(gradients(surface, settings, x, y)).all()


@every_setting
def test_gradient_equals_central_differences(surface, settings):
    value = at(surface, settings)
    x, y = random_points(surface.domain, 300)

    def difference(h):
        ends = [value(x + h, y), value(x - h, y), value(x, y + h), value(x, y - h)]
        right, left, up, down = map(np.asarray, ends)
        return np.stack([right - left, up - down]) / (2 * h)

    # The difference over h errs by h²/6 times the third derivative, and the one over 2h by four times as much, so
    # their distance is three times the error. Beside it stands rounding: about a hundred roundings a value, over h.
    h = 1e-4
    near, far = difference(h), difference(2 * h)
    rounding = 100 * np.finfo(float).eps * (1 + np.abs(np.asarray(value(x, y)))) / h
    assert (np.abs(gradients(surface, settings, x, y) - near) <= np.abs(far - near) + rounding).all()


@every_setting
def test_value_is_elementwise(surface, settings):
    value = at(surface, settings)
    x, y = (part.reshape(3, 4) for part in random_points(surface.domain, 12))
    together = value(jnp.asarray(x), jnp.asarray(y))
    assert together.shape == (3, 4)
    assert together.dtype == jnp.float64
    one_by_one = [float(value(jnp.asarray(a), jnp.asarray(b))) for a, b in zip(x.flat, y.flat, strict=True)]
    np.testing.assert_allclose(np.ravel(together), one_by_one, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("surface", [s for s in SURFACES.values() if s.levels is not None], ids=lambda s: s.key)
def test_levels_increase(surface):
    assert len(surface.levels) > 1
    assert (np.diff(surface.levels) > 0).all()


@every_surface
def test_formula_is_closed(surface):
    assert surface.formula.strip()
    assert "$" not in surface.formula
    for opening, closing in ("{}", "()"):
        depths = np.cumsum([(sign == opening) - (sign == closing) for sign in surface.formula])
        assert depths.min() >= 0
        assert depths[-1] == 0
    assert surface.formula.count(r"\left") == surface.formula.count(r"\right")


@every_surface
def test_says_in_a_sentence_what_to_see(surface):
    assert surface.lesson.endswith(".")
    assert all(word and word == word.strip() for word in surface.also)
    assert surface.also
    assert surface.label
    assert surface.source
