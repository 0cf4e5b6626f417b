"""What to look at in a published experiment, with the way back to it once something of that was changed."""

from dash import html


def published_note(id: str, title: str = "", text: str = "") -> html.Div:
    """Return the place with the id `id`; client/runs/note.ts fills its pieces, `id-head`, `id-text` and `id-back`."""
    return html.Div(
        id=id,
        className="lesson",
        hidden=not text,
        children=[
            html.Div(
                [
                    html.Span(title, id=f"{id}-head"),
                    html.Button("Back to it", id=note_back(id), className="text-button", hidden=True),
                ],
                className="lesson-head",
            ),
            html.P(text, id=f"{id}-text"),
        ],
    )


def note_back(id: str) -> str:
    """Return the id of the button that leads back to the published experiment of the note `id`."""
    return f"{id}-back"
