"""The kinds of noise that a gradient may have."""

from typing import Literal

Kind = Literal["none", "additive", "multiplicative", "minibatch"]

KINDS: dict[Kind, str] = {
    "none": "None",
    "additive": "Additive",
    "multiplicative": "Multiplicative",
    "minibatch": "Minibatch",
}
COPIES = 32  # of the surface, which a minibatch is drawn from
