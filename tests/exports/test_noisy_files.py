"""Files of noisy experiments hold and show what the page does: all seeds, the median, the point that is kept."""

import csv
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fall_line.drawing.choices import Choices
from fall_line.drawing.frames import frames, picture
from fall_line.drawing.layout import layout
from fall_line.drawing.losses import loss_range
from fall_line.drawing.scene_file import load, save
from fall_line.experiments.mending import check
from fall_line.exports import FORMATS
from fall_line.exports._staging import scene
from fall_line.trajectories.run import fans, kept_step, run
from landscapes import SURFACES
from tests.drawing.scenes import SMALL, colour, inked, made, pixel
from tests.library.drawn import descent

ROOT = Path(__file__).parents[2]
BIG = {"width": 1200, "height": 800, "loss_panel": False, "title": False}
NOISY = check(
    {
        "surface": "himmelblau",
        "steps": 30,
        "noise": "additive",
        "sigma": 3,
        "seed": 5,
        "seeds": 6,
        "return_best": True,
        "runs": [
            {"optimizer": "adam", "hidden": True},
            {
                "optimizer": "momentum",
                "hypers": {"learning_rate": 0.01, "gamma": 0.9},
                "schedules": {"learning_rate": {"kind": "cosine"}, "momentum": {"kind": "growing_window"}},
            },
            {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.01}},
        ],
    }
)
PLAIN = NOISY.model_copy(update={"noise": "none", "return_best": False})


def test_a_scene_has_all_seeds_and_the_kept_points():
    shown, engine = scene(NOISY, Choices(**SMALL)), fans(NOISY)[1:]
    assert shown.fan.shape == (2, 6, 31, 3)
    for run_, fan in enumerate(engine):
        for seed, path in enumerate(fan.paths):
            assert shown.fan[run_, seed, :, :2].tobytes() == path.points.tobytes()
            np.testing.assert_array_equal(shown.fan[run_, seed, :, 2], path.losses)
    assert shown.fan_ends.tolist() == [[30] * 6] * 2
    assert shown.points.tobytes() == np.array([fan.median.points for fan in engine]).tobytes()
    assert shown.kept.tolist() == [kept_step(NOISY, fan.median) for fan in engine]
    assert shown.title == "Himmelblau, noise: additive, σ 3, median of 6 seeds"
    assert shown.loss_caption.endswith("quartiles shaded")
    assert shown.values[0].split("   ") == [
        "η 0.01 cosine (f₁ 0)",
        "γ 0.9 growing window (T 30)",
        f"kept: step {shown.kept[0]}",
    ]


def test_a_scene_without_noise_has_none():
    shown = scene(PLAIN, Choices(**SMALL))
    assert (shown.fan.size, shown.kept.tolist(), shown.title) == (0, [-1, -1], "Himmelblau")
    assert "kept" not in shown.values[0]


def test_a_fan_survives_its_file(tmp_path):
    shown = scene(NOISY, Choices(**SMALL))
    save(shown, tmp_path / "scene.npz")
    again = load(tmp_path / "scene.npz")
    for name in ("fan", "fan_ends", "band", "kept"):
        np.testing.assert_array_equal(getattr(again, name), getattr(shown, name))
    np.testing.assert_array_equal(picture(again), picture(shown))


def fanned(**choices):
    """A run along the middle of the view with two seeds above and below it."""
    line = np.array([(x, 0.0) for x in (-0.3, -0.1, 0.1, 0.3)])
    shown = made(line.tolist(), styles=(1,), **{**BIG, **choices})
    seeds = np.array([[np.column_stack([line + np.array([0, dy]), np.ones(4)]) for dy in (0.2, -0.2)]])
    return replace(shown, fan=seeds, fan_ends=np.array([[3, 1]]))


def test_each_seed_is_drawn_faintly_as_far_as_it_is_finite():
    shown, bare = fanned(), made([(-0.3, 0), (-0.1, 0), (0.1, 0), (0.3, 0)], styles=(1,), **BIG)
    with_it, without = picture(shown), picture(bare)
    column, row = (round(one) for one in pixel(shown, (0.2, 0.2)))
    changed = np.abs(with_it.astype(int) - without).max(axis=-1)
    assert changed[row - 2 : row + 3, column].max() > 15
    assert not (np.abs(with_it[row - 2 : row + 3, column, :3].astype(int) - colour(shown, 0)).max(axis=-1) < 12).any()
    column, row = (round(one) for one in pixel(shown, (0.2, -0.2)))
    assert changed[row - 4 : row + 5, column].max() == 0
    column, row = (round(one) for one in pixel(shown, (-0.2, -0.2)))
    assert changed[row - 2 : row + 3, column].max() > 15


def test_a_fan_grows_with_its_run():
    shown = fanned()
    early, late = (frame.copy() for frame in frames(shown, np.array([1.0, 3.0])))
    column, row = (round(one) for one in pixel(shown, (0.2, 0.2)))
    change = np.abs(late.astype(int) - early)[row - 2 : row + 3, column]
    assert change.max() > 15


