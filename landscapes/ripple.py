"""A smooth bowl under fine ripples."""

import jax.numpy as jnp
from jax import Array

from landscapes import _article
from landscapes.surface import Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return (x**2 + y**2) / 3 + (jnp.sin(20 * x) ** 2 + jnp.sin(20 * y) ** 2) / 15


ripple = Surface(
    key="ripple",
    label="Ripple",
    value=value,
    domain=_article.VIEW,
    start=_article.START,
    # Only the global minimum: the ripples make hundreds of others.
    minima=(Minimum(0.0, 0.0, 0.0),),
    formula=r"\tfrac13(x^2+y^2) + \tfrac1{15}(\sin^2 20x + \sin^2 20y)",
    lesson="Near the bottom the ripples are steeper than the bowl: short steps stop in one, long ones pass over many.",
    also=("many local minima", "rough", "noisy", "waves", "bowl"),
    source=_article.SOURCE,
    levels=_article.LEVELS,
)
