"""A narrow pit in a plain that is almost flat everywhere else."""

import jax.numpy as jnp
from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return -jnp.cos(x) * jnp.cos(y) * jnp.exp(-((x - jnp.pi) ** 2 + (y - jnp.pi) ** 2))


easom = Surface(
    key="easom",
    label="Easom",
    value=value,
    # Published on [-100, 100]², of which the pit takes up less than a thousandth.
    domain=Box(-1.0, 7.0, -1.0, 7.0),
    start=(1.9, 2.2),
    # The pit, and four dips in the plain that are less than a ten-thousandth as deep.
    minima=(
        Minimum(3.141592653589793, 3.141592653589793, -1.0),
        Minimum(1.3049954504376675, 1.3049954504376675, -8.110223891570063e-05),
        Minimum(1.3049954504376675, 4.978189856741919, -8.110223891570063e-05),
        Minimum(4.978189856741919, 1.3049954504376675, -8.110223891570063e-05),
        Minimum(4.978189856741919, 4.978189856741919, -8.110223891570063e-05),
    ),
    formula=r"-\cos x\,\cos y\; e^{-((x-\pi)^2+(y-\pi)^2)}",
    lesson="Outside the pit the slope is close to zero, so plain descent spends most of its steps on getting in.",
    also=("needle in a haystack", "plateau", "flat", "hole"),
    source="Easom, A survey of global optimization techniques, 1990",
)
