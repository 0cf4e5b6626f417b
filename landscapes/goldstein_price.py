"""Narrow valleys between walls a hundred thousand times as high."""

from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    first = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    second = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return first * second


goldstein_price = Surface(
    key="goldstein_price",
    label="Goldstein–Price",
    value=value,
    domain=Box(-2.0, 2.0, -2.0, 2.0),
    start=(1.6, 1.2),
    minima=(
        Minimum(0.0, -1.0, 3.0),
        Minimum(-0.6, -0.4, 30.0),
        Minimum(1.8, 0.2, 84.0),
        Minimum(1.2, 0.8, 840.0),
    ),
    formula=(
        r"\left(1 + (x+y+1)^2(19 - 14x + 3x^2 - 14y + 6xy + 3y^2)\right)"
        r"\left(30 + (2x-3y)^2(18 - 32x + 12x^2 + 48y - 36xy + 27y^2)\right)"
    ),
    lesson="The slopes are so steep that plain descent needs a tiny learning rate, and then creeps along the valleys.",
    also=("steep", "valley", "ravine", "badly scaled"),
    source="Goldstein and Price, On descent from local minima, 1971",
    spacing="log",
)
