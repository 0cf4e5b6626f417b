"""A saddle: a minimum along x, a maximum along y."""

from jax import Array

from landscapes.surface import Box, Surface


def value(x: Array, y: Array) -> Array:
    return x**2 - y**2


saddle = Surface(
    key="saddle",
    label="Saddle",
    value=value,
    domain=Box(-2.0, 2.0, -2.0, 2.0),
    start=(-1.8, 0.01),
    minima=(),
    formula=r"x^2 - y^2",
    lesson="A path runs toward the saddle point, lingers where the slope vanishes, and then falls off to one side.",
    also=("saddle point", "hyperbolic paraboloid", "no minimum", "unbounded", "pass"),
    source="Dauphin et al., Identifying and attacking the saddle point problem, 2014",
)
