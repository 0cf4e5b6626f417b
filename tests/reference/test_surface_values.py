"""The surfaces against their published formulas, written a second time in NumPy, and against known numbers."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from numpy import cos, exp, pi, sin, sqrt

from landscapes import SURFACES

jax.config.update("jax_enable_x64", True)

ARTICLE = {
    "simple_quad": lambda x, y: x * x + y * y,
    "wobbly": lambda x, y: (
        (x * x + y * y) / 3
        + abs(x) * sqrt(abs(x) + 0.1)
        + 3 * sin(x + y)
        + 3
        + 8 * exp(-2 * ((x + 1) ** 2 + (y + 2) ** 2))
    ),
    "basins_and_walls": lambda x, y: (x * x + y * y) / 2 + sin(4 * x) ** 2,
    "ripple": lambda x, y: (x * x + y * y) / 3 + (sin(20 * x) ** 2 + sin(20 * y) ** 2) / 15,
    "giant_plateau": lambda x, y: 4 * (1 - exp(-(x * x + y * y))),
    "hills_and_canyon": lambda x, y: (
        (x * x + y * y) / 3
        + 3 * exp(-((x + 1) ** 2 + (y + 2) ** 2))
        + exp(-1.5 * (2 * (x + 2) ** 2 + (y - 0.5) ** 2))
        + 3 * exp(-1.5 * ((x - 1) ** 2 + 2 * (y + 1.5) ** 2))
        + 1.5 * exp(-((x + 1.5) ** 2 + 3 * (y + 0.5) ** 2))
        + 4 * (1 - exp(-((x + y) ** 2)))
    ),
    "bad_init": lambda x, y: 4 - 0.5 * exp(-((x + 2.5) ** 2 + (y + 2.5) ** 2)) - 3 * exp(-(x * x + y * y)),
}


def levy_13(x, y):
    return sin(3 * pi * x) ** 2 + (x - 1) ** 2 * (1 + sin(3 * pi * y) ** 2) + (y - 1) ** 2 * (1 + sin(2 * pi * y) ** 2)


def goldstein_price(x, y):
    left = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x * x - 14 * y + 6 * x * y + 3 * y * y)
    right = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x * x + 48 * y - 36 * x * y + 27 * y * y)
    return left * right


STANDARD = {
    "rosenbrock": lambda x, y: 100 * (y - x * x) ** 2 + (x - 1) ** 2,
    "himmelblau": lambda x, y: (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2,
    "beale": lambda x, y: sum((c - x * (1 - y**k)) ** 2 for k, c in enumerate((1.5, 2.25, 2.625), start=1)),
    "booth": lambda x, y: 5 * x * x + 5 * y * y + 8 * x * y - 34 * x - 38 * y + 74,
    "matyas": lambda x, y: 0.02 * (x * x + y * y) + 0.24 * (x - y) ** 2,
    "rastrigin": lambda x, y: sum(z * z + 10 - 10 * cos(2 * pi * z) for z in (x, y)),
    "ackley": lambda x, y: (
        -20 * exp(-0.2 * sqrt(0.5 * (x * x + y * y))) - exp(0.5 * (cos(2 * pi * x) + cos(2 * pi * y))) + exp(1.0) + 20
    ),
    "styblinski_tang": lambda x, y: sum(0.5 * (z**4 - 16 * z**2 + 5 * z) for z in (x, y)),
    "six_hump_camel": lambda x, y: 4 * x**2 - 2.1 * x**4 + x**6 / 3 + x * y - 4 * y**2 + 4 * y**4,
    "three_hump_camel": lambda x, y: 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2,
    "goldstein_price": goldstein_price,
    "mccormick": lambda x, y: sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1,
    "levy_13": levy_13,
    "easom": lambda x, y: -cos(x) * cos(y) * exp(-((x - pi) ** 2) - (y - pi) ** 2),
    "saddle": lambda x, y: (x - y) * (x + y),
}

# Found by BFGS from a 35×35 grid of starts.
SEARCHED_MINIMA = {
    "wobbly": [(-0.1724209432, -0.9063018460, 0.9155064452), (0.8960932753, 3.0665469784, 5.1009919736)],
    "basins_and_walls": [
        (0.0, 0.0, 0.0),
        (0.7614565323, 0.0, 0.2990512496),
        (-0.7614565323, 0.0, 0.2990512496),
        (1.5220040759, 0.0, 1.1958579532),
        (-1.5220040759, 0.0, 1.1958579532),
        (2.2803672885, 0.0, 2.6892469929),
        (-2.2803672885, 0.0, 2.6892469929),
    ],
    "giant_plateau": [(0.0, 0.0, 0.0)],
    "hills_and_canyon": [
        (-0.0404194469, 0.0719737285, 0.0897167129),
        (1.9291459357, -1.9214576920, 2.9542752012),
        (-2.0341939934, -1.0818787630, 6.6440549392),
    ],
    "bad_init": [(-0.0000015528, -0.0000015528, 0.9999981367), (-2.4999440702, -2.4999440702, 3.4999888169)],
}


def points_in(surface, count=400):
    box = surface.domain
    rng = np.random.default_rng(1)
    return rng.uniform(box.x_low, box.x_high, count), rng.uniform(box.y_low, box.y_high, count)


def assert_same(ours, theirs):
    """Equal to 1e-12 of the value, or of 1 where terms cancel to less than that."""
    assert (np.abs(np.asarray(ours) - theirs) <= 1e-12 * np.maximum(1, np.abs(theirs))).all()


@pytest.mark.parametrize(("key", "formula"), (ARTICLE | STANDARD).items(), ids=ARTICLE | STANDARD)
def test_value_equals_the_published_formula(key, formula):
    surface = SURFACES[key]
    x, y = points_in(surface)
    assert_same(surface.value(jnp.asarray(x), jnp.asarray(y)), formula(x, y))


@pytest.mark.parametrize("condition_number", [1.0, 10.0, 1000.0])
@pytest.mark.parametrize("angle", [-90.0, 0.0, 30.0])
def test_rotated_quadratic_equals_its_matrix_form(condition_number, angle):
    surface = SURFACES["rotated_quadratic"]
    x, y = points_in(surface)
    turn = angle * pi / 180
    axes = np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]])
    matrix = axes @ np.diag([1 / condition_number, 1]) @ axes.T
    points = np.stack([x, y])
    expected = np.einsum("ip,ij,jp->p", points, matrix, points) / 2
    ours = surface.value(jnp.asarray(x), jnp.asarray(y), condition_number=condition_number, angle=angle)
    assert_same(ours, expected)


def test_every_surface_has_a_second_writing():
    assert set(SURFACES) == {*ARTICLE, *STANDARD, "rotated_quadratic"}


@pytest.mark.parametrize(("key", "found"), SEARCHED_MINIMA.items(), ids=SEARCHED_MINIMA)
def test_minima_equal_those_of_an_independent_search(key, found):
    for x, y, loss in found:
        nearest = min(SURFACES[key].minima, key=lambda m: np.hypot(m.x - x, m.y - y))
        # The search stopped a few 1e-9 short; the loss there is flat, and so is known better than the place.
        assert (nearest.x, nearest.y) == pytest.approx((x, y), rel=0, abs=1e-8)
        assert nearest.loss == pytest.approx(loss, rel=0, abs=1e-9)


@pytest.mark.parametrize("key", ARTICLE)
def test_view_start_and_levels_are_the_article_s(key):
    surface = SURFACES[key]
    assert surface.domain == (-3.0, 3.0, -3.0, 3.0)
    assert surface.start == (-2.8, -2.5)
    published = [*np.arange(-2, 6, 0.25), 6.25, 6.5, 6.75, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]
    assert list(surface.levels) == published
