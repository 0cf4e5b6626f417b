"""Adafactor, with nothing to factor: RMSProp that forgets ever more slowly and never takes a long step."""

from typing import NamedTuple

import jax.numpy as jnp
import optax
from jax import Array

from fall_line.hyperparameter import Hyper
from optimizers import _from_optax, _hypers
from optimizers.optimizer import Optimizer


class Squares(NamedTuple):
    """What Adafactor remembers.

    Attributes:
        steps: t, the steps made so far; a whole number.
        square: v, the moving average of squared gradients, of the point's shape; 0 at first.
    """

    steps: Array
    square: Array


def transformation(*, learning_rate: Array, decay_rate: Array, clipping: Array) -> optax.GradientTransformation:
    """v ← (1−t⁻ᶜ)v + t⁻ᶜg²; u = g/√v; θ ← θ − η u/max(1, ‖u‖/(d√n)), n being the number of coordinates."""
    return optax.chain(
        _by_root_of_squares(decay_rate),
        optax.clip_by_block_rms(clipping),
        optax.scale_by_learning_rate(learning_rate),
    )


def _by_root_of_squares(decay_rate: Array) -> optax.GradientTransformation:
    """Optax's Adafactor without the averages of rows and columns that nothing here fills."""
    inner = optax.scale_by_factored_rms(factored=False, decay_rate=decay_rate)

    def init(point: Array) -> Squares:
        return Squares(jnp.zeros((), jnp.int32), jnp.zeros_like(point))

    def update(gradient: Array, state: Squares, point: Array) -> tuple[Array, Squares]:
        unused = jnp.zeros(1, gradient.dtype)
        whole = optax.FactoredState(state.steps, v_row=unused, v_col=unused, v=state.square)
        scaled, whole = inner.update(gradient, whole, point)
        return scaled, Squares(whole.count, whole.v)

    return optax.GradientTransformation(init, update)


init, step = _from_optax.rule(transformation)

adafactor = Optimizer(
    key="adafactor",
    label="Adafactor",
    family="RMSProp and Adadelta",
    hypers=(
        _hypers.learning_rate(0.25),
        Hyper(
            "decay_rate",
            "c",
            "decay exponent",
            0.8,
            0.1,
            1.0,
            note="How soon the average of squares slows down: 1 weighs all steps alike, a small one forgets.",
        ),
        Hyper(
            "clipping",
            "d",
            "clipping threshold",
            1.0,
            0.01,
            10.0,
            "log",
            "Greatest root mean square of a step's coordinates, in units of η.",
        ),
    ),
    init=init,
    step=step,
    memory=("t", "v"),
    formula=(
        r"v \leftarrow (1-t^{-c})\,v + t^{-c} g^2,\quad u = \frac{g}{\sqrt v}"
        r" \\ \theta \leftarrow \theta - \eta\,\frac{u}{\max\left(1,\, \mathrm{RMS}(u)/d\right)}"
    ),
    summary="RMSProp that remembers longer with every step and cuts steps that would be too long.",
    also=("factored", "Adam with little memory", "update clipping"),
    variant=(
        "Optax's with `factored=False` and `multiply_by_parameter_scale=False`: two coordinates leave nothing to "
        "factor, and steps in proportion to the distance from the origin would tell nothing about a surface. PyTorch "
        "and Keras also hold the learning rate under 1/√t."
    ),
    source="Shazeer and Stern (2018), Adafactor, ICML, arXiv:1804.04235",
    elementwise=False,
)
