"""A drawing that stays sharp at every size."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

from matplotlib import rc_context

from fall_line.drawing.formula import drawing_lock
from fall_line.drawing.frames import Drawable, whole_figure
from fall_line.exports._whole_file import whole_file
from fall_line.exports.format import LOOK, Format, Progress

DIGITS = re.compile(r"(\d\.\d\d)\d+(?![\d%])")  # a hundredth of a pixel is enough


def draw(scene: Drawable, path: Path, progress: Progress) -> None:
    """Write the picture with lines as lines and letters as outlines, so that no font is needed to see it.

    Raises:
        OSError: the file can't be written.
    """
    # Without a date and with fixed names the same picture is the same file.
    settings: Any = {"svg.hashsalt": "Fall Line", "svg.fonttype": "path", "path.simplify_threshold": 0.05}
    drawn = StringIO()
    with drawing_lock, rc_context(settings):
        figure = whole_figure(scene)
        figure.savefig(drawn, format="svg", dpi=72, metadata={"Date": None}, facecolor=figure.get_facecolor())
    with whole_file(path) as file:
        file.write(DIGITS.sub(r"\1", drawn.getvalue()))
        progress(1, 1)


svg = Format(
    key="svg", label="Drawing for print (SVG)", media_type="image/svg+xml",
    draw=draw, heeds=LOOK | {"transparent", "first_step", "last_step"},
)  # fmt: skip
