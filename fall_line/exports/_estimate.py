"""How large an animation's file will be: some of its frames are drawn and encoded as they will be, and weighed."""

import subprocess
import tempfile
from pathlib import Path
from statistics import mean, median

import imageio_ffmpeg

from fall_line.drawing.choices import Choices
from fall_line.drawing.frames import Drawable
from fall_line.drawing.timeline import timeline
from fall_line.exports.format import Format, silent

LONGEST = 1280  # pixels: larger pictures are weighed at this size
GROWTH = 1.2  # bytes grow as a picture's sides to this power
PLACES, WINDOW = (1 / 6, 1 / 2, 5 / 6), 4  # where in the animation how many frames are drawn
# bytes = first · a + frames · change · b + (frames + held) · c, with a typical change from one frame to the next.
# Measured over 36 files of published experiments, of many sizes and lengths: the median error is 5 %, the greatest
# 25 %, but for one small video that is told 46 % too large.
WEIGHTS = {"mp4": (median, 1.15, 0.93, 62), "gif": (mean, 1.0, 1.0, 20), "webp": (mean, 1.0, 0.93, 50)}


def weighed(choices: Choices) -> Choices:
    """Return `choices` with the same proportions at the size at which frames are weighed."""
    scale = min(1.0, LONGEST / max(choices.width, choices.height))
    sides = {"width": round(choices.width * scale / 2) * 2, "height": round(choices.height * scale / 2) * 2}
    return choices.model_copy(update=sides)


def estimate(form: Format, scene: Drawable, choices: Choices) -> int | None:
    """Return about how many bytes the animation of `scene` will have if it is drawn with `choices`.

    The scene is made for `weighed(choices)`. None means that this isn't known of the format.

    Raises:
        ExportError: ffmpeg is missing.
    """
    if form.key not in WEIGHTS or form.draw is None:
        return None
    plan = timeline(scene.choices, scene.steps, form.fastest)
    shown, changed = sample(len(plan.times))
    with tempfile.TemporaryDirectory(prefix="fall-line-") as folder:
        path = Path(folder) / f"sample.{form.key}"
        form.draw(scene, path, silent, only=shown)
        sizes = packets(path)
    typical, first, change, each = WEIGHTS[form.key]
    changes = [sizes[index] for index in changed if index < len(sizes)]
    frames = len(plan.times)
    held = 0 if form.key == "gif" else plan.held  # it says how long the last one stays
    moving = change * (frames - 1) * typical(changes) if changes else 0.0
    larger = max(choices.width, choices.height) / max(scene.choices.width, scene.choices.height)
    return round(larger**GROWTH * (first * sizes[0] + moving) + each * (frames + held))


def sample(frames: int) -> tuple[list[int], list[int]]:
    """Return which frames are drawn, and which of those come right after the one before."""
    if frames <= 2 * len(PLACES) * WINDOW:  # the places would overlap
        return list(range(frames)), list(range(1, frames))
    shown = [min(int(place * frames), frames - WINDOW) + index for place in PLACES for index in range(WINDOW)]
    return shown, [index for index in range(len(shown)) if index % WINDOW]


def packets(path: Path) -> list[int]:
    """Return how many bytes each frame takes in an animation's file."""
    if path.suffix == ".webp":
        return _chunks(path.read_bytes())
    words = ["-v", "error", "-nostdin", "-i", str(path), "-c", "copy", "-f", "framecrc", "-"]
    said = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), *words], capture_output=True, text=True, check=True, start_new_session=True
    ).stdout
    return [int(line.split(",")[4]) for line in said.splitlines() if line[:1].isdigit()]


def _chunks(content: bytes) -> list[int]:
    """Return the lengths of the frames in a WebP, a RIFF file whose chunks have a name, a length and an even end."""
    at, found = 12, []
    while at + 8 <= len(content):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        if content[at : at + 4] == b"ANMF":
            found.append(length + 8)
        at += 8 + length + length % 2
    return found or [len(content)]
