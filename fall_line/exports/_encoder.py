"""Frames go through a pipe to ffmpeg while they are drawn, and a file comes out or none."""

import contextlib
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

import imageio_ffmpeg

from fall_line.drawing.frames import Drawable, frames
from fall_line.drawing.timeline import Timeline, timeline
from fall_line.exports._whole_file import draft_for
from fall_line.exports.format import ExportError, Progress

MISSING = (
    "The video encoder ffmpeg can't be started; reinstall imageio-ffmpeg, or name an ffmpeg in IMAGEIO_FFMPEG_EXE."
)


def encode(
    scene: Drawable,
    path: Path,
    progress: Progress,
    fastest: int,
    output: list[str],
    held: bool = True,
    palette: bool = False,
    transparent: bool = False,
    only: Sequence[int] | None = None,
) -> None:
    """Write the animation of `scene` to `path` with ffmpeg's `output` options.

    With `held` the last frame is sent as often as the hold asks for; formats that know durations say it otherwise.
    With `palette` the last frame is also sent before all others. Without `transparent` there is always a background.
    `only` says which of the frames are written, without a hold, instead of all.

    Raises:
        ExportError: ffmpeg is missing, or stopped before the end.
        OSError: the file can't be written.
    """
    scene = replace(scene, choices=scene.choices.model_copy(update={"transparent": transparent}))
    times = timeline(scene.choices, scene.steps, fastest)
    if only is not None:
        times = replace(times, times=times.times[list(only)], held=0)
    with draft_for(path) as draft, _ffmpeg(scene, times.fps, [*output, f"file:{draft}"]) as send:
        for frame in _told(scene, times, times.held if held else 0, palette, progress):
            send(frame)


def _told(scene: Drawable, times: Timeline, held: int, palette: bool, progress: Progress) -> Iterator[memoryview]:
    """Yield every frame, the last one `held` times more, and tell the progress."""
    total = len(times.times)
    progress(0, total)
    for done, frame in enumerate(frames(scene, times.times, last_first=palette), start=0 if palette else 1):
        pixels = frame.data.cast("B")
        yield pixels
        progress(done, total)
        if done == total:
            yield from [pixels] * held


class _StoppedError(Exception):
    """The encoder takes no more frames."""


@contextlib.contextmanager
def _ffmpeg(scene: Drawable, fps: int, output: list[str]) -> Iterator[Callable[[memoryview], None]]:
    """Give what sends a frame to an ffmpeg; it is gone afterwards, whatever happens."""
    size = f"{scene.choices.width}x{scene.choices.height}"
    taking = ["-f", "rawvideo", "-pix_fmt", "rgba", "-s", size, "-r", str(fps), "-i", "-"]
    with tempfile.TemporaryFile() as said:
        process = _started([*taking, *output], said)
        pipe, stopped = process.stdin, False
        assert pipe is not None

        def send(frame: memoryview) -> None:
            try:
                pipe.write(frame)
            except BrokenPipeError:
                raise _StoppedError from None

        try:
            yield send
        except _StoppedError:
            stopped = True
        except BaseException:
            process.kill()
            raise
        finally:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
            code = process.wait()
        if code or stopped:
            said.seek(0)
            raise _failure(code, said.read().decode(errors="replace"))


def _started(arguments: list[str], said: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-loglevel", "error", "-y", *arguments]
        # In a session of its own, so that Ctrl+C reaches only the program, which then stops it.
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True
        )
    except (OSError, RuntimeError):
        raise ExportError(MISSING) from None


def _failure(code: int, said: str) -> ExportError:
    if "No space left" in said:
        return ExportError("The disk is full: there is no room for the file. Free some space and try again.")
    how = f"was stopped by signal {-code}" if code < 0 else f"stopped with code {code}"
    last = said.strip().splitlines()[-1:] or ["it said nothing"]
    words = "".join(sign for sign in " ".join(last[0].split()) if sign.isprintable())
    return ExportError(f"The video encoder ffmpeg {how} before the end ({words[:200]}). Try again.")
