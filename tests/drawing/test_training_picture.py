"""Pictures and animations of a training show the numbers where they belong."""

from functools import cache
from itertools import chain

import imageio.v3 as imageio
import numpy as np
import pytest
from PIL import Image

from fall_line.drawing import scene_file
from fall_line.drawing.choices import Choices
from fall_line.drawing.frames import picture
from fall_line.drawing.training import curve_pixels, curve_range, is_logarithmic, training_layout, training_places
from fall_line.experiments.published_trainings import find
from fall_line.experiments.training_experiment import check
from fall_line.exports import FORMATS
from fall_line.exports._staging import staged
from fall_line.exports._training_scene import network_words
from fall_line.figures.theme import PALETTES
from fall_line.training.ending import best_step
from fall_line.training.train import train
from fall_line.validation import InputError

CHOICES = Choices(width=800, height=600, line_width=3)
SMALL = {
    "task": "moons",
    "layers": [3],
    "steps": 60,
    "runs": [
        {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.05}},
        {"optimizer": "adam", "hidden": True},
        {"optimizer": "momentum", "hypers": {"learning_rate": 1.0}},
    ],
}


@cache
def shown(**given):
    experiment = check({**SMALL, **given})
    return experiment, staged(experiment, CHOICES)


def rgb(colour):
    return np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)])


def near(pixels, x, y, colour):
    """The least distance of any pixel at a place to a colour."""
    row, column = round(pixels.shape[0] - y), round(x)
    part = pixels[row - 1 : row + 2, column - 1 : column + 2, :3].astype(int)
    return np.abs(part - rgb(colour)).max(axis=-1).min()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_head_of_each_curve_is_where_the_number_puts_it(theme):
    experiment, _ = shown()
    scene = staged(experiment, CHOICES.model_copy(update={"theme": theme}))
    assert scene.names == ("Gradient descent", "Momentum")
    histories = [train(experiment, run, 0) for run in (experiment.runs[0], experiment.runs[2])]
    pixels, all_places = picture(scene, 20.0), training_places(scene, training_layout(scene))
    columns = (("loss", "validation_loss"), ("accuracy", "validation_accuracy"))
    for row, line in enumerate(all_places):
        low, high = curve_range(scene, row)
        apart = 0.0
        for column, place in enumerate(line):
            values = np.array([getattr(one, columns[row][column])[20] for one in histories])
            part = (values - low) / (high - low)
            if row == 0 and is_logarithmic(scene):
                part = np.log(values / low) / np.log(high / low)
            apart = abs(np.diff(part).item()) * place.height
            if apart < 12:
                continue  # one head covers the other
            for style, share in zip((0, 2), part, strict=True):
                x, y = place.x + 20 / 60 * place.width, 600 - place.bottom + share * place.height
                assert near(pixels, x, y, PALETTES[theme].runs[style]) <= 8
        assert row > 0 or apart >= 12


def test_a_frame_shows_nothing_that_comes_later():
    _, scene = shown()
    early, late = picture(scene, 20.0), picture(scene, 60.0)
    for place in chain(*training_places(scene, training_layout(scene))):
        after = slice(round(place.x + 0.45 * place.width), round(place.right) - 2)
        rows = slice(round(place.y) + 2, round(place.bottom) - 2)
        for pixels, least, most in ((early, 0, 0), (late, 20, 10**6)):
            part = pixels[rows, after, :3].astype(int)
            for style in (0, 2):
                inked = (np.abs(part - rgb(PALETTES["light"].runs[style])).max(axis=-1) <= 8).sum()
                assert least <= inked <= most


