"""Pictures and animations of answers to a signal show the numbers where they belong."""

import imageio.v3 as imageio
import numpy as np
import pytest
from PIL import Image

from fall_line.drawing.choices import Choices
from fall_line.drawing.frames import picture
from fall_line.drawing.response import response_layout, response_places, update_pixels, value_range
from fall_line.experiments.published_responses import PUBLISHED_RESPONSES, find
from fall_line.experiments.response_experiment import check
from fall_line.exports import FORMATS
from fall_line.exports._staging import staged
from fall_line.figures.theme import PALETTES
from fall_line.trajectories.response import response

CHOICES = Choices(width=600, height=400, line_width=3)


def rgb(colour):
    return np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)])


def near(pixels, x, y, colour, reach=3):
    """The least distance of any pixel about a place to a colour."""
    row, column = round(pixels.shape[0] - y), round(x)
    part = pixels[row - reach : row + reach + 1, column - reach : column + reach + 1, :3].astype(int)
    return np.abs(part - rgb(colour)).max(axis=-1).min()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["response/adam/rectangles", "response/momentum/spikes"])
def test_the_head_of_each_answer_is_where_the_number_puts_it(name, theme):
    experiment = find(name).experiment
    scene = staged(experiment, CHOICES.model_copy(update={"theme": theme}))
    updates = np.array([response(run.optimizer, run.hypers, experiment.values).updates for run in experiment.runs])
    apart = np.diff(np.sort(updates, axis=0), axis=0).min(axis=0)
    epoch = int(np.argmax(apart))  # where no head covers another
    pixels = picture(scene, float(epoch))
    _, place = response_places(response_layout(scene))
    low, high = value_range(updates)
    assert apart[epoch] / (high - low) * place.height > 10
    x = place.x + epoch / 299 * place.width
    for style, value in enumerate(updates[:, epoch]):
        y = 400 - place.bottom + (value - low) / (high - low) * place.height
        assert near(pixels, x, y, PALETTES[theme].runs[style], reach=1) <= 8


def test_a_zoomed_picture_shows_its_epochs_alone():
    """The head at an epoch is where the window's ends put it, and none is drawn for an epoch beside it."""
    name = "response/momentum/spikes"
    experiment = find(name).experiment.model_copy(update={"epochs": (50.0, 150.0)})
    scene = staged(experiment, CHOICES)
    _, place = response_places(response_layout(scene))
    low, high = value_range(scene.updates)
    epoch = 61  # where the three stand apart
    pixels = picture(scene, float(epoch))
    x = place.x + (epoch - 50) / 100 * place.width
    for style, value in enumerate(scene.updates[:, epoch]):
        y = 400 - place.bottom + (value - low) / (high - low) * place.height
        assert near(pixels, x, y, PALETTES["light"].runs[style], reach=1) <= 8
    beyond = picture(scene, 299.0)
    inside = beyond[int(place.y) : int(place.bottom), int(place.x) : int(place.right), :3].astype(int)
    assert (np.abs(inside - rgb(PALETTES["light"].runs[0])).max(axis=-1) <= 12).any()
    edge = beyond[int(place.y) : int(place.bottom), int(place.right) + 3 : int(place.right) + 12, :3]
    assert (edge == edge[0, 0]).all(), "no head and no cursor stands beside the axes"


def test_a_frame_shows_nothing_that_comes_later():
    scene = staged(find("response/momentum/rectangles").experiment, CHOICES)
    _, place = response_places(response_layout(scene))
    early, late = picture(scene, 100.0), picture(scene, 299.0)
    after = slice(round(place.x + 0.4 * place.width), round(place.right) - 12)
    rows = slice(round(place.y) + 2, round(place.bottom) - 2)
    colours = [rgb(PALETTES["light"].runs[style]) for style in range(3)]

    def inked(pixels):
        part = pixels[rows, after, :3].astype(int)
        return [int((np.abs(part - colour).max(axis=-1) <= 8).sum()) for colour in colours]

    assert inked(early) == [0, 0, 0]
    assert min(inked(late)) > 100


def test_hidden_runs_are_left_out():
    runs = [
        {"optimizer": "momentum", "hypers": {"gamma": 0.9}},
        {"optimizer": "adam", "hidden": True},
        {"optimizer": "gradient_descent"},
    ]
    scene = staged(check({"signal": "spikes", "runs": runs}), CHOICES)
    assert scene.names == ("Momentum", "Gradient descent")
    assert scene.styles == (0, 2)
    assert picture(scene).shape == (400, 600, 4)


def test_pixels_follow_the_numbers():
    scene = staged(find("response/rmsprop/uneven_sawtooth").experiment, CHOICES)
    _, place = response_places(response_layout(scene))
    pixels = update_pixels(scene, place)
    low, high = value_range(scene.updates)
    back = low + (pixels[..., 1] - (400 - place.bottom)) / place.height * (high - low)
    np.testing.assert_allclose(back, scene.updates, atol=1e-12 * (high - low) + 1e-12)
    assert pixels[:, 0, 0].tolist() == [place.x] * 3
    assert pixels[:, -1, 0].tolist() == [place.right] * 3


def test_files_are_read_back(tmp_path):
    experiment = find("response/adam/rectangles").experiment
    choices = Choices(width=400, height=300, duration=1.5, fps=20, hold=0.5)
    for key in ("png", "svg", "gif", "mp4", "webp"):
        FORMATS[key].export(experiment, tmp_path / f"a.{key}", choices)
    assert (imageio.imread(tmp_path / "a.png") == picture(staged(experiment, choices))[..., :3]).all()
    with Image.open(tmp_path / "a.gif") as shown:
        assert (shown.n_frames, shown.size) == (20, (400, 300))
    assert all(PALETTES["light"].runs[style] in (tmp_path / "a.svg").read_text() for style in range(3))
    assert (tmp_path / "a.mp4").stat().st_size > 5000


@pytest.mark.parametrize("name", [f"response/{method}/spikes" for method in ("adam", "adadelta-big-start", "momentum")])
def test_the_title_says_method_and_signal(name):
    assert name in PUBLISHED_RESPONSES
    assert staged(find(name).experiment, CHOICES).title == PUBLISHED_RESPONSES[name].title


@pytest.mark.parametrize("size", [(1280, 720), (1080, 1080), (1080, 1920)])
@pytest.mark.parametrize("text_size", ["small", "slide", "large"])
def test_signal_and_answers_have_room_under_any_title(size, text_size):
    choices = Choices(width=size[0], height=size[1], text_size=text_size, heading="A title that is long " * 2)
    shown = staged(find("response/adam/rectangles").experiment, choices)
    for one in response_places(response_layout(shown)):
        assert min(one.width, one.height) > 20
