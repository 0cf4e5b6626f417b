"""A shallow pit around the start, and a deep one far away."""

import jax.numpy as jnp
from jax import Array

from landscapes import _article
from landscapes.surface import Minimum, Surface


def value(x: Array, y: Array) -> Array:
    shallow = 0.5 * jnp.exp(-((x + 2.5) ** 2 + (y + 2.5) ** 2))
    deep = 3 * jnp.exp(-(x**2 + y**2))
    return 4 - shallow - deep


bad_init = Surface(
    key="bad_init",
    label="Bad initialization",
    value=value,
    domain=_article.VIEW,
    start=_article.START,
    minima=(
        Minimum(-1.5527953021231566e-06, -1.5527953021231566e-06, 0.999998136658947),
        Minimum(-2.499944070180304, -2.499944070180304, 3.4999888169140183),
    ),
    formula=r"4 - 0.5e^{-((x+2.5)^2+(y+2.5)^2)} - 3e^{-(x^2+y^2)}",
    lesson="The shallow pit around the start holds every method: a bad start can cost more than a bad optimizer.",
    also=("bad start", "initialisation", "local minimum", "plateau", "two minima"),
    source=_article.SOURCE,
    levels=_article.LEVELS,
)
