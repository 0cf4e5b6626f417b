"""The scene has the engine's numbers, bit for bit, and only what is to be seen; drawing it needs no engine."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import imageio.v3 as imageio
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fall_line.drawing.choices import Choices
from fall_line.drawing.layout import layout
from fall_line.drawing.scene_file import save
from fall_line.experiments.mending import check
from fall_line.experiments.published import PUBLISHED, find
from fall_line.explanations.outcome import last_finite
from fall_line.exports import FORMATS
from fall_line.exports._staging import fitted, scene
from fall_line.exports.format import silent
from fall_line.figures.levels import contour_levels
from fall_line.trajectories.loss import loss_grid
from fall_line.trajectories.run import run
from fall_line.validation import InputError
from landscapes import SURFACES, Box
from tests.drawing.reading import alike, video
from tests.drawing.scenes import SMALL, at, colour, pixel

ROOT = Path(__file__).parents[2]
CROSS_METHOD = [name for name in PUBLISHED if name.startswith("cross-method/")]
CHOICES = Choices(**SMALL)
MIXED = check(
    {
        "surface": "rosenbrock",
        "steps": 12,
        "runs": [
            {"optimizer": "gradient_descent", "hypers": {"learning_rate": 1}, "label": "too fast"},
            {"optimizer": "adam", "hidden": True},
            {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.001}, "style": 9},
        ],
    }
)


@cache
def staged(name):
    return scene(find(name).experiment, CHOICES)


def changed(**fields):
    return check({**MIXED.model_dump(), **fields})


# What is in a scene


def test_paths_are_the_engine_s_and_hidden_ones_are_left_out():
    shown, paths = scene(MIXED, CHOICES), run(MIXED)
    assert shown.points.tobytes() == np.array([paths[0].points, paths[2].points]).tobytes()
    assert shown.ends.tolist() == [last_finite(paths[0]), 12]
    assert 0 < shown.ends[0] < 12
    assert shown.names == ("too fast", "Gradient descent")
    assert shown.styles == (0, 9)
    assert [one.split() for one in shown.values] == [["η", "1"], ["η", "0.001"]]
    assert (shown.title, shown.formula, shown.steps) == ("Rosenbrock", SURFACES["rosenbrock"].formula, 12)


def test_everything_hidden_can_be_drawn(tmp_path):
    runs = [{"optimizer": "adam", "hidden": True}, {"optimizer": "momentum", "hidden": True}]
    for axis in ("log", "linear"):
        shown = scene(changed(runs=runs, loss_axis=axis), CHOICES)
        assert shown.points.shape == (0, 13, 2)
        assert shown.steps == 12
        for key in ("png", "svg", "gif", "mp4", "webp"):
            FORMATS[key].draw(shown, tmp_path / f"a.{key}", silent)
            assert (tmp_path / f"a.{key}").stat().st_size > 1000


@pytest.mark.parametrize("size", [(400, 300), (300, 400), (300, 300), (1600, 200)])
@pytest.mark.parametrize("view", [None, (-1.5, 2.0, 0.0, 1.5), (-2.0, -1.0, -3.0, 3.0)])
def test_the_view_has_the_plot_s_aspect_and_holds_what_was_asked_for(size, view):
    experiment = changed(view=view, start=(-1.5, 0.5))
    choices = Choices(width=size[0], height=size[1])
    shown = scene(experiment, choices)
    place = layout(choices, shown.words).plot
    x_low, x_high, y_low, y_high = shown.view
    asked = Box(*(view or SURFACES["rosenbrock"].domain))
    assert (x_high - x_low) / (y_high - y_low) == pytest.approx(place.width / place.height)
    assert (x_low + x_high, y_low + y_high) == pytest.approx((asked.x_low + asked.x_high, asked.y_low + asked.y_high))
    assert x_low <= asked.x_low + 1e-9
    assert x_high >= asked.x_high - 1e-9
    assert y_low <= asked.y_low + 1e-9
    assert y_high >= asked.y_high - 1e-9
    assert (shown.x[0], shown.x[-1], shown.y[0], shown.y[-1]) == tuple(shown.view)
    assert shown.losses.tobytes() == loss_grid(experiment.landscape, shown.x, shown.y).tobytes()
    assert place.width / (len(shown.x) - 1) <= 2.5


@settings(deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(1e-9, 1e6), st.floats(-1e6, 1e6), st.floats(1e-9, 1e6), st.floats(0.05, 20))
def test_a_box_is_widened_to_an_aspect_in_one_direction_only(x, width, y, height, aspect):
    box = Box(x, x + width, y, y + height)
    found = fitted(box, aspect)
    across, up = found.x_high - found.x_low, found.y_high - found.y_low
    slack = 1e-9 * (abs(x) + abs(y) + width + height)
    assert across == pytest.approx(aspect * up, rel=1e-9, abs=2 * slack * (1 + aspect))
    assert min(across / width, up / height) == pytest.approx(1, abs=1e-9 + 2 * slack / min(width, height))


def test_levels_are_the_page_s_and_do_not_change_with_the_view():
    """The page makes them of 121 × 121 losses over the whole domain."""
    for name in ("cross-method/hills_and_canyon", "gallery/rosenbrock"):
        experiment = find(name).experiment
        surface = experiment.surface
        x_low, x_high, y_low, y_high = surface.domain
        losses = loss_grid(experiment.landscape, np.linspace(x_low, x_high, 121), np.linspace(y_low, y_high, 121))
        found = scene(experiment, Choices()).levels
        assert found.tolist() == contour_levels(surface, losses, experiment.levels).tolist()
    zoomed = scene(changed(view=(-2, -1, 0, 1), start=(-1.5, 0.5)), Choices())
    assert zoomed.levels.tolist() == scene(MIXED, Choices()).levels.tolist()


def test_losses_above_the_lowest_known():
    runs = [{"optimizer": "adam"}]
    experiment = check({"surface": "styblinski_tang", "steps": 9, "runs": runs})
    (path,) = run(experiment)
    floor = SURFACES["styblinski_tang"].minima[0].loss
    shown = scene(experiment, CHOICES)
    assert (shown.logarithmic, shown.heights.tolist()) == (True, [(path.losses - floor).tolist()])
    assert shown.loss_caption == f"above the lowest known, {floor:.4g}"
    shown = scene(check({**experiment.model_dump(), "loss_axis": "linear"}), CHOICES)
    assert (shown.logarithmic, shown.heights.tolist(), shown.loss_caption) == (False, [path.losses.tolist()], "")


def test_a_surface_without_a_floor_falls_below_zero_on_a_linear_axis():
    shown = scene(find("gallery/saddle").experiment, CHOICES)
    assert shown.heights.min() < 0
    assert (shown.logarithmic, shown.loss_caption) == (False, "")


def test_steps_that_the_experiment_has_not_are_refused():
    with pytest.raises(InputError, match=r"^The last step is 13; it must be at most 12, "):
        scene(MIXED, Choices(last_step=13))


# Published experiments


@pytest.mark.parametrize("name", CROSS_METHOD)
def test_a_published_experiment_is_drawn_as_it_ran(name, tmp_path):
    """Where ends lie so near that heads cover each other, the pixel has one of their colours."""
    shown = staged(name)
    FORMATS["png"].draw(shown, tmp_path / "a.png", silent)
    FORMATS["mp4"].draw(shown, tmp_path / "a.mp4", silent)
    image = imageio.imread(tmp_path / "a.png")
    _, frames = video(tmp_path / "a.mp4")
    assert len(frames) == 10
    assert alike(frames[-1], image) > 0.99
    paths, place = run(find(name).experiment), layout(CHOICES, shown.words).plot
    ends = [pixel(shown, path.points[-1]) for path in paths]
    for end in ends:
        if not (place.x < end[0] < place.right and place.y < end[1] < place.bottom):
            continue
        near = [run for run, other in enumerate(ends) if np.hypot(*np.subtract(end, other)) < 5]
        assert min(np.abs(at(image, end) - colour(shown, run)).max() for run in near) <= 30


# No engine


def python(code, *arguments):
    words = [sys.executable, "-W", "error", "-c", code, *map(str, arguments)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


ENGINE = """
parts = [one.split(".") for one in sys.modules]
found = [one for one in parts if one[0] in ("jax", "jaxlib", "optimizers") or one[:2] == ["fall_line", "trajectories"]]
"""


def test_formats_and_drawing_import_no_engine(tmp_path):
    save(staged(CROSS_METHOD[0]), tmp_path / "a.npz")
    code = f"""
