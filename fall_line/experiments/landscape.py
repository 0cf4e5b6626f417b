"""What an experiment is about, resolved: a surface, the values of its parameters, and the copies under minibatches."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fall_line.experiments.noise_kinds import COPIES
from landscapes import Box, Minimum, Surface

Floats = NDArray[np.float64]
Key = tuple[str, bytes, bytes]

NO_SHIFTS = np.zeros((0, 2))


@dataclass(frozen=True, eq=False)
class Landscape:
    """The loss J(θ) = Σᵢ f(θ − sᵢ)/n of an experiment, or f itself if there are no shifts.

    Attributes:
        surface: f.
        parameters: (p,) the values of its parameters, in the order in which it declares them.
        shifts: (n, 2) sᵢ, how the copies lie whose mean is the loss, or (0, 2) for the plain surface.
    """

    surface: Surface
    parameters: Floats
    shifts: Floats

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.surface.key, self.parameters.tobytes(), self.shifts.tobytes()

    @property
    def domain(self) -> Box:
        """The part of the plane that is shown at first."""
        return self.surface.domain

    @property
    def diagonal(self) -> float:
        """Of the domain: what lengths are compared with."""
        return float(np.hypot(self.domain.x_high - self.domain.x_low, self.domain.y_high - self.domain.y_low))

    @property
    def settings(self) -> dict[str, float]:
        """The values of the surface's parameters by their keys."""
        return {hyper.key: float(value) for hyper, value in zip(self.surface.parameters, self.parameters, strict=True)}

    @property
    def minima(self) -> tuple[Minimum, ...] | None:
        """The local minima, the lowest first, or None if they must be searched for."""
        return self.surface.minima if self.surface.listed and not len(self.shifts) else None


def landscape(surface: Surface, settings: dict[str, float], spread: float | None = None) -> Landscape:
    """Return the loss on `surface` with these values of its parameters.

    With a `spread` it is the mean of 32 copies of the surface, shifted with this standard deviation.
    """
    parameters = np.array([settings[hyper.key] for hyper in surface.parameters], dtype=np.float64)
    return Landscape(surface, parameters, NO_SHIFTS if spread is None else spread * SHIFTS)


def _shifts() -> Floats:
    drawn = np.random.default_rng(1847).standard_normal((COPIES, 2))
    drawn -= drawn.mean(axis=0)
    return drawn / drawn.std(axis=0)


# Of the 32 copies whose mean is the surface under minibatches: mean 0 and standard deviation 1 along each axis.
SHIFTS = _shifts()
