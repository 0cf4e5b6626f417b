"""‘Go on from here’, and what stands in the rail once a training has gone on with other values."""

from dash import html

from fall_line.components.attributes import aria
from fall_line.pages.train import ids


def go_on_button() -> html.Button:
    """Return the button beside the player, whose step is where the training goes on."""
    return html.Button(
        ["Go on", html.Span(" from here")],
        id=ids.GO_ON,
        type="button",
        className="button quiet train-go-on",
        **aria(label="Go on from here"),
        title="As many steps more from the player’s step on, with other values if you like",
    )


def continued_note() -> html.Div:
    """Return the note that says from which step the sliders' values hold, with the way back; hidden until then."""
    return html.Div(
        id=ids.CONTINUED,
        className="lesson train-continued",
        hidden=True,
        children=[
            html.P(id=ids.CONTINUED_TEXT, role="status"),
            html.Button("Take it back", id=ids.TAKE_BACK, type="button", className="text-button"),
        ],
    )


def before_words() -> html.P:
    """Return the place under the runs where it says which values they had until that step."""
    return html.P(id=ids.BEFORE, className="prose", hidden=True)
