"""Where a reader types a signal."""

from typing import Any

from dash import html

from fall_line.components.formula_field import formula_field, typed_key
from fall_line.experiments.response_experiment import ResponseExperiment
from fall_line.experiments.signals import EPOCHS, Signal
from fall_line.experiments.typed_signal import EXAMPLE, find_signal
from fall_line.pages.response import ids
from fall_line.typesetting import mathml
from landscapes import PREFIX

GRAMMAR = (
    f"k is the epoch, from 0 to {EPOCHS - 1}; 2k and 3(k + 1) are products.",
    "where(k < 100, a, b) is a up to epoch 99 and b after it.",
    "k − 40*floor(k/40) counts from 0 to 39 again and again.",
)


def formula_panel(experiment: ResponseExperiment) -> html.Div:
    """Return the field and the typeset formula, hidden while another signal is chosen."""
    typed = find_signal(experiment.signal) if experiment.signal.startswith(PREFIX) else None
    return formula_field(
        ids.FORMULA,
        text=typed.formula if typed else EXAMPLE,
        label="g(k) =",
        spoken="Formula of the signal",
        latex=_latex(typed) if typed else "",
        note="",
        grammar=GRAMMAR,
        hidden=typed is None,
    )


def _latex(signal: Signal) -> str:
    return f"g(k) = {signal.latex}"


def described(request: Any) -> dict[str, Any]:
    """Return what the page must know of the typed signal in `request`, ready for JSON.

    Raises:
        InputError: the formula can't be used.
    """
    signal = find_signal(typed_key(request, "signal"))
    return {"key": signal.key, "typeset": mathml(_latex(signal)), "note": ""}
