"""A deep basin between two shallow ones."""

from jax import Array

from landscapes.surface import Box, Minimum, Surface


def value(x: Array, y: Array) -> Array:
    return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2


three_hump_camel = Surface(
    key="three_hump_camel",
    label="Three-hump camel",
    value=value,
    # Published on [-5, 5]²; all three minima lie in the middle, and the walls outside would hide them.
    domain=Box(-2.5, 2.5, -2.5, 2.5),
    start=(-2.3, 2.2),
    minima=(
        Minimum(0.0, 0.0, 0.0),
        Minimum(-1.7475523458302888, 0.8737761729151444, 0.298638442236859),
        Minimum(1.7475523458302888, -0.8737761729151444, 0.298638442236859),
    ),
    formula=r"2x^2 - 1.05x^4 + \tfrac16x^6 + xy + y^2",
    lesson="A slow path stops in a shallow side basin; a faster one rolls through it into the deep one in the middle.",
    also=("camel", "three minima", "valley", "multimodal"),
    source="Jamil and Yang, A literature survey of benchmark functions for global optimisation problems, 2013",
    spacing="log",
)
