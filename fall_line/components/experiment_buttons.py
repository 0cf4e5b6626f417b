"""What the header of every page with an experiment has: the published ones, a file to open, a link to copy."""

from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html

from fall_line.components import ids
from fall_line.components.attributes import aria, select_name
from fall_line.components.icon import icon
from fall_line.components.searching import SEARCHED


def published_choice(id: str, groups: dict[str, list[dict[str, Any]]], name: str | None) -> dmc.Select:
    """Return the menu of published experiments: for each title of a group its options; `name` is chosen."""
    return dmc.Select(
        id=id,
        data=[{"group": title, "items": options} for title, options in groups.items()],
        value=name,
        placeholder="Experiments…",
        size="xs",
        **SEARCHED,
        allowDeselect=False,
        maxDropdownHeight=480,
        className="published-choice",
        attributes=select_name("Published experiments"),
    )


def open_button(id: str) -> html.Div:
    """Return the button that takes a JSON file; the page's own code reads it into the store `ID-read`."""
    button = html.Span([icon("open"), html.Span("Open", className="button-text")], className="button")
    return html.Div([html.Label(button, id=id, className="upload"), dcc.Store(id=read_file(id))])


def read_file(id: str) -> str:
    """Return the id of the store that has name and text of the file that the button `id` has taken."""
    return f"{id}-read"


def link_button(id: str) -> html.Div:
    """Return the button that copies a link, with the place where it is told that it was."""
    return html.Div(
        className="copy",
        children=[
            html.Button(
                [icon("link"), html.Span("Copy link", className="button-text")],
                id=id,
                className="button",
                **aria(label="Copy link"),
            ),
            html.Div(
                className="copied",
                children=[html.Output(id=ids.COPIED, hidden=True), html.Div(id=ids.COPIED_MORE, hidden=True)],
            ),
        ],
    )
