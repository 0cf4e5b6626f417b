"""A bowl full of evenly spaced pits."""

import jax.numpy as jnp
from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return 20 + x**2 - 10 * jnp.cos(2 * jnp.pi * x) + y**2 - 10 * jnp.cos(2 * jnp.pi * y)


rastrigin = Surface(
    key="rastrigin",
    label="Rastrigin",
    value=value,
    domain=Box(-5.12, 5.12, -5.12, 5.12),
    start=(-3.7, 2.6),
    # Only the global minimum: the pits hold more than a hundred others.
    minima=(Minimum(0.0, 0.0, 0.0),),
    formula=r"20 + x^2 - 10\cos 2\pi x + y^2 - 10\cos 2\pi y",
    lesson="Almost every start lies in a pit of its own, and a method that follows the slope stops there.",
    also=("many local minima", "egg carton", "multimodal"),
    source="Rastrigin, Systems of Extremal Control, 1974",
)
