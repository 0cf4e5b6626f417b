"""What an embedded page has: the line under it, which leads to the whole one, and room for what will come."""

from typing import Any

from dash import html

from fall_line.components import ids
from fall_line.components.attributes import aria


def embedded_foot(path: str) -> html.Div:
    """Return the line; the page's own code lets its link lead to what is seen, on the page at `path`."""
    return html.Div(
        className="embedded-foot",
        children=[
            html.Span(className="logo", **aria(hidden=True)),
            html.A("Open in Fall Line", id=ids.OPEN_WHOLE, href=path, target="_blank", rel="noopener"),
        ],
    )


def rows(count: int) -> dict[str, Any]:
    """Return the style of a page whose table will have so many rows; client/styles/embedded.css keeps room for them."""
    return {"--rows": str(count)}
