"""Four basins that are equally deep."""

from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


himmelblau = Surface(
    key="himmelblau",
    label="Himmelblau",
    value=value,
    domain=Box(-5.0, 5.0, -5.0, 5.0),
    start=(0.1, -3.2),
    minima=(
        Minimum(3.0, 2.0, 0.0),
        Minimum(-2.805118086952745, 3.131312518250573, 0.0),
        Minimum(-3.779310253377747, -3.2831859912861696, 0.0),
        Minimum(3.5844283403304917, -1.8481265269644036, 0.0),
    ),
    formula=r"(x^2+y-11)^2 + (x+y^2-7)^2",
    lesson="All four minima are equally good; the method and its learning rate decide which one a path ends in.",
    also=("four minima", "several minima", "multimodal"),
    source="Himmelblau, Applied Nonlinear Programming, 1972",
    spacing="log",
)
