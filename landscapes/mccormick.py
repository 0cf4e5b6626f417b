"""A tilted wave: the same valley again and again, each higher than the one before."""

import jax.numpy as jnp
from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return jnp.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1


mccormick = Surface(
    key="mccormick",
    label="McCormick",
    value=value,
    domain=Box(-1.5, 4.0, -3.0, 4.0),
    start=(0.0, 3.5),
    minima=(
        Minimum(-0.5471975511965977, -1.5471975511965979, -1.9132229549810367),
        Minimum(2.5943951023931953, 1.5943951023931953, 1.2283696986087564),
    ),
    formula=r"\sin(x+y) + (x-y)^2 - 1.5x + 2.5y + 1",
    lesson="Paths tend to end in the valley where they start, although the next one is lower.",
    also=("valley", "several minima"),
    source="Jamil and Yang, A literature survey of benchmark functions for global optimisation problems, 2013",
)
