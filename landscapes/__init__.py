"""Loss surfaces of two variables. One file is one surface."""

from fall_line.hyperparameter import Hyper
from fall_line.registry import discover
from landscapes._own import own_surface
from landscapes._typed import PREFIX, typed_surface
from landscapes.surface import Box, Minimum, Surface

SURFACES: dict[str, Surface] = discover(__name__, Surface)

__all__ = ["PREFIX", "SURFACES", "Box", "Hyper", "Minimum", "Surface", "find_surface", "own_surface"]


def find_surface(key: str) -> Surface:
    """Return the surface `key`: one of `SURFACES`, or `formula:` and what a reader typed, e.g. `formula:x^2 + y^2`.

    Raises:
        InputError: the formula can't be used; the text says where and why.
        KeyError: there is no such surface.
    """
    return typed_surface(key.removeprefix(PREFIX)) if key.startswith(PREFIX) else SURFACES[key]
