"""Planes in the space of all weights, and where a network lies in front of them.

A plane is θ = c + αδ + βη. Coordinates are those of the nearest point in it: (α, β) = (DᵀD)⁻¹Dᵀ(θ − c) with D = [δ η].
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fall_line.training.perceptron import Perceptron

Floats = NDArray[np.float64]
TINY = 1e-10  # added to the length that a filter's direction is divided by, as in Li et al.'s own program
PURE_NOISE = (6 / np.pi**2, 6 / (4 * np.pi**2))  # shares of a random walk's first two components, about its mean


class Plane(NamedTuple):
    """A plane through the space of weights.

    Attributes:
        centre: c, (P,).
        directions: δ and η, (2, P).
        origin: (2,) the coordinates of c.
        shares: (2,) of all squared deviations that lie along each direction, where they are principal components.
    """

    centre: Floats
    directions: Floats
    origin: Floats = np.zeros(2)
    shares: Floats | None = None

    def coordinates(self, weights: Floats) -> Floats:
        """Return (α, β) of the points in the plane that are nearest to `weights` (n, P), as (n, 2)."""
        gram = self.directions @ self.directions.T
        return np.linalg.solve(gram, self.directions @ (weights - self.centre).T).T + self.origin

    def points(self, coordinates: Floats) -> Floats:
        """Return the weights (n, P) at `coordinates` (n, 2) in the plane."""
        return self.centre + (coordinates - self.origin) @ self.directions

    def distances(self, weights: Floats) -> Floats:
        """Return how far `weights` (n, P) lie from the plane, as (n,)."""
        return np.linalg.norm(weights - self.points(self.coordinates(weights)), axis=1)


def principal_plane(paths: list[Floats], centre: Floats | None = None, like: Plane | None = None) -> Plane:
    """Return the plane along which the weights of all `paths` deviate most from `centre`.

    Args:
        paths: (rows, P) each. All weigh the same: of the longer ones only as many rows are taken as the shortest has.
        centre: (P,) through which the plane goes and from which deviations are measured; the mean of all rows if None,
            which is what scikit-learn's PCA does. Li et al. take the last weights.
        like: a plane whose directions these shall point along, so that the picture doesn't flip.

    Raises:
        ValueError: there are fewer than two weights, or none of them deviates.
    """
    rows = min(len(path) for path in paths)
    taken = np.concatenate([path[np.linspace(0, len(path) - 1, rows).round().astype(int)] for path in paths])
    middle = taken.mean(axis=0) if centre is None else centre
    directions, shares = _components(taken - middle)
    directions *= _signs(directions, like)[:, None]
    return Plane(middle, directions, shares=shares)


def _components(deviations: Floats) -> tuple[Floats, Floats]:
    """Return the first two right singular vectors (2, P) of `deviations` and their shares of all squares (2,)."""
    rows, count = deviations.shape
    if count < 2 or not deviations.any():
        raise ValueError("a plane needs weights that deviate from its centre")
    wide = rows < count
    squares = deviations @ deviations.T if wide else deviations.T @ deviations
    values, vectors = np.linalg.eigh(squares)
    chosen = vectors[:, :-3:-1].T
    directions = chosen @ deviations if wide else chosen
    directions = np.pad(directions, ((0, 2 - len(directions)), (0, 0)))
    return _orthonormal(directions), np.pad(values[:-3:-1], (0, max(0, 2 - len(values)))) / values.sum()


def _orthonormal(directions: Floats) -> Floats:
    """Return two unit vectors that are orthogonal, along `directions` (2, P) where those are not zero."""
    first = directions[0] / np.linalg.norm(directions[0])
    second = directions[1] - (first @ directions[1]) * first
    if np.linalg.norm(second) <= 1e-12 * np.linalg.norm(directions[0]):
        # All deviations lie on a line: any direction across it will do.
        second = np.eye(1, len(first), int(np.argmin(np.abs(first))))[0]
        second -= (first @ second) * first
    return np.stack([first, second / np.linalg.norm(second)])


def _signs(directions: Floats, like: Plane | None) -> Floats:
    """Return the signs with which directions point along those of `like`, or have a positive greatest part."""
    if like is not None and like.directions.shape == directions.shape:
        along = np.einsum("dp,dp->d", directions, like.directions)
    else:
        along = directions[np.arange(2), np.abs(directions).argmax(axis=1)]
    return np.where(along < 0, -1.0, 1.0)


def plane_through(start: Floats, first: Floats, second: Floats) -> Plane:
    """Return the plane that holds three networks, (P,) each: `start` at the origin, `first` on the first axis.

    δ = (w₁ − w₀)/‖w₁ − w₀‖; η is w₂ − w₀ without its part along δ, as a unit vector (Garipov et al., 2018).

    Raises:
        ValueError: `first` is `start`.
    """
    if np.array_equal(start, first):
        raise ValueError("a plane through three networks needs a first end that isn't the start")
    return Plane(start, _orthonormal(np.stack([first - start, second - start])))


def random_plane(network: Perceptron, centre: Floats, seed: int) -> Plane:
    """Return a plane through `centre` along two normal directions with the same relative length for each neuron.

    Of each neuron (filter) the part dᵢ of a direction becomes dᵢ ‖wᵢ‖ / (‖dᵢ‖ + 10⁻¹⁰), wᵢ being all weights into it;
    along biases a direction is 0 (Li et al., Visualizing the loss landscape of neural nets, 2018).
    """
    random = np.random.RandomState(seed)
    return Plane(centre, np.stack([_filtered(network, centre, random.normal(size=network.count)) for _ in range(2)]))


def _filtered(network: Perceptron, centre: Floats, direction: Floats) -> Floats:
    parts = []
    for layer, drawn in zip(network.layers(centre), network.layers(direction), strict=True):
        lengths = np.linalg.norm(layer.weights, axis=1) / (np.linalg.norm(drawn.weights, axis=1) + TINY)
        parts += [(drawn.weights * lengths[:, None]).ravel(), np.zeros_like(drawn.biases)]
    return np.concatenate(parts)


def projection_plane(centre: Floats, seed: int) -> Plane:
    """Return the plane through `centre` in whose coordinates a network lies at Σᵢ wᵢ uᵢ, uᵢ being random unit vectors.

    With A the 2 × P matrix of the uᵢ, D = Aᵀ(AAᵀ)⁻¹, so that the nearest point's coordinates are Aθ: a weight moves
    the point by as much as it moves itself, in a direction of its own.
    """
    angle = np.random.RandomState(seed).uniform(0.0, 2 * np.pi, len(centre))
    matrix = np.stack([np.cos(angle), np.sin(angle)])
    return Plane(centre, np.linalg.solve(matrix @ matrix.T, matrix), origin=matrix @ centre)
