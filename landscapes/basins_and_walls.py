"""A bowl with walls across it that cut it into a row of basins."""

import jax.numpy as jnp
from jax import Array

from landscapes import _article
from landscapes.surface import Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return (x**2 + y**2) / 2 + jnp.sin(4 * x) ** 2


basins_and_walls = Surface(
    key="basins_and_walls",
    label="Basins and walls",
    value=value,
    domain=_article.VIEW,
    start=_article.START,
    # The last two lie just outside the view.
    minima=(
        Minimum(0.0, 0.0, 0.0),
        Minimum(-0.76145653227215, 0.0, 0.2990512496110009),
        Minimum(0.76145653227215, 0.0, 0.2990512496110009),
        Minimum(-1.5220040759402682, 0.0, 1.195857953218746),
        Minimum(1.5220040759402682, 0.0, 1.195857953218746),
        Minimum(-2.28036728849271, 0.0, 2.6892469928858116),
        Minimum(2.28036728849271, 0.0, 2.6892469928858116),
        Minimum(-3.0339681492359096, 0.0, 4.776640211757515),
        Minimum(3.0339681492359096, 0.0, 4.776640211757515),
    ),
    formula=r"\tfrac12(x^2+y^2) + \sin^2 4x",
    lesson="Each wall holds back a slow method: the basin where a path stops tells how much speed it carried.",
    also=("local minima", "ridges", "traps", "barriers", "multimodal"),
    source=_article.SOURCE,
    levels=_article.LEVELS,
)
