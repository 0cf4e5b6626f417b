"""A flat cross between steep corners."""

from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


beale = Surface(
    key="beale",
    label="Beale",
    value=value,
    domain=Box(-4.5, 4.5, -4.5, 4.5),
    start=(1.0, 1.5),
    minima=(Minimum(3.0, 0.5, 0.0),),
    formula=r"(1.5-x+xy)^2 + (2.25-x+xy^2)^2 + (2.625-x+xy^3)^2",
    lesson="The slope is huge in the corners and tiny in the middle, so no single learning rate suits both.",
    also=("flat middle", "sharp corners", "steep corners", "exploding gradient"),
    source="Beale, On an iterative method for finding a local minimum of a function of more than one variable, 1958",
    spacing="log",
)
