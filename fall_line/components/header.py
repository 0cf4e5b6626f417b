"""The bar at the top of every page."""

from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, clientside_callback, dcc, html

from fall_line.components import ids
from fall_line.components.attributes import aria
from fall_line.components.help import first_words
from fall_line.components.icon import icon_button

PAGES = {"Explore": "/", "Response": "/response", "Train": "/train"}


def header(*controls: Any, current: str | None = None) -> html.Header:
    """Return the bar with name and pages at the left and `controls`, theme switch and help at the right.

    `current` is the name in `PAGES` of the page that it stands on.
    """
    return html.Header(
        className="header",
        children=[
            html.H1([html.Span(className="logo", **aria(hidden=True)), "Fall Line"], className="brand"),
            _pages(current),
            html.P("Watch optimizers descend", className="tagline"),
            html.Div(
                className="header-controls",
                children=[
                    *controls,
                    icon_button("theme", "Switch between light and dark", ids.THEME),
                    icon_button("help", "Help: first steps, words, keys and marks", ids.ABOUT),
                ],
            ),
            about_dialog(),
        ],
    )


def _pages(current: str | None) -> html.Nav:
    links = [
        html.Span(name, className="page-link", **aria(current="page"))
        if name == current
        else dcc.Link(name, id=ids.page_link(name), href=address, className="page-link")
        for name, address in PAGES.items()
    ]
    return html.Nav(links, className="pages", **aria(label="Pages"))


KEYS = (
    ("Space", "play or pause"),
    ("← →", "one step back or forward"),
    ("Home, End", "first or last step"),
    ("i, Escape", "look into the step where the player stands; close the inspector"),
    ("Arrows on the start handle", "move the start; with Shift ten times as far"),
    ("Arrows on a slider", "change its value, with Shift or Page ↑ ↓ ten times as far; Home and End go to its ends"),
    ("Arrows, + − on the plot", "pan and zoom it"),
    ("? on a slider", "what its number means"),
    ("Double-click a slider", "its default"),
    ("H, or double-click the plot", "the whole surface"),
    ("Alt + ↑ ↓ on a run's name", "move the run in the list"),
    ("Wheel over the responses", "zoom along the epochs; drag to pan, double-click for all"),
    ("Arrows on a drawn gradient", "move the epoch and its value; with Shift ten epochs"),
)
MARKS = (
    ("★", "the lowest known minimum; + marks the other minima"),
    ("○", "the start; drag it, or click anywhere on the plot"),
    ("×", "the last finite point of a run that stopped being finite"),
)


def about_dialog() -> dmc.Modal:
    """Return the dialog that tells where to begin, what words mean, keys and marks."""
    return dmc.Modal(
        id=ids.ABOUT_DIALOG,
        title="Help",
        size="lg",
        children=[
            *first_words(),
            html.Dl([part for key, text in KEYS for part in (html.Dt(key), html.Dd(text))], className="keys"),
            html.Dl([part for mark, text in MARKS for part in (html.Dt(mark), html.Dd(text))], className="keys"),
            html.P(
                "Paths are computed in float64 with gradients by automatic differentiation. "
                "Nothing is clipped; a value that is not a number is shown as NaN.",
                className="prose",
            ),
        ],
    )


clientside_callback(
    ClientsideFunction("header", "theme"), Output(ids.PROVIDER, "forceColorScheme"), Input(ids.THEME, "n_clicks")
)
clientside_callback(
    ClientsideFunction("header", "about"), Output(ids.ABOUT_DIALOG, "opened"), Input(ids.ABOUT, "n_clicks")
)
