"""A smooth function of two coordinates, on a grid of 256 × 256 places, and the bits of a place."""

import numpy as np

from networks.task import Data, Floats

POINTS = 512
BITS = 8  # of a coordinate
PLACES = 2**BITS


def places() -> Floats:
    """Return 512 of the 256 × 256 places of the grid, (2, points) whole numbers from 0 to 255."""
    return np.random.RandomState(5).randint(0, PLACES, (2, POINTS)).astype(float)


def coordinates(place: Floats) -> Floats:
    """Return where places of the grid lie in [−1, 1]²."""
    return (2 * place + 1) / PLACES - 1


def bits(at: Floats) -> Floats:
    """Return the 16 bits, as −1 and 1, of places (2, points) in [−1, 1]²; of each coordinate the highest first."""
    place = np.clip(np.floor((at + 1) * PLACES / 2), 0, PLACES - 1).astype(np.int64)
    shifts = np.arange(BITS - 1, -1, -1)[:, None]
    return np.concatenate([2.0 * ((row >> shifts) & 1) - 1 for row in place])


def place_of_bits(given: Floats) -> Floats:
    """Return where the places lie in [−1, 1]² whose 16 bits (16, points) these are."""
    worth = 2.0 ** np.arange(BITS - 1, -1, -1)
    return coordinates(np.stack([worth @ (given[:BITS] > 0), worth @ (given[BITS:] > 0)]))


def height(at: Floats) -> Floats:
    """Return sin πx · cos πy + ½xy at (2, points), as (1, points)."""
    x, y = at[:1], at[1:]
    return np.sin(np.pi * x) * np.cos(np.pi * y) + x * y / 2


def data_of_numbers() -> Data:
    """Return the places as two real numbers each, and the function's values."""
    at = coordinates(places())
    return Data(at, height(at))


def data_of_bits() -> Data:
    """Return the same places as 16 bits each, and the same values."""
    at = coordinates(places())
    return Data(bits(at), height(at))
