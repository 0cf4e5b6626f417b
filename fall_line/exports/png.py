"""A picture of the paths as they stand at the last step shown."""

from pathlib import Path

import imageio.v3 as imageio

from fall_line.drawing.frames import Drawable, picture
from fall_line.exports._whole_file import draft_for
from fall_line.exports.format import LOOK, Format, Progress


def draw(scene: Drawable, path: Path, progress: Progress) -> None:
    """Write the very frame with which an animation would end; with an alpha channel if it is to be transparent.

    Raises:
        OSError: the file can't be written.
    """
    pixels = picture(scene)
    with draft_for(path) as draft:
        imageio.imwrite(draft, pixels if scene.choices.transparent else pixels[..., :3], extension=".png")
        progress(1, 1)


png = Format(
    key="png", label="Picture (PNG)", media_type="image/png",
    draw=draw, heeds=LOOK | {"transparent", "first_step", "last_step"},
)  # fmt: skip
