"""SM3: Adagrad made to save memory, with momentum on the scaled gradients."""

import jax.numpy as jnp
import optax
from jax import Array

from optimizers import _from_optax, _hypers
from optimizers.optimizer import Optimizer


def transformation(*, learning_rate: Array, gamma: Array, epsilon: Array) -> optax.GradientTransformation:
    """G ← G + g²; m ← γm + (1−γ) g/√(G + ε); θ ← θ − ηm."""
    return optax.chain(_of_vectors(optax.scale_by_sm3(gamma, eps=epsilon)), optax.scale_by_learning_rate(learning_rate))


def _of_vectors(inner: optax.GradientTransformation) -> optax.GradientTransformation:
    """Hand every array to `inner` as a vector: on a matrix it would share G among rows and columns."""

    def init(point: Array) -> optax.OptState:
        return inner.init(jnp.ravel(point))

    def update(gradient: Array, state: optax.OptState, _: Array | None = None) -> tuple[Array, optax.OptState]:
        scaled, state = inner.update(jnp.ravel(gradient), state)
        return jnp.reshape(scaled, gradient.shape), state

    return optax.GradientTransformation(init, update)


init, step = _from_optax.rule(transformation)

sm3 = Optimizer(
    key="sm3",
    label="SM3",
    family="Adagrad",
    hypers=(_hypers.learning_rate(1.0, high=100.0), _hypers.momentum(), _hypers.epsilon(1e-8)),
    init=init,
    step=step,
    memory=("G", "m"),
    formula=(
        r"G \leftarrow G + g^2 \\ m \leftarrow \gamma m + (1-\gamma)\,\frac{g}{\sqrt{G + \varepsilon}}"
        r" \\ \theta \leftarrow \theta - \eta m"
    ),
    summary="Adagrad with momentum, made for large models by remembering little.",
    also=("little memory", "memory-efficient"),
    variant=(
        "Optax's form. What SM3 is for, one G for each row and column of a matrix, can't be seen on two coordinates: "
        "each has its own G, and without momentum this is Adagrad. The paper has no ε. PyTorch, Keras and Lasagne have "
        "no such method."
    ),
    source="Anil et al. (2019), Memory-efficient adaptive optimization, NeurIPS, arXiv:1901.11150",
)
