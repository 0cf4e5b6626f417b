"""Icons, drawn by the style sheet in the colour of the text around them."""

from typing import Any

from dash import html

from fall_line.components.attributes import aria


def icon(name: str) -> html.Span:
    """Return the icon `name` of client/styles/icons.css; it says nothing to a screen reader."""
    return html.Span(className=f"icon icon-{name}", **aria(hidden=True))


def icon_button(name: str, label: str, id: Any = None, expanded: bool | None = None) -> html.Button:
    """Return a button that shows only an icon; `label` is its name and its hover text."""
    attributes = aria(label=label) if expanded is None else aria(label=label, expanded=expanded)
    if id is not None:
        attributes["id"] = id
    return html.Button(icon(name), className="icon-button", title=label, **attributes)