def test_the_loss_panel_has_room_for_all_seeds():
    shown = fanned(loss_panel=True)
    high = replace(shown, fan=shown.fan * (1, 1, 40))
    assert (picture(shown) != picture(high)).any()


def test_a_kept_point_has_a_ring_only_at_the_end_of_the_run():
    line = [(-0.3, 0.3), (0.0, -0.1), (0.3, 0.3)]
    shown = replace(made(line, styles=(1,), **BIG), kept=np.array([1]))
    during, after = (frame.copy() for frame in frames(shown, np.array([1.5, 2.0])))
    column, row = pixel(shown, line[1])
    for dx, dy in ((1, 0), (-1, 0), (0, 1)):
        x, y = round(column + 8.5 * dx), round(row + 8.5 * dy)
        place = np.s_[y - 1 : y + 2, x - 1 : x + 2]
        assert inked(after[place], [colour(shown, 0)]).any()
        assert not inked(during[place], [colour(shown, 0)]).any()
    # Part of the run has not come to its end.
    part = made(line, styles=(1,), last_step=1, **BIG)
    assert (picture(replace(part, kept=np.array([1]))) == picture(part)).all()


def test_the_hop_is_dotted_and_leads_to_the_ring():
    line = [(-0.3, 0.3), (-0.3, -0.3), (0.3, 0.3)]
    shown = replace(made(line, styles=(1,), **BIG), kept=np.array([0]))
    row = round(pixel(shown, line[0])[1])
    left, right = (round(pixel(shown, point)[0]) for point in (line[0], line[2]))
    band = inked(picture(shown)[row - 1 : row + 2, left + 20 : right - 20], [colour(shown, 0)], 60).any(axis=0)
    runs = np.flatnonzero(np.diff(band.astype(int)) == 1)
    assert len(runs) > (right - left - 40) / 12
    assert 0.1 < band.mean() < 0.8


def rows_of(experiment, path):
    FORMATS["csv"].export(experiment, path)
    with path.open() as file:
        return list(csv.DictReader(file))


def test_the_table_has_every_seed_and_marks_the_median_and_the_kept_row(tmp_path):
    rows = rows_of(NOISY, tmp_path / "a.csv")
    *plain, last = rows_of(PLAIN, tmp_path / "b.csv")[0]
    assert list(rows[0]) == [*plain, "seed", "median", "kept", last]
    assert len(rows) == 3 * 6 * 31
    for number, fan in enumerate(fans(NOISY), start=1):
        mine = [row for row in rows if row["run"] == str(number)]
        assert {row["seed"] for row in mine} == {str(seed) for seed in range(5, 11)}
        median = [row for row in mine if row["median"] == "1"]
        assert [float(row["x"]) for row in median] == fan.median.points[:, 0].tolist()
        assert [row["step"] for row in median if row["kept"] == "1"] == [str(kept_step(NOISY, fan.median))]
        assert sum(row["kept"] == "1" for row in mine) == 6


def test_one_seed_needs_no_column(tmp_path):
    single = NOISY.model_copy(update={"seeds": 1, "return_best": False})
    rows = rows_of(single, tmp_path / "a.csv")
    assert list(rows[0]) == list(rows_of(PLAIN, tmp_path / "b.csv")[0])
    assert [float(row["x"]) for row in rows if row["run"] == "2"] == run(single)[1].points[:, 0].tolist()


def test_the_script_makes_all_seeds_and_prints_the_kept_points(tmp_path):
    path = tmp_path / "again.py"
    FORMATS["py"].export(NOISY, path, Choices())
    words = [sys.executable, str(path)]
    ran = subprocess.run(words, cwd=ROOT, env={"PYTHONPATH": "."}, capture_output=True, text=True, check=True)
    kept = [[path.losses[kept_step(NOISY, path)] for path in fan.paths] for fan in fans(NOISY)]
    printed = re.findall(r"seed (\d+), ends at .* loss (\S+)", ran.stdout)
    assert [int(seed) for seed, _ in printed] == [5, 6, 7, 8, 9, 10] * 3
    assert [float(loss) for _, loss in printed] == [loss for one in kept for loss in one]
    medians = re.findall(r"median loss (\S+), quartiles (\S+) and (\S+);", ran.stdout)
    ordered = [sorted(one) for one in kept]
    assert [tuple(map(float, one)) for one in medians] == [(one[2], one[1], one[4]) for one in ordered]


def test_the_page_in_a_file_has_the_fan_and_says_so(tmp_path):
    path = tmp_path / "a.html"
    FORMATS["html"].export(NOISY, path, Choices())
    text = path.read_text(encoding="utf-8")
    assert "noise: additive, σ 3, median of 6 seeds" in text
    data = json.loads(re.search(r'id="data">(.*?)</script>', text)[1])
    assert data["answer"]["fan"]["seeds"] == 6
    assert data["symbols"][1] == [["learning_rate", "η", " cosine (f₁ 0)"], ["gamma", "γ", " growing window (T 30)"]]