import sys
from pathlib import Path
import fall_line.drawing.frames, fall_line.exports.mp4, fall_line.exports.gif
from fall_line.drawing import scene_file
from fall_line.exports import FORMATS
scene = scene_file.load(Path(sys.argv[1], "a.npz"))
for key, one in FORMATS.items():
    if one.draw:
        one.draw(scene, Path(sys.argv[1], "a." + key), lambda *_: None)
{ENGINE}
sys.exit(str(found) if found else 0)
"""
    ran = python(code, tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    drawn = [key for key, one in FORMATS.items() if one.draw]
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(["a.npz", *(f"a.{key}" for key in drawn)])


def test_a_loaded_scene_is_drawn_as_the_one_in_memory(tmp_path):
    """In another process, from the file alone."""
    save(staged(CROSS_METHOD[1]), tmp_path / "a.npz")
    code = """
import sys
from pathlib import Path
from fall_line.drawing.scene_file import load
from fall_line.exports import FORMATS
FORMATS["png"].draw(load(Path(sys.argv[1], "a.npz")), Path(sys.argv[1], "b.png"), lambda *_: None)
"""
    assert python(code, tmp_path).returncode == 0
    FORMATS["png"].draw(staged(CROSS_METHOD[1]), tmp_path / "a.png", silent)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_how_runs_were_tuned_is_said_once_or_with_the_names_it_holds_for():
    adam, momentum = {"optimizer": "adam", "tuned": "64:final"}, {"optimizer": "momentum", "tuned": "64:final"}
    cases = {
        "tuned: 64 values, final loss": [adam, momentum],
        "tuned: 64 values, final loss (Adam)": [adam, momentum | {"tuned": ""}],
        "tuned: 64 values, final loss (Adam); tuned: 256 values, best loss (Momentum)": [
            adam,
            momentum | {"tuned": "256:best"},
        ],
        "": [{"optimizer": "adam"}],
    }
    for remark, runs in cases.items():
        shown = scene(check({"surface": "rosenbrock", "steps": 3, "runs": runs}), Choices())
        assert shown.remark == remark
        assert not any("tuned" in one for one in shown.values)
    assert scene(check({"surface": "rosenbrock", "steps": 3}), Choices(heading="Own")).title == "Own"
