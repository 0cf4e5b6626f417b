"""The page for an address that leads nowhere."""

from typing import Any

import dash
from dash import dcc, html

from fall_line.components.header import header


def layout(**_: Any) -> html.Div:
    """Return a sentence and the way back."""
    return html.Div(
        [
            header(),
            html.Main(
                [
                    html.H2("There is no page at this address."),
                    html.P(["Start from ", dcc.Link("Explore", href="/"), "; your experiments are in their links."]),
                ],
                className="plain-page",
            ),
        ]
    )


dash.register_page("not_found_404", path="/404", title="Fall Line: no such page", layout=layout)
