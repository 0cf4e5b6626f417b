"""One row for one number: symbol, slider, number field."""

import math
from decimal import Decimal

import dash_mantine_components as dmc
from dash import MATCH, ClientsideFunction, Input, Output, State, clientside_callback, html

from fall_line.components import ids
from fall_line.components.attributes import aria
from fall_line.components.hint import hinted
from fall_line.hyperparameter import Hyper

STOPS = 200
# Names of functions in client/experiment/scales.ts that turn a slider's position into the value a screen reader says.
SPOKEN = {"linear": "fallLineLinear", "log": "fallLineLog", "one_minus_log": "fallLineOneMinusLog"}


def position(hyper: Hyper, value: float) -> float:
    """Return where on its slider `value` stands: log₁₀ value, −log₁₀(1 − value), or the value itself."""
    if hyper.scale == "log":
        return math.log10(value)
    if hyper.scale == "one_minus_log":
        return -math.log10(1 - value)
    return value


def written(value: float) -> str:
    """Return `value` as a number field shows it: the shortest text that reads back the same."""
    text = repr(float(value)).removesuffix(".0")
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent)}" if e else text


def spoken_value(value: float, unit: str = "") -> str:
    """Return what a screen reader says of a slider that stands at `value`, e.g. `0.01` or, with a unit, `125 steps`.

    Its twin is in client/runs/spoken-values.ts.
    """
    return f"{written(value)} {unit.removesuffix('s') if value == 1 else unit}".strip()


def hyperparameter_slider(owner: str, owner_name: str, hyper: Hyper, value: float, unit: str = "") -> html.Div:
    """Return the row of `hyper` for `owner`, whom a reader calls `owner_name`.

    `unit` is the plural of what is counted, if anything is.
    """
    name = f"{hyper.label} {hyper.symbol}, {owner_name}" if hyper.symbol else f"{hyper.label}, {owner_name}"
    low, high = position(hyper, hyper.low), position(hyper, hyper.high)
    return html.Div(
        className="hyper",
        children=[
            hinted(
                hyper.symbol or hyper.label,
                _explanation(hyper),
                "hyper-symbol",
                tabIndex="-1",  # the slider tells it, see `_told`
                **aria(label=f"About the {name}"),
            ),
            dmc.Slider(
                id=ids.slider(owner, hyper.key),
                min=low,
                max=high,
                step=(high - low) / STOPS,
                precision=12,
                value=position(hyper, min(max(value, hyper.low), hyper.high)),
                scale={"function": SPOKEN[hyper.scale]},
                label=None,
                updatemode="mouseup",  # the page's own code follows a drag; Dash hears of its end
                thumbLabel=name,
                size="xs",
                thumbSize=15,
                className="hyper-slider",
                attributes={"thumb": _told(hyper, value, unit)},
            ),
            dmc.TextInput(
                id=ids.number(owner, hyper.key),
                value=written(value),
                debounce=True,
                size="xs",
                className="hyper-number",
                inputProps={},
                attributes={"input": {"aria-label": f"{name}, as a number", "inputMode": "decimal"}},
            ),
        ],
    )


def _plain(value: float) -> str:
    """The number without an exponent, which these attributes don't know."""
    return f"{Decimal(repr(value)):f}"


def _told(hyper: Hyper, value: float, unit: str) -> dict[str, str]:
    """The range in the unit of the value, which Mantine would tell in that of positions, and the value in words."""
    return {
        "aria-valuemin": _plain(hyper.low),
        "aria-valuemax": _plain(hyper.high),
        "aria-valuetext": spoken_value(value, unit),
        "aria-description": hyper.note,
        "data-unit": unit,
    }


def _explanation(hyper: Hyper) -> str:
    reset = f"Double-click the slider to return to {written(hyper.default)}."
    return f"{hyper.label} {hyper.symbol}. {hyper.note} {reset}".strip()


# A typed number moves its slider; sliders that are dragged go past Dash.
clientside_callback(
    ClientsideFunction("runs", "number"),
    Output(ids.slider(MATCH, MATCH), "value"),
    Input(ids.number(MATCH, MATCH), "value"),
    State(ids.number(MATCH, MATCH), "id"),
    prevent_initial_call=True,
)
