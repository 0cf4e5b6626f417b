"""The GIF, read back: its clock, its colours, and that it looks like the picture."""

import itertools

import numpy as np
import pytest

from fall_line.drawing.frames import frames, picture
from fall_line.drawing.timeline import timeline
from fall_line.exports import FORMATS
from fall_line.exports.format import silent
from fall_line.figures.theme import PALETTES
from tests.drawing.reading import alike, differing, moving
from tests.drawing.scenes import SPIRAL, at, colour, made, pixel, rgb


def written(scene, path):
    FORMATS["gif"].draw(scene, path, silent)
    return moving(path)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A scene, its file, and the frames in it."""
    scene = made(SPIRAL, -SPIRAL, hold=0.5, line_width=4.0)
    path = tmp_path_factory.mktemp("gif") / "a.gif"
    return scene, path, written(scene, path)[1]


def test_it_repeats_for_ever(drawn):
    data = drawn[1].read_bytes()
    assert data.startswith(b"GIF89a")
    assert b"NETSCAPE2.0\x03\x01\x00\x00\x00" in data


@pytest.mark.parametrize(
    ("choices", "last"),
    [
        ({"fps": 10, "duration": 1.0, "hold": 0.5}, 600),
        ({"fps": 10, "duration": 1.0, "hold": 0.0}, 100),
        ({"fps": 60, "duration": 1.0, "hold": 0.01}, 20),
        ({"fps": 30, "steps_per_frame": 2.0, "hold": 20.0}, 20_030),
        ({"fps": 40, "duration": 0.5, "hold": 0.3}, 320),
        ({"fps": 20, "first_step": 7, "last_step": 7, "hold": 1.0}, 1000),
        ({"fps": 20, "last_step": 1, "duration": 0.1, "hold": 0.0}, 50),
    ],
)
def test_the_clock(choices, last, tmp_path):
    """Browsers slow down what lasts less than 20 ms; a GIF counts hundredths, so other frames last one more or less."""
    scene = made(SPIRAL, **choices)
    lengths, shown, loop = written(scene, tmp_path / "a.gif")
    times = timeline(scene.choices, 20, fastest=50)
    assert shown.shape == (len(times.times), 300, 400, 4)
    assert loop == 0
    assert lengths[-1] == last
    assert min(lengths) >= 20
    begins = [0, *itertools.accumulate(lengths[:-1])]
    assert begins == pytest.approx([1000 * index / times.fps for index in range(len(lengths))], abs=10)


def test_frames_in_which_nothing_happens_are_there_too(tmp_path):
    scene = made([(0.1, 0.1)] * 3, loss_panel=False)
    lengths, _, _ = written(scene, tmp_path / "a.gif")
    assert sum(lengths) == 1000


def test_every_frame_looks_like_the_one_that_was_drawn(drawn):
    scene, _, shown = drawn
    for read, frame in zip(shown, frames(scene, timeline(scene.choices, 20).times), strict=True):
        assert alike(read, frame) > 0.999
        assert differing(read, frame) == 0


def test_the_last_frame_is_the_picture(drawn):
    scene, _, shown = drawn
    assert alike(shown[-1], picture(scene)) > 0.999
    assert differing(shown[-1], picture(scene)) < 2e-4


def test_sixteen_runs_keep_their_colours(tmp_path):
    """Paths end on a ring; the palette is that of the last frame."""
    angles = 2 * np.pi * np.arange(16) / 16
    ends = 0.4 * np.stack([np.cos(angles), np.sin(angles)], axis=1)
    scene = made(*[[(0, 0), end] for end in ends], line_width=4.0, theme="dark")
    _, shown, _ = written(scene, tmp_path / "a.gif")
    for run, end in enumerate(ends):
        assert np.abs(at(shown[-1], pixel(scene, end)) - colour(scene, run)).max() <= 8


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_there_is_always_a_background(theme, tmp_path):
    scene = made(SPIRAL, theme=theme, transparent=True, duration=0.3)
    _, shown, _ = written(scene, tmp_path / "a.gif")
    assert (shown[..., 3] == 255).all()
    assert np.abs(at(shown[0], (2, 2)) - rgb(PALETTES[theme].paper)).max() <= 2
