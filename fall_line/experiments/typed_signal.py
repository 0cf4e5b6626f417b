"""A signal whose formula a reader typed."""

from functools import lru_cache

import numpy as np

from fall_line.experiments.signals import EPOCH, EPOCHS, SIGNALS, Floats, Signal
from fall_line.formulas import Formula, FormulaError, parse
from fall_line.validation import quoted
from landscapes import PREFIX

VARIABLE = "k"
EXAMPLE = "sin(k/10)*exp(-k/100)"
GREATEST = 1e6
MAX_LABEL = 48


def find_signal(key: str) -> Signal:
    """Return the signal `key`: one of `SIGNALS`, or `formula:` and what a reader typed, e.g. `formula:sin(k/10)`.

    Raises:
        FormulaError: the formula can't be used; the text says where and why.
        KeyError: there is no such signal.
    """
    return typed_signal(key.removeprefix(PREFIX)) if key.startswith(PREFIX) else SIGNALS[key]


@lru_cache(maxsize=256)
def typed_signal(text: str) -> Signal:
    """Return the signal g(k) that the formula `text` describes; its key is `formula:` and the text.

    Raises:
        FormulaError: it can't be read, has a name besides k, or isn't a number from −10⁶ to 10⁶ at every epoch.
    """
    if not text.strip():
        raise FormulaError(f"The formula is empty; write for example {EXAMPLE}.")
    formula = parse(text, variables=(VARIABLE,))
    if formula.parameters:
        named = quoted(formula.parameters[0].key)
        raise FormulaError(f"The formula has the name {named}; write a number for it: the only name is k, the epoch.")
    return Signal(
        key=f"{PREFIX}{formula.text}",
        label=formula.text if len(formula.text) <= MAX_LABEL else f"{formula.text[: MAX_LABEL - 1]}…",
        formula=formula.text,
        values=_values(formula),
        latex=formula.latex,
    )


def _values(formula: Formula) -> Floats:
    values = np.array(formula.numpy(k=EPOCH.astype(float)))
    allowed = np.abs(values) <= GREATEST  # which NaN isn't
    if not allowed.all():
        epoch = int(np.argmin(allowed))
        hint = "divide it by a number" if np.isfinite(values[epoch]) else f"where(k == {epoch}, 0, …) is 0 there"
        raise FormulaError(
            f"At epoch {epoch} the formula is {values[epoch]:.4g}; it must be a number from {-GREATEST:g} to "
            f"{GREATEST:g} at every epoch k from 0 to {EPOCHS - 1}: {hint}."
        )
    values.flags.writeable = False
    return values
