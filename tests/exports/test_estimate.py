"""The size that is told before a file is drawn is right to within 30 %."""

import pytest

from fall_line.drawing.choices import Choices
from fall_line.experiments.reading import read_any
from fall_line.exports import FORMATS
from fall_line.exports._estimate import WEIGHTS, estimate, packets, sample, weighed
from fall_line.exports._staging import staged
from fall_line.exports.format import silent
from tests.drawing.scenes import SPIRAL, made

# Long contour lines and short ones, and curves over epochs.
LONG, SHORT, CURVES = "cross-method/basins_and_walls", "cross-method/giant_plateau", "response/adam/rectangles"
CASES = [
    (LONG, {"width": 640, "height": 480, "fps": 10, "duration": 3.0, "hold": 0.5}),
    (SHORT, {"width": 900, "height": 600, "fps": 30, "duration": 2.0, "theme": "dark", "hold": 0.5}),
    (CURVES, {"width": 640, "height": 360, "fps": 20, "duration": 4.0, "text_size": "slide"}),
    (LONG, {"width": 1400, "height": 800, "fps": 10, "duration": 2.0, "loss_panel": False}),
]


@pytest.mark.parametrize(("name", "choices"), CASES)
@pytest.mark.parametrize("key", WEIGHTS)
def test_the_estimate_is_right_to_within_30_percent(name, choices, key, tmp_path):
    form, experiment, chosen = FORMATS[key], read_any(name), Choices(**choices)
    form.export(experiment, tmp_path / f"a.{key}", chosen)
    told = estimate(form, staged(experiment, weighed(chosen)), chosen)
    assert 0.7 < told / (tmp_path / f"a.{key}").stat().st_size < 1.3


def test_every_animation_has_an_estimate_and_nothing_else():
    assert set(WEIGHTS) == {key for key, one in FORMATS.items() if one.animated}
    assert estimate(FORMATS["png"], made(SPIRAL), Choices()) is None


@pytest.mark.parametrize("key", WEIGHTS)
def test_packets_are_the_frames_of_the_file(key, tmp_path):
    path = tmp_path / f"a.{key}"
    FORMATS[key].draw(made(SPIRAL), path, silent)
    sizes = packets(path)
    assert len(sizes) == 10
    assert 0 <= path.stat().st_size - sum(sizes) < 2500  # the rest is the container


@pytest.mark.parametrize("frames", [1, 2, 12, 13, 24, 25, 40, 1800])
def test_a_sample_is_a_part_of_the_animation_in_its_order(frames):
    shown, changed = sample(frames)
    assert shown == sorted(set(shown))
    assert set(shown) <= set(range(frames))
    assert all(shown[index] - shown[index - 1] == 1 for index in changed)
    assert len(shown) <= 24