def test_pixels_follow_the_numbers_and_are_straight_between_looks():
    experiment = check({"task": "digits", "layers": [3], "steps": 60, "runs": [{"optimizer": "adam"}]})
    history = train(experiment, experiment.runs[0], 0)
    scene = staged(experiment, CHOICES)
    assert np.flatnonzero(history.looked).tolist() == [0, 25, 50, 60]
    for row, name in enumerate(("loss", "accuracy")):
        place = training_places(scene, training_layout(scene))[row][0]
        low, high = curve_range(scene, row)
        assert not is_logarithmic(scene)
        pixels = curve_pixels(scene, row, 0, place)[0, 0]
        back = low + (pixels[:, 1] - (600 - place.bottom)) / place.height * (high - low)
        np.testing.assert_allclose(back[[0, 25, 50, 60]], getattr(history, name)[[0, 25, 50, 60]], rtol=1e-9)
        np.testing.assert_allclose(np.diff(back[25:51], 2), 0, atol=1e-9)
        np.testing.assert_allclose(pixels[:, 0], place.x + np.arange(61) / 60 * place.width)


def test_there_is_a_place_for_what_there_is():
    def places(**given):
        _, scene = shown(**given)
        return [len(line) for line in training_places(scene, training_layout(scene))]

    assert places() == [2, 2]
    assert places(validation=0) == [1, 1]
    assert places(task="noisy_curve") == [2]
    assert places(task="noisy_curve", validation=0) == [1]


def test_a_run_that_is_no_number_any_more_ends_there_and_is_told():
    runs = [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 1.0}, "label": "low"}]
    runs.append({"optimizer": "momentum", "hypers": {"learning_rate": 10.0, "gamma": 0.99}, "label": "high"})
    experiment = check(
        {**SMALL, "task": "noisy_curve", "activation": "relu", "layers": [8, 8], "steps": 200, "runs": runs}
    )
    history = train(experiment, experiment.runs[1], 0)
    scene = staged(experiment, CHOICES)
    last = scene.ends[1].item()
    assert scene.ends[0] == 200
    assert 0 < last < 199
    assert np.isfinite(history.loss[: last + 1]).all()
    assert not np.isfinite(history.loss[last + 1] + history.validation_loss[last + 1])
    assert "not finite from step" in scene.values[1]
    place = training_places(scene, training_layout(scene))[0][0]
    low, high = (curve_pixels(scene, 0, 0, place)[run, 0, : last + 1, 1] for run in (0, 1))
    assert high.max() > 600 - place.y, "it leaves through the top"
    assert np.ptp(low) > 20, "and the other is still seen to fall"
    assert curve_range(scene, 0)[1] < 31 * history.loss[0]
    assert picture(scene).shape == (600, 800, 4)


def test_a_run_that_stops_early_stays_where_it_stopped():
    runs = [{"optimizer": "momentum", "hypers": {"learning_rate": 5.0}}]
    experiment = check({**SMALL, "patience": 5, "runs": runs})
    scene = staged(experiment, CHOICES)
    history = train(experiment, experiment.runs[0], 0)
    last = history.steps[-1].item()
    assert last < 60
    assert f"stopped at step {last}" in scene.values[0]
    place = training_places(scene, training_layout(scene))[0][0]
    pixels = curve_pixels(scene, 0, 0, place)[0, 0]
    assert (pixels[last:] == pixels[last]).all()
    assert near(picture(scene), *pixels[-1], PALETTES["light"].runs[0]) <= 8


def test_of_several_seeds_the_median_is_thick_and_all_are_drawn():
    experiment, scene = shown(seeds=5, return_best=True)
    run = experiment.runs[0]
    histories = [train(experiment, run, seed) for seed in range(5)]
    final = [one.loss[-1] for one in histories]
    assert scene.curves.shape == (2, 5, 2, 2, 61)
    assert final[scene.middle[0]] == np.median(final)
    assert scene.kept[0] == best_step(experiment, histories[scene.middle[0]])
    assert f"kept: step {scene.kept[0]}" in scene.values[0]
    assert scene.remark == "5 seeds, the one with the median last loss drawn thick"
    place = training_places(scene, training_layout(scene))[0][0]
    lines, pixels = curve_pixels(scene, 0, 0, place)[0], picture(scene)
    paper = rgb(PALETTES["light"].paper)
    for line in lines:
        x, y = line[np.argmax(np.abs(lines[:, :, 1] - np.median(lines[:, :, 1], axis=0)).min(axis=0))]
        part = pixels[round(600 - y) - 2 : round(600 - y) + 3, round(x), :3].astype(int)
        assert np.abs(part - paper).max() > 20


