"""The page in a file of its own: what stands in it is what the engine computed, and nothing in it is fetched or run
but its own scripts."""

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import numpy as np
import pytest

from fall_line.drawing.choices import Choices
from fall_line.experiments.mending import check
from fall_line.experiments.published import OPENING, find
from fall_line.explanations.answer import answer
from fall_line.exports import FORMATS
from fall_line.exports._standalone.formula import svg
from fall_line.figures.contour import contour_figure
from fall_line.figures.levels import contour_levels, place_among
from fall_line.figures.theme import PALETTES
from fall_line.trajectories.loss import domain_losses, loss_grid
from fall_line.trajectories.run import run
from landscapes import SURFACES, Box
from optimizers import OPTIMIZERS
from tests.node import read_grid

HOSTILE = "</script><script>alert(1)</script>"
HOSTILE_TOO = "<!--<script>\u2028&lt;$theme'\""


class Document(HTMLParser):
    """The elements of a page, the texts of its scripts and styles."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.inside = [], {"script": [], "style": [], "title": []}, None
        self.data = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        self.inside = tag
        if tag in self.texts and attributes.get("type") is None:
            self.texts[tag].append("")
        elif tag == "script":
            self.inside = attributes["id"]
            self.data[self.inside] = ""

    def handle_endtag(self, tag):  # noqa: ARG002
        self.inside = None

    def handle_data(self, data):
        if self.inside in self.texts:
            self.texts[self.inside][-1] += data
        elif self.inside in self.data:
            self.data[self.inside] += data

    def by_class(self, name):
        return next(attributes for _, attributes in self.elements if attributes.get("class") == name)


def written(experiment, path, **choices):
    FORMATS["html"].export(experiment, path, Choices(**choices))
    return path.read_text(encoding="utf-8")


def ticks(contour):
    """The points of the contour's grid to the right, and those upwards."""
    return [np.frombuffer(base64.b64decode(contour[name]), "<f8") for name in "xy"]


def heights_of(data):
    """The heights of the contour plot, as the page reads them."""
    packed = data["contour"]["heights"]
    plain = {name: gzip.decompress(base64.b64decode(packed[name])) for name in ("planes", "outside")}
    return read_grid(packed | {name: base64.b64encode(numbers).decode() for name, numbers in plain.items()})


@pytest.fixture(scope="module")
def experiment():
    runs = [
        {"optimizer": "adam", "label": HOSTILE, "hidden": True, "style": 9},
        {"optimizer": "gradient_descent", "hypers": {"learning_rate": 1.0}, "label": HOSTILE_TOO},
    ]
    return check({"surface": "rosenbrock", "steps": 40, "runs": runs, "view": [-1.5, 2, -1, 3], "step": 7})


@pytest.fixture(scope="module")
def text(experiment, tmp_path_factory):
    return written(experiment, tmp_path_factory.mktemp("html") / "a.html")


@pytest.fixture(scope="module")
def document(text):
    return Document(text)


def test_the_experiment_reads_back_equal(document, experiment):
    assert check(json.loads(document.data["experiment"])) == experiment


def test_paths_and_losses_are_the_engines_in_float32(document, experiment):
    told = json.loads(document.data["data"])["answer"]
    trajectories = run(experiment)
    points = np.frombuffer(base64.b64decode(told["points"]), "<f4").reshape(2, 41, 2)
    heights = np.frombuffer(base64.b64decode(told["heights"]), "<f4").reshape(2, 41)
    with np.errstate(over="ignore"):
        assert np.array_equal(points, np.array([one.points for one in trajectories], dtype=np.float32), equal_nan=True)
        assert np.array_equal(heights, np.array([one.losses for one in trajectories], np.float32), equal_nan=True)
    assert not np.isfinite(points[1]).all(), "the second run is there to stop being finite"


def test_outcomes_are_those_of_the_explore_page(document, experiment):
    told = json.loads(document.data["data"])["answer"]
    assert told == answer(experiment)
    assert [one["name"] for one in told["reports"]] == [HOSTILE, " ".join(HOSTILE_TOO.split())]


