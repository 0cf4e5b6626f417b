"""The multilayer perceptron: what a network says of points, as a function of one vector of weights.

Arrays are features × points, so that a layer is W a + b with W (out, in) and a row of W is a neuron.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

ACTIVATIONS: MappingProxyType[str, Callable[[jax.Array], jax.Array]] = MappingProxyType(
    {"tanh": jnp.tanh, "relu": jax.nn.relu, "sigmoid": jax.nn.sigmoid, "gelu": jax.nn.gelu}
)


class Layer(NamedTuple):
    """One layer, arrays of JAX or of NumPy.

    Attributes:
        weights: W, (out, in).
        biases: b, (out,).
    """

    weights: Any
    biases: Any


@dataclass(frozen=True)
class Perceptron:
    """A network without its weights.

    Attributes:
        sizes: numbers of features, of neurons in each hidden layer, and of outputs.
        activation: of the hidden layers, a key of `ACTIVATIONS`; the outputs have none.
    """

    sizes: tuple[int, ...]
    activation: str = "tanh"

    @property
    def count(self) -> int:
        """P, how many weights and biases there are."""
        return sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(self.sizes))

    def layers(self, weights: Any) -> list[Layer]:
        """Return the layers that `weights` (P,) hold: of each layer first W row by row, then b."""
        found, at = [], 0
        for fan_in, fan_out in pairwise(self.sizes):
            middle, end = at + fan_in * fan_out, at + (fan_in + 1) * fan_out
            found.append(Layer(weights[at:middle].reshape(fan_out, fan_in), weights[middle:end]))
            at = end
        return found

    def outputs(self, weights: jax.Array, inputs: Any) -> jax.Array:
        """Return z (outputs, points) for `inputs` (features, points): aₗ₊₁ = φ(Wₗ aₗ + bₗ), without φ at the end."""
        first, *others = self.layers(weights)
        return self.onward(first.weights @ inputs + first.biases[:, None], others)

    def onward(self, values: jax.Array, others: list[Layer]) -> jax.Array:
        """Return z for `values` (neurons, points) of the first layer before its activation, and the layers after it."""
        for layer in others:
            values = layer.weights @ ACTIVATIONS[self.activation](values) + layer.biases[:, None]
        return values

    def squares(self, weights: jax.Array) -> jax.Array:
        """Return Σ W² over all layers, without the biases."""
        return sum((jnp.sum(layer.weights**2) for layer in self.layers(weights)), jnp.zeros(()))
