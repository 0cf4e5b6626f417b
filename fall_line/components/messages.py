"""What the page has to say: a sentence that refuses something, and that the server does not answer."""

from dash import html

from fall_line.components import ids


def messages() -> html.Div:
    """Return the place over the plot where sentences appear, so that nothing moves under the reader's hand."""
    return html.Div(
        className="messages",
        children=[
            html.P(id=ids.CONNECTION, className="message", role="status", hidden=True),
            html.P(id=ids.PROBLEM, className="message", role="alert", hidden=True),
        ],
    )
