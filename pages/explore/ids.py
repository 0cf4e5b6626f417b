"""Ids of the Explore page, declared once. Those written in assets/js are the same words."""

from typing import Any

PLOT = "surface-plot"
LOSSES = "loss-plot"
RUNS = "runs"
SURFACE_NUMBERS = "surface-numbers"
SURFACE_FORMULA = "surface-formula"
FORMULA_SWITCH = "surface-formula-switch"
LESSON = "lesson"

SURFACE = "surface-choice"
PUBLISHED = "published-choice"
LEVELS = "levels-choice"
LOSS_AXIS = "loss-axis"
LINK_RATES = "link-rates"
ADD_RUN = "add-run"
COPY_LINK = "copy-link"
OPEN_FILE = "open-file"

OPENING = "opening"
CATALOGUE = "catalogue"
STRUCTURE = "structure"
CONTOUR_REQUEST = "contour-request"
OPENED = "opened"
SINK = "sink"

PROBLEM = "problem"
CONNECTION = "connection"
COPIED = "copied"
SUMMARY = "summary"
LOSS_CAPTION = "loss-caption"
READOUT = "readout"
TOOLTIP = "tooltip"
OUTCOMES_BODY = "outcomes-body"

LANES = 3


def lane(kind: str, number: Any) -> dict[str, Any]:
    """The store of one lane between page and server: `request`, `answer` or `receipt`."""
    return {"type": kind, "lane": number}
