"""A bowl under waves, most of which grow with the distance from the minimum."""

import jax.numpy as jnp
from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return (
        jnp.sin(3 * jnp.pi * x) ** 2
        + (x - 1) ** 2 * (1 + jnp.sin(3 * jnp.pi * y) ** 2)
        + (y - 1) ** 2 * (1 + jnp.sin(2 * jnp.pi * y) ** 2)
    )


levy_13 = Surface(
    key="levy_13",
    label="Lévy N. 13",
    value=value,
    # Published on [-10, 10]², where the waves are too fine to be seen.
    domain=Box(-2.0, 4.0, -2.0, 4.0),
    start=(-1.4, 3.3),
    # Only the global minimum: the waves make hundreds of others.
    minima=(Minimum(1.0, 1.0, 0.0),),
    formula=r"\sin^2 3\pi x + (x-1)^2(1+\sin^2 3\pi y) + (y-1)^2(1+\sin^2 2\pi y)",
    lesson="The bowl leads to the minimum, but its waves stop slow methods in one of hundreds of small dips.",
    also=("many local minima", "Levy", "waves", "multimodal"),
    source="Surjanovic and Bingham, Virtual library of simulation experiments, 2013; after Levy and Montalvo, 1985",
)
