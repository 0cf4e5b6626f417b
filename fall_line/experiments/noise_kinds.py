"""The kinds of noise that a gradient may have."""

from typing import Literal

NoiseKind = Literal["none", "additive", "multiplicative", "minibatch"]

NOISE_KINDS: dict[NoiseKind, str] = {
    "none": "None",
    "additive": "Additive",
    "multiplicative": "Multiplicative",
    "minibatch": "Minibatch",
}
COPIES = 32  # of the surface, which a minibatch is drawn from
