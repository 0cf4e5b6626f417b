"""Waves, a crease and a steep hill on a bowl."""

import jax.numpy as jnp
from jax import Array

from landscapes import _article
from landscapes.surface import Minimum, Surface


def value(x: Array, y: Array) -> Array:
    bowl = (x**2 + y**2) / 3
    # The slope jumps at x = 0, where JAX takes 1 for the derivative of |x|.
    crease = jnp.abs(x) * jnp.sqrt(jnp.abs(x) + 0.1)
    waves = 3 * jnp.sin(x + y) + 3
    hill = 8 * jnp.exp(-2 * ((x + 1) ** 2 + (y + 2) ** 2))
    return bowl + crease + waves + hill


wobbly = Surface(
    key="wobbly",
    label="Wobbly",
    value=value,
    domain=_article.VIEW,
    start=_article.START,
    # The second lies just above the view.
    minima=(
        Minimum(-0.17242094376299918, -0.9063018409018628, 0.9155064452470825),
        Minimum(0.8960932762420435, 3.066546978232645, 5.100991973553059),
    ),
    formula=r"\tfrac13(x^2+y^2) + |x|\sqrt{|x|+0.1} + 3\sin(x+y) + 3 + 8e^{-2((x+1)^2+(y+2)^2)}",
    lesson="A steep hill stands in the way to the minimum: paths go round it, and fast ones swing out further.",
    also=("hill", "obstacle", "kink", "crease"),
    source=_article.SOURCE,
    levels=_article.LEVELS,
)
