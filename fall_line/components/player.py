"""The player under the plot. It works on what the page already holds; nothing here asks the server."""

from typing import Any

import dash_mantine_components as dmc
from dash import html

from fall_line.components.attributes import aria, select_name
from fall_line.components.icon import icon_button

PLAY, BACK, FORWARD, SCRUB, SPEED, LOOP, COUNTER = (
    f"player-{part}" for part in ("play", "back", "forward", "scrub", "speed", "loop", "counter")
)
SPEEDS = ("0.25", "0.5", "1", "2", "4")


def named(id: str, prefix: str) -> str:
    """Return the id of a piece of the player whose ids begin with `prefix`."""
    return f"{prefix}{id.removeprefix('player')}"


def player(*more: Any, prefix: str = "player") -> html.Div:
    """Return the player with `more` at its end; the page's own code puts a native slider into the place of `SCRUB`.

    On pages that aren't the first one the ids begin with another `prefix`.
    """
    return html.Div(
        className="player",
        role="group",
        **aria(label="Player"),
        children=[
            icon_button("back", "One step back (left arrow)", named(BACK, prefix)),
            icon_button("play", "Play (space)", named(PLAY, prefix)),
            icon_button("forward", "One step forward (right arrow)", named(FORWARD, prefix)),
            html.Div(id=named(SCRUB, prefix), className="player-scrub"),
            html.Span(id=named(COUNTER, prefix), className="player-counter"),
            dmc.Select(
                id=named(SPEED, prefix),
                data=[{"value": speed, "label": f"{speed}×"} for speed in SPEEDS],
                value="1",
                allowDeselect=False,
                size="xs",
                className="player-speed",
                attributes=select_name("Speed"),
            ),
            dmc.Switch(id=named(LOOP, prefix), label="Loop", size="xs", className="player-loop"),
            *more,
        ],
    )
