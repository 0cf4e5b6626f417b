"""A sharp funnel in a plain that is covered with pits."""

import jax.numpy as jnp
from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    squares = (x**2 + y**2) / 2
    # At the tip √ has an infinite slope, and times 0 that is NaN. The inner `where` keeps √ away from 0, since even an
    # untaken branch is differentiated; the outer one gives the value, and with it the gradient 0, at the tip.
    at_tip = squares == 0
    radius = jnp.where(at_tip, 0.0, jnp.sqrt(jnp.where(at_tip, 1.0, squares)))
    ripples = (jnp.cos(2 * jnp.pi * x) + jnp.cos(2 * jnp.pi * y)) / 2
    return 20 - 20 * jnp.exp(-0.2 * radius) + jnp.e - jnp.exp(ripples)


ackley = Surface(
    key="ackley",
    label="Ackley",
    value=value,
    domain=Box(-5.0, 5.0, -5.0, 5.0),
    start=(-3.3, 2.4),
    # Only the global minimum: the pits hold more than a hundred others.
    minima=(Minimum(0.0, 0.0, 0.0),),
    formula=r"20 - 20e^{-0.2\sqrt{(x^2+y^2)/2}} + e - e^{(\cos 2\pi x + \cos 2\pi y)/2}",
    lesson="Small pits hide the pull of the funnel: a method needs enough speed to run over them and reach the center.",
    also=("many local minima", "funnel", "multimodal", "egg carton"),
    source="Ackley, A Connectionist Machine for Genetic Hillclimbing, 1987",
)
