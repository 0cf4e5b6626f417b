"""A slanted bowl, three times as long as it is wide."""

from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


booth = Surface(
    key="booth",
    label="Booth",
    value=value,
    domain=Box(-10.0, 10.0, -10.0, 10.0),
    start=(-8.0, 5.0),
    minima=(Minimum(1.0, 3.0, 0.0),),
    formula=r"(x+2y-7)^2 + (2x+y-5)^2",
    lesson="The bowl is longer than it is wide: plain descent drops to the long axis, then follows it.",
    also=("bowl", "ellipse", "convex", "quadratic", "valley"),
    source="Jamil and Yang, A literature survey of benchmark functions for global optimisation problems, 2013",
    spacing="log",
)