def test_the_contour_is_the_explore_pages(document, experiment):
    data = json.loads(document.data["data"])
    contour = data["contour"]
    x, y = ticks(contour)
    levels = contour_levels(experiment.surface, domain_losses(experiment.landscape), experiment.levels)
    # In 1024ths of a level, as the Explore page has them.
    expected = place_among(levels, loss_grid(experiment.landscape, x, y))
    np.testing.assert_allclose(heights_of(data), expected, atol=0.51 / 1024)
    page = contour_figure(x, y, expected, levels, Box(*experiment.view), SURFACES["rosenbrock"].minima)
    assert contour["levels"] == levels.tolist()
    assert {"losses": contour["way_back"], "per_level": contour["per_level"]} == page.layout.meta
    assert contour["minima"] == [list(one) for one in SURFACES["rosenbrock"].minima]
    assert data["palettes"] == json.loads(json.dumps({name: one._asdict() for name, one in PALETTES.items()}))


WIDE_AND_HIGH = ("rosenbrock", "mccormick", "six_hump_camel")  # a square domain, a high and a wide one


@pytest.mark.parametrize(
    "key", [pytest.param(key, marks=() if key in WIDE_AND_HIGH else pytest.mark.thorough) for key in SURFACES]
)
def test_every_surface_is_drawn_as_far_as_a_wide_or_a_high_plot_shows(key, tmp_path):
    experiment = check({"surface": key, "steps": 1, "runs": [{"optimizer": "gradient_descent"}]})
    data = json.loads(Document(written(experiment, tmp_path / "a.html")).data["data"])
    x, y = ticks(data["contour"])
    z = heights_of(data)
    x_low, x_high, y_low, y_high = SURFACES[key].domain
    wide, high = max(x_high - x_low, 8 * (y_high - y_low)), max(y_high - y_low, 1.1 * (x_high - x_low))
    assert x[0] < (x_low + x_high - wide) / 2 < (x_low + x_high + wide) / 2 < x[-1]
    assert y[0] < (y_low + y_high - high) / 2 < (y_low + y_high + high) / 2 < y[-1]
    assert z.shape == (len(y), len(x))
    assert data["view"] == list(SURFACES[key].domain)


def test_how_runs_were_tuned_is_said_once_and_a_title_of_ones_own_is_the_page_s(tmp_path):
    runs = [{"optimizer": key, "tuned": "64:final"} for key in ("adam", "momentum")]
    experiment = check({"surface": "rosenbrock", "steps": 3, "runs": runs})
    FORMATS["html"].export(experiment, tmp_path / "a.html", Choices(heading="Why <momentum> wins", text_size="slide"))
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert text.count("tuned: 64 values, final loss") == 1
    assert "<title>Why &lt;momentum&gt; wins · Fall Line</title>" in text
    assert '<h1 class="brand">Why &lt;momentum&gt; wins</h1>' in text
    assert 'data-text-size="slide"' in text


def test_values_have_their_symbols(document):
    symbols = json.loads(document.data["data"])["symbols"]
    assert symbols[0] == [["learning_rate", "η"], ["beta1", "β₁"], ["beta2", "β₂"], ["epsilon", "ε"]]
    assert symbols[1] == [["learning_rate", "η"]]


def test_nothing_is_fetched(document):
    references = {"src", "href", "srcset", "data", "action", "formaction", "poster", "background", "style"}
    assert [(tag, attributes) for tag, attributes in document.elements if references & attributes.keys()] == []
    (style,) = document.texts["style"]
    assert set(re.findall(r"url\(.{6}|@import", style)) == {'url("data:'}
    assert {tag for tag, _ in document.elements} & {"link", "iframe", "object", "embed", "base", "img"} == set()
    scripts = "\n".join(document.texts["script"]).replace("http://www.w3.org/2000/svg", "")  # the name of SVG
    assert re.findall(r"https?://|\bfetch\(|XMLHttpRequest|\beval\(|new Function", scripts) == []


def test_the_policy_allows_the_pages_own_scripts_and_nothing_else(document):
    policy = next(
        one["content"] for tag, one in document.elements if one.get("http-equiv") == "Content-Security-Policy"
    )
    rules = {name: values for name, *values in (rule.split() for rule in policy.split(";"))}
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in document.texts["script"]]
    assert rules == {
        "default-src": ["'none'"],
        "script-src": [f"'sha256-{digest}'" for digest in digests],
        "style-src": ["'unsafe-inline'"],
        "img-src": ["data:", "blob:"],
    }
    assert len(digests) == 2