def test_files_are_read_back_and_a_scene_survives_its_file(tmp_path):
    experiment, _ = shown()
    choices = Choices(width=400, height=300, duration=1.5, fps=20, hold=0.5)
    for key in ("png", "svg", "gif"):
        FORMATS[key].export(experiment, tmp_path / f"a.{key}", choices)
    scene = staged(experiment, choices)
    assert (imageio.imread(tmp_path / "a.png") == picture(scene)[..., :3]).all()
    with Image.open(tmp_path / "a.gif") as moving:
        assert (moving.n_frames, moving.size) == (20, (400, 300))
    text = (tmp_path / "a.svg").read_text()
    assert all(PALETTES["light"].runs[style] in text for style in (0, 2))
    scene_file.save(scene, tmp_path / "scene.npz")
    assert (picture(scene_file.load(tmp_path / "scene.npz")) == picture(scene)).all()


def test_title_and_network_are_told():
    assert staged(find("train/xor/from-zero").experiment, CHOICES).title == "Exclusive or from zero"
    _, scene = shown()
    assert (scene.title, scene.formula) == (
        "Two moons: training",
        "2–3–1 neurons, tanh, Glorot weights, all points at each step",
    )
    plateau = find("train/digits/after-the-plateau").experiment
    told = "64–16–16–16–10 neurons, sigmoid, Glorot weights, 32 to 319 of 1348 points at each step"
    assert network_words(plateau) == told
    flat = check({**SMALL, "layers": [], "initialization": "zero", "batch": 7, "l2": 0.5})
    assert network_words(flat) == "2–1 neurons, zero weights, 7 of 192 points at each step, λ 0.5"


@pytest.mark.parametrize("size", [(200, 200), (1280, 720), (1080, 1080), (1080, 1920)])
@pytest.mark.parametrize("text_size", ["small", "slide", "large"])
def test_all_curves_have_room_under_any_title(size, text_size):
    experiment, _ = shown()
    title = "A title that is long " * (2 if size[0] > 200 else 0)
    choices = Choices(width=size[0], height=size[1], text_size=text_size, heading=title)
    scene = staged(experiment, choices)
    for place in chain(*training_places(scene, training_layout(scene))):
        assert min(place.width, place.height) > (20 if size[0] > 200 else 8)
    assert picture(scene).shape == (size[1], size[0], 4)


def test_where_a_training_goes_on_stands_a_line_and_the_legend_has_both_values():
    faster = {"optimizer": "momentum", "hypers": {"learning_rate": 0.2}, "before": {"hypers": {"learning_rate": 0.05}}}
    given = {"runs": [faster], "batch": 0, "continued": {"step": 20, "batch": 16}}
    experiment, plain = check({**SMALL, **given}), check({**SMALL, **given, "continued": {}})
    scene, other = staged(experiment, CHOICES), staged(plain, CHOICES)
    assert scene.values == ("η 0.05 → 0.2   γ 0.9",)
    assert other.values == ("η 0.2   γ 0.9",)
    assert "→ from step 20 on" in scene.remark
    assert "16 of 192 points → all points at each step" in network_words(experiment)
    place = training_places(scene, training_layout(scene))[0][0]
    still = picture(scene).astype(int)
    column = round(place.x + place.width / 3)
    inked = (np.abs(still[place.y + 5 : place.bottom - 5, column - 1 : column + 2] - 255).sum(axis=2) > 120).any(axis=1)
    assert 0.3 < inked.mean() < 0.9


def test_steps_beyond_the_training_are_refused():
    experiment, _ = shown()
    with pytest.raises(InputError, match="The last step is 61; it must be at most 60"):
        staged(experiment, CHOICES.model_copy(update={"last_step": 61}))
