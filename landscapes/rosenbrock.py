"""A curved valley with steep sides and an almost level floor."""

from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


rosenbrock = Surface(
    key="rosenbrock",
    label="Rosenbrock",
    value=value,
    domain=Box(-2.0, 2.0, -1.0, 3.0),
    start=(-1.5, 2.0),
    minima=(Minimum(1.0, 1.0, 0.0),),
    formula=r"(1-x)^2 + 100(y-x^2)^2",
    lesson="Reaching the valley is quick; following its curved, almost level floor to the minimum is what takes long.",
    also=("banana", "valley", "ravine", "narrow", "curved", "ill-conditioned"),
    source="Rosenbrock, An automatic method for finding the greatest or least value of a function, 1960",
    spacing="log",
)
