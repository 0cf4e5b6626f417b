"""The picture is the frame itself, pixel by pixel."""

import numpy as np
import pytest
from PIL import Image

from fall_line.drawing.frames import picture
from fall_line.exports import FORMATS
from fall_line.exports.format import silent
from tests.drawing.scenes import SPIRAL, at, colour, made, pixel, plot_part


def written(scene, path):
    FORMATS["png"].draw(scene, path, silent)
    with Image.open(path) as file:
        return np.asarray(file)


@pytest.mark.parametrize(
    "choices",
    [{}, {"theme": "dark"}, {"width": 202, "height": 404}, {"last_step": 9}, {"first_step": 3, "formula": True}],
)
def test_it_is_the_frame(choices, tmp_path):
    scene = made(SPIRAL, -SPIRAL, **choices)
    read = written(scene, tmp_path / "a.png")
    assert read.shape == (scene.choices.height, scene.choices.width, 3)
    assert np.array_equal(read, picture(scene)[..., :3])


def test_paths_end_where_the_numbers_say(tmp_path):
    scene = made(SPIRAL, -SPIRAL, line_width=4.0)
    read = written(scene, tmp_path / "a.png")
    for run in range(2):
        assert (at(read, pixel(scene, scene.points[run, -1])) == colour(scene, run)).all()


def test_the_last_step_is_chosen(tmp_path):
    scene = made(SPIRAL, last_step=9, line_width=4.0)
    read = written(scene, tmp_path / "a.png")
    assert (at(read, pixel(scene, SPIRAL[9])) == colour(scene, 0)).all()
    assert (at(read, pixel(scene, SPIRAL[20])) != colour(scene, 0)).any()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_alpha(theme, tmp_path):
    scene = made(SPIRAL, theme=theme, transparent=True)
    read = written(scene, tmp_path / "a.png")
    assert np.array_equal(read, picture(scene))
    assert all(read[row, column, 3] == 0 for row in (0, -1) for column in (0, -1))
    assert (plot_part(scene, read)[2:-2, 2:-2, 3] == 255).all()


def test_the_same_picture_is_the_same_file(tmp_path):
    for name in "ab":
        written(made(SPIRAL), tmp_path / f"{name}.png")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
