"""A round bowl: the simplest surface there is."""

from jax import Array

from landscapes import _article
from landscapes.surface import Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return x**2 + y**2


simple_quad = Surface(
    key="simple_quad",
    label="Simple quadratic",
    value=value,
    domain=_article.VIEW,
    start=_article.START,
    minima=(Minimum(0.0, 0.0, 0.0),),
    formula=r"x^2 + y^2",
    lesson="A round bowl has no traps: methods differ only in how fast they arrive and how far they overshoot.",
    also=("bowl", "parabola", "paraboloid", "sphere", "convex", "round"),
    source=_article.SOURCE,
    levels=_article.LEVELS,
)
