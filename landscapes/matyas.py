"""A long, shallow trough along the diagonal."""

from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


matyas = Surface(
    key="matyas",
    label="Matyas",
    value=value,
    domain=Box(-10.0, 10.0, -10.0, 10.0),
    start=(-9.0, -2.0),
    minima=(Minimum(0.0, 0.0, 0.0),),
    formula=r"0.26(x^2+y^2) - 0.48xy",
    lesson="The trough is 25 times flatter along than across: a path drops into it quickly and then creeps.",
    also=("valley", "ravine", "trough", "narrow", "convex", "quadratic", "ill-conditioned"),
    source="Jamil and Yang, A literature survey of benchmark functions for global optimisation problems, 2013",
    spacing="log",
)
