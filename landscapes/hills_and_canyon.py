"""Hills around a canyon: a local minimum on the way that holds most methods."""

import jax.numpy as jnp
from jax import Array

from landscapes import _article
from landscapes.surface import Minimum, Surface


def value(x: Array, y: Array) -> Array:
    bowl = (x**2 + y**2) / 3
    hills = (
        3 * jnp.exp(-((x + 1) ** 2 + (y + 2) ** 2))
        + jnp.exp(-1.5 * (2 * (x + 2) ** 2 + (y - 0.5) ** 2))
        + 3 * jnp.exp(-1.5 * ((x - 1) ** 2 + 2 * (y + 1.5) ** 2))
        + 1.5 * jnp.exp(-((x + 1.5) ** 2 + 3 * (y + 0.5) ** 2))
    )
    canyon = 4 * (1 - jnp.exp(-((x + y) ** 2)))
    return bowl + hills + canyon


hills_and_canyon = Surface(
    key="hills_and_canyon",
    label="Hills and canyon",
    value=value,
    domain=_article.VIEW,
    start=_article.START,
    minima=(
        Minimum(-0.040419446910662425, 0.07197372849804835, 0.0897167129215858),
        Minimum(1.9291459356955831, -1.921457692047925, 2.954275201175234),
        Minimum(-2.0341939933736306, -1.0818787630063285, 6.644054939208322),
    ),
    formula=(
        r"\tfrac13(x^2+y^2) + 3e^{-((x+1)^2+(y+2)^2)} + e^{-1.5(2(x+2)^2+(y-0.5)^2)}"
        r" + 3e^{-1.5((x-1)^2+2(y+1.5)^2)} + 1.5e^{-((x+1.5)^2+3(y+0.5)^2)} + 4\left(1-e^{-(x+y)^2}\right)"
    ),
    lesson="A small basin lies between the start and the canyon: a method must carry enough speed to leave it.",
    also=("valley", "ravine", "gorge", "local minimum", "mountains"),
    source=_article.SOURCE,
    levels=_article.LEVELS,
)
