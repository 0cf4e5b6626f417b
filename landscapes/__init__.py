"""Loss surfaces of two variables. One file is one surface."""

from landscapes.surface import Box, Minimum, Surface
from registry import discover

SURFACES: dict[str, Surface] = discover(__name__, Surface)

__all__ = ["SURFACES", "Box", "Minimum", "Surface"]