def test_a_label_is_never_markup(text, document):
    assert "alert(1)<" not in text
    assert "<script>alert" not in text
    assert "\u2028" not in text
    # A comment that opens in a script would take the script's end with it.
    assert [one[:40] for one in (*document.texts["script"], *document.data.values()) if "<!--" in one] == []
    assert json.loads(document.data["experiment"])["runs"][0]["label"] == HOSTILE
    assert {tag for tag, attributes in document.elements if any(name.startswith("on") for name in attributes)} == set()


def test_choices(experiment, tmp_path):
    changed = {"theme": "dark", "title": False, "formula": True, "loss_panel": False, "line_width": 3}
    plain, other = (Document(written(experiment, tmp_path / "a.html", **choices)) for choices in ({}, changed))
    assert plain.elements[0][1]["data-mantine-color-scheme"] == "light"
    assert other.elements[0][1]["data-mantine-color-scheme"] == "dark"
    parts = ("heading", "formula", "loss-panel")
    assert [part for part in parts if "hidden" in plain.by_class(part)] == ["formula"]
    assert [part for part in parts if "hidden" in other.by_class(part)] == ["heading", "loss-panel"]
    assert [sum(tag == "svg" for tag, _ in one.elements) for one in (plain, other)] == [0, 1]
    assert [json.loads(one.data["data"])["line_width"] for one in (plain, other)] == [2, 3]
    assert other.texts["title"] == plain.texts["title"] == ["Rosenbrock · Fall Line"]


@pytest.mark.parametrize("key", SURFACES)
def test_every_formula_is_an_outline_inside_its_box(key):
    drawing = ElementTree.fromstring(svg(SURFACES[key].formula))
    assert drawing.get("aria-label") == f"J(x, y) = {SURFACES[key].formula}"
    left, top, width, height = map(float, drawing.get("viewBox").split())
    assert (float(drawing.get("width")), float(drawing.get("height"))) == pytest.approx((width, height), abs=0.06)
    (path,) = drawing
    numbers = np.array(re.findall(r"-?\d+\.\d+", path.get("d")), dtype=float).reshape(-1, 2)
    # A curve's control points may stick out a little; its outline doesn't.
    assert (numbers >= [left - 1, top - 1]).all()
    assert (numbers <= [left + width + 1, top + height + 1]).all()
    assert np.ptp(numbers, axis=0) == pytest.approx([width - 2, height - 2], abs=1)


@pytest.mark.parametrize("surface", ["hills_and_canyon", "rosenbrock", "formula:log(x) + y^2"])
def test_usual_files_are_small_where_the_surface_has_gaps_too(surface, tmp_path):
    runs = [{"optimizer": key} for key in ("gradient_descent", "momentum", "adam")]
    written(check({"surface": surface, "start": [1, 1], "steps": 60, "runs": runs}), tmp_path / "a.html", formula=True)
    assert (tmp_path / "a.html").stat().st_size <= 350_000


def test_sixteen_long_runs_are_less_than_8_megabytes(tmp_path):
    runs = [{"optimizer": "momentum", "hypers": {"learning_rate": 0.001 * (k + 1)}} for k in range(16)]
    experiment = check({"surface": "himmelblau", "steps": 10_000, "runs": runs})
    text = written(experiment, tmp_path / "a.html", formula=True)
    assert len(text.encode()) < 8_000_000
    told = json.loads(Document(text).data["data"])["answer"]
    assert len(base64.b64decode(told["points"])) == 16 * 10_001 * 2 * 4


def test_every_method_has_its_values_written(tmp_path):
    for first in range(0, len(OPTIMIZERS), 16):
        keys = list(OPTIMIZERS)[first : first + 16]
        experiment = check({"surface": "rotated_quadratic", "steps": 2, "runs": [{"optimizer": key} for key in keys]})
        symbols = json.loads(Document(written(experiment, tmp_path / "a.html")).data["data"])["symbols"]
        assert [{name for name, _ in row} for row in symbols] == [set(one.hypers) for one in experiment.runs]
        assert all(symbol for row in symbols for _, symbol in row)


def test_nothing_is_left_when_it_cannot_be_written(tmp_path):
    (tmp_path / "a.html").mkdir()
    with pytest.raises(IsADirectoryError):
        FORMATS["html"].export(find(OPENING).experiment, tmp_path / "a.html")
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]


def test_a_file_that_stands_there_is_replaced(tmp_path):
    (tmp_path / "a.html").write_text("old")
    assert "Made with Fall Line" in written(find(OPENING).experiment, tmp_path / "a.html")
    assert [one.name for one in tmp_path.iterdir()] == ["a.html"]
