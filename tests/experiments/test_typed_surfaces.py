"""A typed surface goes wherever a built-in one goes: paths, answer, outcome, picture, page."""

import base64
import json

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from PIL import Image

from fall_line.drawing.choices import Choices
from fall_line.experiments.mending import ExperimentError, check
from fall_line.explanations.answer import answer
from fall_line.exports import FORMATS
from fall_line.formulas import FormulaError
from fall_line.pages.explore import answers
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import run
from landscapes import SURFACES, Surface, find_surface
from tests.library.drawn import descent
from tests.node import read_grid

ROSENBROCK = "(1 - x)^2 + 100*(y - x^2)^2"
RUNS = [{"optimizer": "adam"}, {"optimizer": "momentum", "hypers": {"learning_rate": 1e-4}}]


def gradient(surface, x, y):
    parameters = {hyper.key: hyper.default for hyper in surface.parameters}
    return np.array(jax.grad(lambda p: surface.value(p[0], p[1], **parameters))(jnp.array([x, y])))


@pytest.mark.parametrize(
    ("text", "half", "spacing"),
    [
        ("x^2 + y^2", 3, "linear"),
        (ROSENBROCK, 3, "log"),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", 5, "log"),
        ("(x - 9)^2 + y^2", 20, "linear"),
        ("(x - 40)^2 + y^2", 50, "log"),
        ("x^2 - y^2", 3, "linear"),
        ("x^3 - 75x + y^2", 10, "linear"),
        ("sqrt(1 - x^2 - y^2)", 1, "linear"),
        ("log(x) + y^2", 3, "linear"),
        ("1/(x*y)", 3, "linear"),
        ("3", 3, "linear"),
        ("a*x^2 + abs(y)", 3, "linear"),
    ],
)
def test_view_and_start_are_proposed_from_the_values(text, half, spacing):
    surface = find_surface(f"formula:{text}")
    assert isinstance(surface, Surface)
    assert surface.domain == (-half, half, -half, half)
    assert surface.spacing == spacing
    x, y = surface.start
    assert max(abs(x), abs(y)) <= 0.9 * half
    slope = np.linalg.norm(gradient(surface, x, y))
    assert slope > 1e-3 or text == "3"
    assert np.isfinite(slope)
    assert surface.formula
    assert surface.lesson.endswith(".")


def test_the_same_text_is_the_same_surface():
    one = find_surface("formula:  x^2 +  y^2\n")
    assert one.key == "formula:x^2 + y^2"
    assert find_surface("formula:  x^2 +  y^2\n") is one
    assert find_surface(one.key).start == one.start


def test_a_long_formula_has_a_short_label():
    surface = find_surface("formula:" + " + ".join(["x^2"] * 40))
    assert len(surface.label) == 48
    assert surface.label.endswith("…")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("floor(x) + y", "floor has slope 0 everywhere: methods won't move on it."),
        ("log(x)", "It is not finite in 50 % of the view: left blank."),
        ("where(x^2 + y^2 < 0.01, log(-1), x)", "It is not finite in less than 1 % of the view: left blank."),
        ("2", "It is level: no method moves on it."),
        ("x^2 + y^2", "Your own formula: drag the start to see which paths it has."),
    ],
)
def test_the_lesson_says_what_may_surprise(text, sentence):
    assert find_surface(f"formula:{text}").lesson == sentence


@pytest.mark.parametrize("text", ["sqrt(-1) + x", "10^10^10*x", "x/0", "where(x > 1000, x, 0/0)"])
def test_what_is_finite_nowhere_is_refused(text):
    with pytest.raises(FormulaError, match="nowhere finite"):
        find_surface(f"formula:{text}")
    with pytest.raises(ExperimentError, match="nowhere finite"):
        check({"surface": f"formula:{text}"})


