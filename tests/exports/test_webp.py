"""The WebP animation, read back: every pixel of every frame, its clock, and its alpha."""

import itertools

import numpy as np
import pytest

from fall_line.drawing.frames import frames, picture
from fall_line.drawing.timeline import timeline
from fall_line.exports import FORMATS
from fall_line.exports.format import silent
from tests.drawing.reading import differing, moving
from tests.drawing.scenes import SPIRAL, at, colour, made, pixel, plot_part


def written(scene, path):
    FORMATS["webp"].draw(scene, path, silent)
    return moving(path)


@pytest.mark.parametrize(
    "choices",
    [
        {"fps": 10, "duration": 1.0, "hold": 0.5},
        {"fps": 60, "duration": 0.3, "hold": 0.0},
        {"fps": 30, "steps_per_frame": 4, "hold": 2.0, "theme": "dark"},
    ],
)
def test_frames_and_clock(choices, tmp_path):
    """Equal frames may be one longer frame."""
    scene = made(SPIRAL, -SPIRAL, **choices)
    lengths, shown, loop = written(scene, tmp_path / "a.webp")
    times = timeline(scene.choices, 20)
    assert loop == 0
    assert sum(lengths) == pytest.approx(1000 * times.seconds, abs=10)
    begins = np.array([0, *itertools.accumulate(lengths[:-1])])
    for index, frame in enumerate(frames(scene, times.times)):
        read = shown[np.searchsorted(begins, 1000 * index / times.fps + 5) - 1]
        assert np.array_equal(read, frame)


def test_the_last_frame_is_the_picture(tmp_path):
    scene = made(SPIRAL, -SPIRAL, hold=0.7)
    lengths, shown, _ = written(scene, tmp_path / "a.webp")
    assert lengths[-1] == pytest.approx(800, abs=10)
    assert differing(shown[-1], picture(scene)) < 2e-4
    for run in range(2):
        assert (at(shown[-1], pixel(scene, scene.points[run, -1])) == colour(scene, run)).all()


def test_one_frame(tmp_path):
    scene = made(SPIRAL, first_step=20)
    lengths, shown, _ = written(scene, tmp_path / "a.webp")
    assert (len(lengths), np.array_equal(shown[0], picture(scene))) == (1, True)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_alpha(theme, tmp_path):
    scene = made(SPIRAL, theme=theme, transparent=True, duration=0.3)
    _, shown, _ = written(scene, tmp_path / "a.webp")
    for frame in shown:
        assert all(frame[row, column, 3] == 0 for row in (0, -1) for column in (0, -1))
        assert (plot_part(scene, frame)[2:-2, 2:-2, 3] == 255).all()
    assert (plot_part(scene, shown[-1])[..., :3] == plot_part(scene, picture(scene))[..., :3]).mean() > 0.99


def test_without_alpha_everything_is_there(tmp_path):
    _, shown, _ = written(made(SPIRAL, duration=0.3), tmp_path / "a.webp")
    assert (shown[..., 3] == 255).all()
