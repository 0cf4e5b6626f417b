"""What is asked for as length is how long a file plays, its hold included, as other programs read it."""

import re

import pytest

from fall_line.exports import FORMATS
from fall_line.exports.format import silent
from tests.drawing.reading import moving, video
from tests.drawing.scenes import SPIRAL, made

LENGTHS = [
    {"duration": 2.0, "hold": 0.5, "fps": 20},
    {"duration": 1.0, "hold": 1.5, "fps": 30},  # a hold that leaves no movement is shortened
    {"duration": 0.5, "hold": 0.0, "fps": 50},
    {"duration": 1.2, "hold": 0.3, "fps": 60, "first_step": 3, "last_step": 3},
]


def seconds(path):
    """How long a file plays, by what stands in it."""
    if path.suffix == ".mp4":
        said, _ = video(path)
        hours, minutes, rest = re.search(r"Duration: (\d+):(\d+):([\d.]+)", said).groups()
        return 3600 * int(hours) + 60 * int(minutes) + float(rest)
    return sum(moving(path)[0]) / 1000


@pytest.mark.parametrize(
    ("key", "choices"),
    [
        (key, choices)
        for key, one in FORMATS.items()
        for choices in LENGTHS
        if one.animated and not (key == "webp" and "last_step" in choices)  # of one picture it makes a still
    ],
)
def test_a_file_is_as_long_as_was_asked_for(key, choices, tmp_path):
    path = tmp_path / f"a.{key}"
    FORMATS[key].draw(made(SPIRAL, **choices), path, silent)
    frame = 1 / min(choices["fps"], FORMATS[key].fastest)
    assert seconds(path) == pytest.approx(choices["duration"], abs=max(frame / 2, 0.011))
