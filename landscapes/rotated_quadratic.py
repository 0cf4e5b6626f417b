"""A bowl whose length, width and direction can be chosen."""

import jax.numpy as jnp
from jax import Array
from jax.typing import ArrayLike

from fall_line.hyperparameter import Hyper
from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array, *, condition_number: ArrayLike, angle: ArrayLike) -> Array:
    turn = jnp.deg2rad(angle)
    u = x * jnp.cos(turn) + y * jnp.sin(turn)
    v = -x * jnp.sin(turn) + y * jnp.cos(turn)
    # Divided by κ, so that the steepest curvature is 1 at every setting and the same learning rates stay stable.
    return (u**2 + condition_number * v**2) / (2 * condition_number)


rotated_quadratic = Surface(
    key="rotated_quadratic",
    label="Rotated quadratic",
    value=value,
    domain=Box(-3.0, 3.0, -3.0, 3.0),
    start=(-2.7, -0.4),
    minima=(Minimum(0.0, 0.0, 0.0),),
    formula=(
        r"\tfrac1{2\kappa}(u^2 + \kappa v^2),\quad"
        r" u = x\cos\varphi + y\sin\varphi,\; v = -x\sin\varphi + y\cos\varphi"
    ),
    lesson="A high condition number flattens the valley's floor; turning it shows which methods want it along an axis.",
    also=("ellipse", "ill-conditioned", "valley", "ravine", "narrow", "long bowl", "convex", "zigzag"),
    source="Boyd and Vandenberghe, Convex Optimization, section 9.3, 2004",
    parameters=(
        Hyper(
            key="condition_number",
            symbol="κ",
            label="condition number",
            default=10.0,
            low=1.0,
            high=1000.0,
            scale="log",
            note="How many times steeper the surface curves across the valley than along it.",
        ),
        Hyper(
            key="angle",
            symbol="φ",
            label="angle",
            default=30.0,
            low=-90.0,
            high=90.0,
            note="The direction of the valley, in degrees from the x axis.",
        ),
    ),
    spacing="log",
)
