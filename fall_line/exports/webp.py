"""A small animation for web pages, which can be transparent."""

from collections.abc import Sequence
from pathlib import Path

from fall_line.drawing.frames import Drawable
from fall_line.exports._encoder import encode
from fall_line.exports.format import LOOK, MOTION, Format, Progress

# Flat colours are smaller without loss than with it: measured, half the bytes of quality 85, and sooner.
OUTPUT = [
    *("-f", "webp", "-c:v", "libwebp_anim", "-loop", "0"),
    *("-lossless", "1", "-quality", "50", "-compression_level", "2", "-pix_fmt", "bgra"),
]


def draw(scene: Drawable, path: Path, progress: Progress, only: Sequence[int] | None = None) -> None:
    """Write a WebP animation that repeats for ever, with an alpha channel if it is to be transparent.

    Raises:
        ExportError: ffmpeg is missing, or stopped before the end.
        OSError: the file can't be written.
    """
    encode(scene, path, progress, webp.fastest, OUTPUT, transparent=scene.choices.transparent, only=only)


webp = Format(
    key="webp", label="Small animation for web pages (WebP)", media_type="image/webp",
    draw=draw, heeds=LOOK | MOTION | {"transparent"}, fastest=60,
)  # fmt: skip
