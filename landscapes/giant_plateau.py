"""A pit in a plain that is almost flat."""

import jax.numpy as jnp
from jax import Array

from landscapes import _article
from landscapes.surface import Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return 4 * (1 - jnp.exp(-(x**2 + y**2)))


giant_plateau = Surface(
    key="giant_plateau",
    label="Giant plateau",
    value=value,
    domain=_article.VIEW,
    start=_article.START,
    minima=(Minimum(0.0, 0.0, 0.0),),
    formula=r"4\left(1 - e^{-(x^2+y^2)}\right)",
    lesson="The slope at the start is nearly zero: only a method that rescales it can cross the plain.",
    also=("flat", "vanishing gradient", "plain", "hole"),
    source=_article.SOURCE,
    levels=_article.LEVELS,
)
