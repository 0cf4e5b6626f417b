"""The video, read back by a decoder: what is in it, when, and that it looks like the picture."""

import re

import numpy as np
import pytest

from fall_line.drawing.frames import frames, picture
from fall_line.drawing.timeline import timeline
from fall_line.exports import FORMATS
from fall_line.exports.format import silent
from fall_line.figures.theme import PALETTES
from tests.drawing.reading import alike, differing, video
from tests.drawing.scenes import SPIRAL, at, colour, made, pixel, rgb

THICK = {"line_width": 6.0, "loss_panel": False}


def written(scene, path):
    FORMATS["mp4"].draw(scene, path, silent)
    return video(path)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A scene, its file, what ffmpeg says about it, and its frames."""
    scene = made(SPIRAL, -SPIRAL, hold=0.5, **THICK)
    path = tmp_path_factory.mktemp("mp4") / "a.mp4"
    return scene, path, *written(scene, path)


def test_players_take_it(drawn):
    _, _, said, _ = drawn
    assert re.search(r"Video: h264 \(.*\), yuv420p\(tv, bt709, progressive\), 400x300", said)
    assert "Audio" not in said


def boxes(data):
    """The names of the file's outermost boxes."""
    names, start = [], 0
    while start < len(data):
        length = int.from_bytes(data[start : start + 4])
        names.append(data[start + 4 : start + 8].decode())
        start += length
    return names


def test_the_index_comes_first(drawn):
    names = boxes(drawn[1].read_bytes())
    assert names.index("moov") < names.index("mdat")


@pytest.mark.parametrize(
    "choices",
    [
        {"fps": 10, "duration": 1.0, "hold": 0.5},
        {"fps": 60, "duration": 0.5, "hold": 0.0},
        {"fps": 25, "steps_per_frame": 3, "hold": 1.0},
        {"fps": 10, "first_step": 5, "last_step": 5, "hold": 0.0},
        {"width": 300, "height": 402, "duration": 0.3},
    ],
)
def test_frames_size_and_duration(choices, tmp_path):
    scene = made(SPIRAL, **choices)
    said, shown = written(scene, tmp_path / "a.mp4")
    times = timeline(scene.choices, 20)
    assert shown.shape == (len(times.times) + times.held, scene.choices.height, scene.choices.width, 3)
    hours, minutes, seconds = re.search(r"Duration: (\d+):(\d+):([\d.]+)", said).groups()
    assert (hours, minutes) == ("00", "00")
    assert float(seconds) == pytest.approx(times.seconds, abs=0.011)
    assert f" {times.fps} fps," in said


def test_every_frame_looks_like_the_one_that_was_drawn(drawn):
    scene, _, _, shown = drawn
    for read, frame in zip(shown, frames(scene, timeline(scene.choices, 20).times), strict=False):
        assert alike(read, frame) > 0.993
        assert differing(read, frame) < 0.03


def test_the_last_frame_is_the_picture_and_stays(drawn):
    scene, _, _, shown = drawn
    for read in shown[-6:]:
        assert alike(read, picture(scene)) > 0.993
    assert alike(shown[-7], picture(scene)) < 0.993


def test_paths_end_where_the_numbers_say_in_their_colours(drawn):
    scene, _, _, shown = drawn
    for run in range(2):
        assert np.abs(at(shown[-1], pixel(scene, scene.points[run, -1])) - colour(scene, run)).max() <= 16


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_flat_colours_stay_what_they_are(theme, tmp_path):
    scene = made(SPIRAL, theme=theme, transparent=True)
    _, shown = written(scene, tmp_path / "a.mp4")
    assert np.abs(at(shown[0], (2, 2)) - rgb(PALETTES[theme].paper)).max() <= 3
    assert np.abs(at(shown[0], pixel(scene, (0.1, 0.02))) - at(picture(scene), pixel(scene, (0.1, 0.02)))).max() <= 3
