"""How sharp a bend of the loss a method bears, where such a limit is known: the edge of stability.

On a parabola ½λx² these methods are linear recursions, and swing up once a root leaves the unit circle at −1. The
limits of gradient descent and of the heavy ball are those of Cohen et al., Gradient descent on neural networks
typically occurs at the edge of stability, 2021 (arXiv 2103.00065): with a full batch λ_max often rises to 2/η and
stays about there. Of Adam and its kin what counts is the Hessian that is scaled by their memory (Cohen et al., 2022,
arXiv 2207.14484), so that λ_max by itself has no limit.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from fall_line.training.history import Floats

Number = float | Floats


class StabilityLimit(NamedTuple):
    """The λ of a parabola beyond which a method swings up.

    Attributes:
        formula: as a reader sees it.
        value: of η and γ.
    """

    formula: str
    value: Callable[[Number, Number], Number]


# v ← γv + η∇J(θ − γv) has the roots of z² − (1 + γ)(1 − ηλ)z + γ(1 − ηλ).
_LOOKING_AHEAD = StabilityLimit(
    "(2 + 2γ)/((1 + 2γ)η)", lambda rate, gamma: (2 + 2 * gamma) / np.multiply(1 + 2 * gamma, rate)
)
LIMITS: MappingProxyType[str, StabilityLimit] = MappingProxyType(
    {
        "gradient_descent": StabilityLimit("2/η", lambda rate, _: np.divide(2, rate)),
        "momentum": StabilityLimit("(2 + 2γ)/η", lambda rate, gamma: np.divide(2 + 2 * gamma, rate)),
        # Momentum at the rate (1 − γ)η.
        "ema_momentum": StabilityLimit(
            "(2 + 2γ)/((1 − γ)η)", lambda rate, gamma: (2 + 2 * gamma) / np.multiply(1 - gamma, rate)
        ),
        "nesterov": _LOOKING_AHEAD,
        "nesterov_at_lookahead": _LOOKING_AHEAD,
    }
)


def stability_limit(optimizer: str, hypers: Mapping[str, Number]) -> Number | None:
    """Return the λ beyond which the method `optimizer` swings up, of each of its `hypers`; ∞ at η = 0, None without.

    2/η for gradient descent, (2 + 2γ)/η for momentum, (2 + 2γ)/((1 − γ)η) where momentum is an average,
    (2 + 2γ)/((1 + 2γ)η) for Nesterov.
    """
    limit = LIMITS.get(optimizer)
    if limit is None:
        return None
    with np.errstate(divide="ignore"):
        return limit.value(hypers["learning_rate"], hypers.get("gamma", 0.0))
