"""The button and the dialog that make files. The page's own code, client/exporting, fills the dialog on opening."""

from typing import Any

import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, State, clientside_callback, dcc, html

from fall_line.components import ids
from fall_line.components.attributes import aria, data
from fall_line.components.icon import icon
from fall_line.drawing.choices import SIZES, Choices
from fall_line.drawing.response import ResponseScene
from fall_line.drawing.scene import Scene
from fall_line.drawing.training import TrainingScene
from fall_line.experiments.kinds import Kind
from fall_line.exports import FORMATS, Format

NAMES = {"webp": "WebP", "py": "Python"}
# In the order of the dialog; the first that a format suits is its group.
GROUPS = {
    "Animation": lambda form: form.animated,
    "Picture or page": lambda form: "theme" in form.heeds,
    "Data and code": lambda _: True,
}
COUNTED = {one.kind: one.counted for one in (Scene, ResponseScene, TrainingScene)}
FIRST = ("mp4", "gif", "webp", "png", "svg", "html", "csv", "json", "py")
SHAPES = {
    "1200×800": "landscape",
    "1280×720": "for slides",
    "1920×1080": "full HD video",
    "1080×1080": "square",
    "1080×1920": "upright, for phones",
}


def export_button() -> html.Button:
    """Return the button that opens the dialog; its mark shows how far running exports are."""
    return html.Button(
        [
            icon("download"),
            html.Span("Export", className="button-text"),
            html.Span(className="export-mark", hidden=True, **aria(hidden=True)),
        ],
        id=ids.EXPORT,
        className="button",
        title="Export a video, a picture or the numbers",
        **aria(haspopup="dialog", label="Export"),
    )


def export_dialog(kind: Kind) -> list:
    """Return the dialog for experiments of this kind, empty until it is opened, and what its code must know of it."""
    return [
        dmc.Modal(
            id=ids.EXPORT_DIALOG,
            title="Export",
            size="1080px",
            yOffset="3dvh",
            className="export-dialog",
            closeButtonProps={"aria-label": "Close"},
            children=html.Div(id=ids.EXPORT_BODY, tabIndex="-1", **data(autofocus=True)),
        ),
        dcc.Store(id=ids.EXPORT_OFFER, data=offer(kind)),
    ]


def offer(kind: Kind) -> dict[str, Any]:
    """Return the formats for this kind of experiment in groups, the sizes and the choices' defaults, ready for JSON."""
    suited = [form for form in FORMATS.values() if kind in form.kinds]
    order = sorted(suited, key=lambda form: FIRST.index(form.key) if form.key in FIRST else len(FIRST))
    return {
        "kind": kind,
        "counted": COUNTED[kind],
        "groups": [
            {"name": group, "formats": [_told(one, kind) for one in order if _group(one) == group]} for group in GROUPS
        ],
        "sizes": [{"size": list(SIZES[name]), "shape": SHAPES.get(name, "")} for name in SIZES],
        "defaults": Choices().model_dump(),
    }


def _group(form: Format) -> str:
    return next(group for group, suits in GROUPS.items() if suits(form))


def _told(form: Format, kind: Kind) -> dict[str, Any]:
    return {
        "key": form.key,
        "name": NAMES.get(form.key, form.key.upper()),
        "words": form.label.partition(" (")[0].replace("step", COUNTED[kind]),
        "heeds": sorted(form.heeded(kind)),
        "animated": form.animated,
        "fastest": form.fastest,
    }


clientside_callback(
    ClientsideFunction("exporting", "show"), Output(ids.EXPORT_DIALOG, "opened"), Input(ids.EXPORT, "n_clicks")
)
clientside_callback(
    ClientsideFunction("exporting", "opened"), Input(ids.EXPORT_DIALOG, "opened"), State(ids.EXPORT_OFFER, "data")
)
