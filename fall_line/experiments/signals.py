"""One-dimensional gradient signals: what a method is fed to see how it answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

EPOCHS = 300
EPOCH = np.arange(EPOCHS)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Signal:
    """A gradient as a function of the epoch k = 0, 1, … 299.

    Attributes:
        key: the name used in links, files and the command line.
        label: the name a reader sees.
        formula: how it is made, in words or signs.
        values: (300,) the gradient at each epoch.
        published: whether it is one of the article's six.
        latex: the formula as LaTeX, without dollar signs, if a reader typed it.
    """

    key: str
    label: str
    formula: str
    values: Floats
    published: bool = False
    latex: str = ""


def _noise() -> tuple[Floats, Floats]:
    """Return the article's two series of noise: 300 draws for the noisy sine, then 300 for the very noisy one."""
    source = np.random.RandomState(413)
    return source.random_sample(EPOCHS) - 0.5, source.random_sample(EPOCHS) - 0.5


def _white_noise() -> Floats:
    return np.random.default_rng(413).standard_normal(EPOCHS)


NOISY, VERY_NOISY = _noise()
SAWTOOTH = np.where(EPOCH > 80, EPOCH % 20 / 20, EPOCH % 20 / 5)

_ALL = (
    Signal("spikes", "Spikes", "1 where k mod 60 = 0, else 0", (EPOCH % 60 == 0).astype(float), published=True),
    Signal(
        "rectangles", "Rectangles", "+1 where k mod 40 < 20, else −1", np.where(EPOCH % 40 < 20, 1.0, -1.0),
        published=True,
    ),
    Signal(
        "noisy_sin", "Noisy sine", "sin(k/20) + noise from −½ to ½", np.sin(EPOCH / 20) + NOISY, published=True
    ),
    Signal(
        "very_noisy_sin", "Very noisy sine", "sin(k/20)/5 + noise from −½ to ½", np.sin(EPOCH / 20) / 5 + VERY_NOISY,
        published=True,
    ),
    Signal(
        "uneven_sawtooth", "Uneven sawtooth", "(k mod 20)/5 up to epoch 80, (k mod 20)/20 after it", SAWTOOTH,
        published=True,
    ),
    Signal("saturation", "Saturation", "1 where k mod 80 < 40, else 0", np.where(EPOCH % 80 < 40, 1.0, 0.0), True),
    Signal("constant", "Constant", "1", np.ones(EPOCHS)),
    Signal("step", "Step", "0 up to epoch 100, 1 from there", np.where(EPOCH < 100, 0.0, 1.0)),
    Signal("ramp", "Ramp", "k/299", EPOCH / (EPOCHS - 1)),
    Signal("single_spike", "Single spike", "1 at epoch 20, else 0", (EPOCH == 20).astype(float)),
    Signal("chirp", "Chirp", "sin(k²/900): slow at first, then faster and faster", np.sin(EPOCH**2 / 900)),
    Signal("white_noise", "White noise", "standard normal, the same every time", _white_noise()),
)  # fmt: skip
SIGNALS: dict[str, Signal] = {one.key: one for one in _ALL}
