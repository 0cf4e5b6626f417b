"""The drawing is well-formed, needs no font, and its lines go through the points."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from fall_line.exports import FORMATS
from fall_line.exports.format import silent
from fall_line.figures.theme import PALETTES
from tests.drawing.scenes import SPIRAL, made, pixel

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = r"-?\d+\.?\d*(?:e-?\d+)?"


def written(scene, path):
    FORMATS["svg"].draw(scene, path, silent)
    return ElementTree.parse(path).getroot()


def strokes(root, colour):
    """The corners of every line that is drawn in `colour`, and its place in the order of drawing."""
    found = {}
    for order, path in enumerate(root.iter(f"{SVG}path")):
        style = path.get("style", "")
        if f"stroke: {colour}" in style and "fill: none" in style:
            found[order] = [tuple(map(float, one)) for one in re.findall(rf"[ML] ({NUMBER}) ({NUMBER})", path.get("d"))]
    return found


@pytest.mark.parametrize("size", [(400, 300), (1200, 800), (300, 402)])
def test_size(size, tmp_path):
    root = written(made(SPIRAL, width=size[0], height=size[1]), tmp_path / "a.svg")
    assert root.tag == f"{SVG}svg"
    assert root.get("viewBox") == f"0 0 {size[0]} {size[1]}"
    assert [root.get(side).removesuffix("pt") for side in ("width", "height")] == [str(side) for side in size]


def test_lines_go_through_the_points_over_the_surface(tmp_path):
    scene = made(SPIRAL[10:], -SPIRAL[10:], loss_panel=False)
    root = written(scene, tmp_path / "a.svg")
    filled = [k for k, path in enumerate(root.iter(f"{SVG}path")) if "fill: #c3d5e6" in path.get("style", "")]
    assert filled
    for run, points in enumerate((SPIRAL[10:], -SPIRAL[10:])):
        expected = np.array([pixel(scene, point) for point in points])
        lines = strokes(root, PALETTES["light"].runs[run])
        (order,) = [k for k, corners in lines.items() if len(corners) == len(points)]
        assert lines[order] == pytest.approx(expected, abs=0.02)
        assert order > max(filled)


def test_each_run_has_its_colour(tmp_path):
    angles = 2 * np.pi * np.arange(16) / 16
    scene = made(*[[(0, 0), (0.3 * np.cos(a), 0.3 * np.sin(a))] for a in angles], theme="dark")
    root = written(scene, tmp_path / "a.svg")
    for shade in PALETTES["dark"].runs:
        assert len(strokes(root, shade)) >= 2


def test_dashes(tmp_path):
    root = written(made(SPIRAL, styles=(8,), loss_panel=False), tmp_path / "a.svg")
    styles = [path.get("style", "") for path in root.iter(f"{SVG}path")]
    assert any("stroke-dasharray" in style and PALETTES["light"].runs[0] in style for style in styles)


@pytest.mark.parametrize("name", ["<b> & -->", "\x01\x1b\ufffe", "🚀 $x$", "]]>"])
def test_no_font_is_needed_and_no_label_breaks_it(name, tmp_path):
    scene = replace(made(SPIRAL, formula=True), names=(name,), title=name)
    root = written(scene, tmp_path / "a.svg")
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert not tags & {"text", "image", "script", "foreignObject", "font", "a"}
    data = (tmp_path / "a.svg").read_text()
    assert "font-family" not in data
    assert not re.search(r"href=\"(?!#)", data)


def test_the_same_picture_is_the_same_file(tmp_path):
    for name in "ab":
        written(made(SPIRAL, -SPIRAL), tmp_path / f"{name}.svg")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


@pytest.mark.parametrize("transparent", [False, True])
def test_background(transparent, tmp_path):
    root = written(made(SPIRAL, transparent=transparent, theme="dark"), tmp_path / "a.svg")
    first = next(root.iter(f"{SVG}path"))
    assert (f"fill: {PALETTES['dark'].paper}" in first.get("style")) == (not transparent)


def test_numbers_have_two_decimals_and_are_finite(tmp_path):
    written(made([(0, 0), (1e300, 1e200), (0.1, 0.1), (np.nan, 0)]), tmp_path / "a.svg")
    data = (tmp_path / "a.svg").read_text()
    assert not re.search(r"\b(nan|inf)\b", data)
    lines = re.findall(r' d="([^"]*)"', data)
    assert max(len(number.partition(".")[2]) for line in lines for number in re.findall(r"-?\d+\.\d+", line)) <= 2