def test_paths_are_those_on_the_built_in_surface():
    fields = {"start": [-1.5, 2.0], "steps": 300, "runs": RUNS, "view": [-2, 2, -1, 3]}
    typed = run(check({"surface": f"formula:{ROSENBROCK}"} | fields))
    for one, other in zip(typed, run(check({"surface": "rosenbrock"} | fields)), strict=True):
        np.testing.assert_allclose(one.points, other.points, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(one.gradients, other.gradients, rtol=1e-6, atol=1e-6)


def test_parameters_are_data_of_one_program():
    wide, narrow = (
        run(check({"surface": "formula:a*x^2 + y^2", "parameters": {"a": a}, "start": [2, 2], "steps": 1}))[0]
        for a in (0.5, 3)
    )
    assert (wide.gradients[0].tolist(), narrow.gradients[0].tolist()) == ([2, 4], [12, 4])


def test_the_answer_is_as_on_a_built_in_surface():
    fields = {"start": [2.0, -3.0], "steps": 400, "runs": [{"optimizer": "adam", "hypers": {"learning_rate": 0.2}}]}
    typed = answer(check({"surface": "formula:(x^2 + y - 11)^2 + (x + y^2 - 7)^2"} | fields))
    built_in = answer(check({"surface": "himmelblau"} | fields))
    assert typed["reports"][0]["outcome"] == built_in["reports"][0]["outcome"] == "minimum (3.58, −1.85)"
    assert typed["floor"] == pytest.approx(built_in["floor"], abs=1e-20)
    assert typed["minima"] == built_in["minima"] == "known"


def test_what_stops_being_finite_is_told():
    told = answer(check({"surface": "formula:log(x) + y^2", "start": [0.5, 1], "steps": 200, "runs": RUNS[:1]}))
    assert told["reports"][0]["kind"] == "not_finite"


def contour(text):
    asked = {"surface": f"formula:{text}", "parameters": {}, "levels": "automatic"}
    return json.loads(answers.contour(asked | {"width": 300, "theme": "light", "revision": 1}))


def test_the_page_s_contour_marks_what_was_found():
    text = "(x - 0.5)^2 + 7*(y - 0.25)^4 + y^2"
    (minimum,) = minima_of(check({"surface": f"formula:{text}"}).landscape)
    figure = contour(text)
    marks = next(trace for trace in figure["data"] if trace["name"] == "minima")
    assert (marks["x"], marks["y"]) == ([minimum.x], [minimum.y])
    assert figure["layout"]["meta"]["minima"] == "known"
    assert figure["layout"]["meta"]["losses"]


def test_its_contour_has_gaps_where_it_is_not_finite():
    figure = contour("sqrt(x) + y")
    shown = read_grid(figure["heights"])
    x = np.array(unpacked(figure["data"][0]["x"]), dtype=float)
    assert np.isnan(shown[:, x < 0]).all()
    assert np.isfinite(shown[:, x > 0]).all()


def unpacked(array):
    """Plotly's arrays come as lists, or as base64 with their type and shape."""
    if isinstance(array, list):
        return array
    flat = np.frombuffer(base64.b64decode(array["bdata"]), dtype=array["dtype"])
    return flat.reshape([int(side) for side in array["shape"].split(",")]) if "shape" in array else flat


@pytest.mark.parametrize(
    "text",
    [
        "exp(exp(x^2)) + y",
        "1e-30*x",
        "1/x^9 + y",
        *(pytest.param(text, marks=pytest.mark.thorough) for text in ("x*1e99", "tan(x)^9", "x^1001")),
    ],
)
def test_huge_and_tiny_values_still_make_a_picture(text):
    figure = contour(text)
    assert np.isfinite(figure["layout"]["meta"]["losses"]).all()
    assert answer(check({"surface": f"formula:{text}", "steps": 20}))["reports"]


@pytest.mark.parametrize("suffix", ["png", "svg", "html", "csv", "json", "py"])
def test_it_is_exported(suffix, tmp_path):
    experiment = check({"surface": "formula:where(x < y, x^2, a*x^2) + y^2/2", "steps": 20, "runs": RUNS})
    path = tmp_path / f"typed.{suffix}"
    FORMATS[suffix].export(experiment, path, Choices(formula=True))
    assert path.stat().st_size > 500 or suffix == "json"
    if suffix == "png":
        with Image.open(path) as picture:
            assert len(np.unique(np.asarray(picture))) > 50
    if suffix == "json":
        assert check(json.loads(path.read_text())) == experiment


def test_a_notebook_s_figure_shows_signs_of_comparison_in_its_title():
    figure = descent(check({"surface": "formula:where(x<y, x^2, 2*x^2) + y^2", "steps": 5, "runs": RUNS}))
    assert figure.layout.title.text == "where(x&lt;y, x^2, 2*x^2) + y^2"


def test_no_built_in_key_looks_like_a_formula():
    assert not any(key.startswith("formula:") for key in SURFACES)
