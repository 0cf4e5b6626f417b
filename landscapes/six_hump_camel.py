"""Six basins in pairs: each has a twin on the other side of the origin."""

from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2


six_hump_camel = Surface(
    key="six_hump_camel",
    label="Six-hump camel",
    value=value,
    # Published on [-3, 3] × [-2, 2]; all six minima lie in the middle, and the walls outside would hide them.
    domain=Box(-2.0, 2.0, -1.0, 1.0),
    start=(-1.9, -0.7),
    minima=(
        Minimum(-0.08984201310031806, 0.7126564030207396, -1.0316284534898774),
        Minimum(0.08984201310031806, -0.7126564030207396, -1.0316284534898774),
        Minimum(-1.7036067149699807, 0.7960835686726251, -0.21546382438371725),
        Minimum(1.7036067149699807, -0.7960835686726251, -0.21546382438371725),
        Minimum(-1.607104752920198, -0.5686514548841313, 2.104250310311256),
        Minimum(1.607104752920198, 0.5686514548841313, 2.104250310311256),
    ),
    formula=r"\left(4 - 2.1x^2 + \tfrac13x^4\right)x^2 + xy + (4y^2-4)y^2",
    lesson="From one start, paths end in basins of different depth, depending on how far they overshoot.",
    also=("camel", "six minima", "multimodal"),
    source="Dixon and Szegő, Towards Global Optimisation 2, 1978",
)
