"""An animation that shows wherever pictures show."""

from collections.abc import Sequence
from pathlib import Path

from fall_line.drawing.frames import Drawable
from fall_line.drawing.timeline import timeline
from fall_line.exports._encoder import encode
from fall_line.exports.format import LOOK, MOTION, Format, Progress

# The first frame sent is the last of the animation, which has all colours: the palette is made of it and it is dropped.
# So nothing waits in memory for the palette. What doesn't change from frame to frame isn't stored again.
FILTER = (
    "split[a][b];[a]trim=end_frame=1,palettegen=stats_mode=full:max_colors=192:reserve_transparent=1[palette];"
    "[b]trim=start_frame=1,setpts=PTS-STARTPTS[all];[all][palette]paletteuse=dither=none:diff_mode=rectangle"
)


def draw(scene: Drawable, path: Path, progress: Progress, only: Sequence[int] | None = None) -> None:
    """Write a GIF that repeats for ever, with a palette of its own; a frame lasts at least 0.02 s.

    Raises:
        ExportError: ffmpeg is missing, or stopped before the end.
        OSError: the file can't be written.
    """
    times = timeline(scene.choices, scene.steps, gif.fastest)
    last = round(100 * (1 + times.held) / times.fps)  # hundredths of a second: as long as any other, and the hold
    output = ["-f", "gif", "-filter_complex", FILTER, "-loop", "0", "-final_delay", str(last)]
    encode(scene, path, progress, gif.fastest, output, held=False, palette=True, only=only)


gif = Format(
    key="gif", label="Animation for pages and chats (GIF)", media_type="image/gif",
    draw=draw, heeds=LOOK | MOTION, fastest=50,
)  # fmt: skip
