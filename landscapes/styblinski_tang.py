"""Four basins of different depth."""

from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2


styblinski_tang = Surface(
    key="styblinski_tang",
    label="Styblinski–Tang",
    value=value,
    domain=Box(-5.0, 5.0, -5.0, 5.0),
    start=(0.4, 4.4),
    minima=(
        Minimum(-2.903534027771177, -2.903534027771177, -78.33233140754284),
        Minimum(-2.903534027771177, 2.746802770990837, -64.19561235905536),
        Minimum(2.746802770990837, -2.903534027771177, -64.19561235905536),
        Minimum(2.746802770990837, 2.746802770990837, -50.05889331056789),
    ),
    formula=r"\tfrac12(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)",
    lesson="The shallowest basin is next to the start: a path needs speed to go on to a deeper one.",
    also=("four minima", "several minima", "multimodal"),
    source="Styblinski and Tang, Experiments in nonconvex optimization, 1990",
)
