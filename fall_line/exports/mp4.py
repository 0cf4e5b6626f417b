"""A video that every player and presentation program takes."""

from collections.abc import Sequence
from pathlib import Path

from fall_line.drawing.frames import Drawable
from fall_line.exports._encoder import encode
from fall_line.exports.format import LOOK, MOTION, Format, Progress

LABELS = "colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"

# The frames' colours are turned into Y′CbCr by BT.709, as players expect of what isn't labelled otherwise.
OUTPUT = [
    *("-f", "mp4", "-movflags", "+faststart"),
    *("-vf", f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams={LABELS}"),
    *("-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-tune", "animation"),
]


def draw(scene: Drawable, path: Path, progress: Progress, only: Sequence[int] | None = None) -> None:
    """Write H.264 with 4:2:0 chroma and the index in front, so that it plays while it loads.

    Raises:
        ExportError: ffmpeg is missing, or stopped before the end.
        OSError: the file can't be written.
    """
    encode(scene, path, progress, mp4.fastest, OUTPUT, only=only)


mp4 = Format(
    key="mp4", label="Video for slides and players (MP4)", media_type="video/mp4",
    draw=draw, heeds=LOOK | MOTION, fastest=60,
)  # fmt: skip