def test_a_notebook_figure_tells_of_noise_and_rings_the_kept_points():
    figure = descent(NOISY)
    assert "noise: additive, σ 3, median of 6 seeds" in figure.layout.title.subtitle.text
    ring = figure.data[-1]
    kept = [one.points[kept_step(NOISY, one)].tolist() for one in run(NOISY)[1:]]
    assert (ring.name, [[x, y] for x, y in zip(ring.x, ring.y, strict=True)]) == ("kept", kept)
    assert "kept" not in [trace.name for trace in descent(PLAIN).data]


def test_minibatches_draw_the_mean_of_the_copies():
    one = NOISY.model_copy(update={"noise": "minibatch", "sigma": 0.7})
    shown = scene(one, Choices(**SMALL))
    untitled = Choices(**SMALL, title=False)  # a title that wraps leaves another plot
    mean, plain = scene(one, untitled), scene(PLAIN, untitled)
    np.testing.assert_array_equal(mean.x, plain.x)
    assert np.abs(mean.losses - plain.losses).max() > 1
    assert shown.title == "Himmelblau, noise: minibatch, 4 of 32 shifted copies, σ 0.7, median of 6 seeds"
    # None of the plain surface's minima is marked: they are none of the mean.
    listed = np.array([one[:2] for one in SURFACES["himmelblau"].minima])
    assert len(shown.minima)
    assert min(np.abs(listed - place).max(axis=1).min() for place in shown.minima[:, :2]) > 1e-3


@pytest.mark.parametrize("form", ["svg", "png"])
def test_pictures_of_a_fan_are_made(form, tmp_path):
    path = tmp_path / f"a.{form}"
    FORMATS[form].export(NOISY, path, Choices(**SMALL))
    other = tmp_path / f"b.{form}"
    FORMATS[form].export(NOISY.model_copy(update={"seeds": 1}), other, Choices(**SMALL))
    assert path.stat().st_size > other.stat().st_size


def banded(**choices):
    """A run whose loss is 1 at all of 40 steps, with quartiles at 0.5 and 1.5 up to the 20th and at none beyond."""
    line = np.column_stack([np.linspace(-0.3, 0.3, 41), np.zeros(41)])
    shown = made(line.tolist(), styles=(1,), width=600, height=400, title=False, **choices)
    band = np.repeat([[[0.5, 1.5]]], 41, axis=1)
    band[:, 21:] = [[1.0, np.inf]]
    return replace(shown, heights=np.ones((1, 41)), band=band)


def shaded(pixels, scene_, step, height):
    """How far a pixel of the loss panel is from the paper, and whether the axis reaches so high."""
    place = layout(scene_.choices, scene_.words).losses
    low, high = loss_range(scene_)
    x, y = place.x + step / 40 * place.width, place.bottom - (height - low) / (high - low) * place.height
    return int(np.abs(pixels[round(y), round(x), :3].astype(int) - 255).max())


def test_the_loss_panel_shades_what_lies_between_the_quartiles():
    shown = banded()
    pixels = picture(shown)
    low, high = loss_range(shown)
    assert low <= 0.5
    assert high >= 1.5
    inside = shaded(pixels, shown, 10.5, 1.3)
    assert inside == shaded(pixels, shown, 10.5, 0.7) > 25
    assert shaded(pixels, shown, 10.5, 1.56) == 0
    # Beyond, the upper quartile is not finite: all above the lower one is shaded, and nothing under it.
    assert shaded(pixels, shown, 30.5, 1.56) == inside
    assert shaded(pixels, shown, 30.5, 0.7) == 0


def test_a_band_that_grows_has_no_seams():
    """Drawn step by step it is what is drawn at once, but for the antialiasing of its edges."""
    shown = banded()
    *_, last = (frame.copy() for frame in frames(shown, np.arange(41.0)))
    place = layout(shown.choices, shown.words).losses
    inside = np.s_[place.y + 2 : place.bottom - 2, place.x + 2 : place.right - 2]
    differs = np.abs(last[inside].astype(int) - picture(shown)[inside]).max(axis=-1) > 3
    assert differs.mean() < 0.01
    columns = {shaded(last, shown, step, 1.3) for step in np.arange(0.5, 19.5, 0.25)}
    assert len(columns) == 1


def test_of_a_great_fan_a_picture_draws_fewer_seeds_and_says_so():
    long = NOISY.model_copy(update={"steps": 10_000, "seeds": 8})
    shown = scene(long, Choices(**SMALL))
    assert shown.fan.shape == (2, 6, 10_001, 3)
    assert shown.title == "Himmelblau, noise: additive, σ 3, median of 8 seeds, 6 of 8 seeds drawn"
    fan = fans(long)[1]
    lower = np.quantile([path.losses for path in fan.paths], 0.25, axis=0, method="lower")
    np.testing.assert_array_equal(shown.band[0, :, 0], lower)
