"""Exporting 120 frames of 1200 × 800 with five runs, beside the encoder alone and the article's way.

python -m benchmarks.export

All of one run on one machine, the median of five: (a) ffmpeg fed with frames that lie ready, which is the limit;
(b) Matplotlib's FuncAnimation, which draws everything anew for every frame, as the article's script does.
"""

import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import imageio_ffmpeg
import matplotlib as mpl
import numpy as np
from matplotlib.animation import FFMpegWriter, FuncAnimation, PillowWriter
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from fall_line.drawing.choices import Choices
from fall_line.drawing.frames import frames
from fall_line.drawing.scene import Scene
from fall_line.drawing.timeline import timeline
from fall_line.experiments.published import OPENING, find
from fall_line.exports import FORMATS, gif, mp4
from fall_line.exports._staging import scene
from fall_line.exports.format import silent
from fall_line.figures.theme import PALETTES

TIMES = 5
CHOICES = Choices(duration=4, fps=30, hold=0)


def main() -> None:
    """Measure and print the table."""
    one = scene(find(OPENING).experiment, CHOICES)
    times = timeline(CHOICES, one.steps).times
    ready = [frame.tobytes() for frame in frames(one, times)]
    print(f"{len(times)} frames of {CHOICES.width} × {CHOICES.height}, {len(one.names)} runs, median of {TIMES}\n")
    print(f"{'':<6}{'export':>9}{'(a) encoder':>13}{'ratio':>7}{'(b) FuncAnimation':>19}{'ratio':>7}{'size':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for key, output, first in (("mp4", mp4.OUTPUT, []), ("gif", _gif_output(), ready[-1:])):
            path = Path(folder) / f"a.{key}"
            ours = _seconds(lambda key=key, path=path: FORMATS[key].draw(one, path, silent))
            size = path.stat().st_size
            alone = _seconds(lambda output=output, path=path, first=first: _encode(first + ready, output, path))
            article = _seconds(lambda path=path: _func_animation(one, times, path), 1)
            print(
                f"{key:<6}{ours:>8.2f}s{alone:>12.2f}s{ours / alone:>7.2f}{article:>18.1f}s{ours / article:>7.3f}"
                f"{size / 1000:>6.0f} kB"
            )


def _gif_output() -> list[str]:
    return ["-f", "gif", "-filter_complex", gif.FILTER, "-loop", "0"]


def _seconds(work: Callable[[], object], times: int = TIMES) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def _encode(ready: list[bytes], output: list[str], path: Path) -> None:
    size = f"{CHOICES.width}x{CHOICES.height}"
    taking = ["-f", "rawvideo", "-pix_fmt", "rgba", "-s", size, "-r", str(CHOICES.fps), "-i", "-"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-y", *taking, *output, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for frame in ready:
            process.stdin.write(frame)
        process.stdin.close()
        if process.wait():
            raise RuntimeError("ffmpeg failed")


def _func_animation(one: Scene, times: np.ndarray, path: Path) -> None:
    """The same paths over the same contour, the whole figure drawn for every frame."""
    mpl.rcParams["animation.ffmpeg_path"] = imageio_ffmpeg.get_ffmpeg_exe()
    palette = PALETTES["light"]
    figure = Figure(figsize=(12, 8), dpi=100)
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.contourf(one.x, one.y, one.losses, levels=one.levels, extend="both", cmap="Blues_r", alpha=0.4)
    axes.contour(one.x, one.y, one.losses, levels=one.levels, colors="gray", linewidths=0.5)
    axes.set(xlim=one.view[:2], ylim=one.view[2:], title=one.title)
    lines = [
        axes.plot([], [], color=palette.runs[style % 8], label=name)[0]
        for style, name in zip(one.styles, one.names, strict=True)
    ]
    axes.legend()

    def update(time_: float) -> list:
        for line, points in zip(lines, one.points, strict=True):
            line.set_data(*points[: int(time_) + 1].T)
        return lines

    animation = FuncAnimation(figure, update, frames=times, blit=False)
    writer = FFMpegWriter(fps=CHOICES.fps) if path.suffix == ".mp4" else PillowWriter(fps=CHOICES.fps)
    animation.save(str(path), writer=writer, dpi=100)


if __name__ == "__main__":
    main()
