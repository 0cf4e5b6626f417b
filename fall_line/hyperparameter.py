"""A number that a reader may turn: its name, its range and the scale on which a slider moves it."""

from dataclasses import dataclass
from typing import Literal

Scale = Literal["linear", "log", "one_minus_log"]
Schedulable = Literal["", "rate", "window"]


@dataclass(frozen=True)
class Hyper:
    """One hyperparameter of an optimizer, or one parameter of a surface.

    Attributes:
        key: the keyword under which `step` or `value` receives it, e.g. `learning_rate`.
        symbol: the sign used in formulas, e.g. `η`.
        label: the field's term in words, e.g. `learning rate`.
        default: where the slider stands at first.
        low, high: the allowed range, both ends included.
        scale: how a slider moves through the range. `one_minus_log` is logarithmic in 1 − value, for decays
            near 1: equal distances lead from 0.9 to 0.99 and from 0.99 to 0.999.
        note: one sentence for a hover text: what turning it does.
        schedulable: what a schedule may do to it: scale the value (`rate`, of learning rates), scale 1 − value
            (`window`, of momenta, whose memory reaches about 1/(1 − value) steps back), or nothing.

    Raises:
        ValueError: the range is empty, the default lies outside it, or the scale can't cover it.
    """

    key: str
    symbol: str
    label: str
    default: float
    low: float
    high: float
    scale: Scale = "linear"
    note: str = ""
    schedulable: Schedulable = ""

    def __post_init__(self) -> None:
        if not self.low < self.high or not self.low <= self.default <= self.high:
            raise ValueError(f"{self.key}: need low < high and low <= default <= high")
        if self.scale == "log" and self.low <= 0:
            raise ValueError(f"{self.key}: a log scale needs low > 0")
        if self.scale == "one_minus_log" and self.high >= 1:
            raise ValueError(f"{self.key}: a one-minus-log scale needs high < 1")
