"""The plot of a page in a file of its own: the picture is the Explore page's, and hands move what is in view."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from imageio.v3 import imread
from playwright.sync_api import Page, expect

from fall_line.drawing.choices import Choices
from fall_line.experiments.mending import check
from fall_line.experiments.published import OPENING, find
from fall_line.exports import FORMATS
from tests.browser.conftest import Server, visit
from tests.browser.test_touch import fingers

GRAPH = "(document.querySelector('#surface-plot .js-plotly-plot') ?? document.getElementById('surface-plot'))"
SEEN = f"(({{ xaxis, yaxis }}) => [...xaxis.range, ...yaxis.range])({GRAPH}._fullLayout)"
PLACE = f"""([x, y]) => {{
    const box = {GRAPH}.querySelector('.svg-container').getBoundingClientRect();
    const {{ xaxis, yaxis, _size }} = {GRAPH}._fullLayout;
    return [box.left + _size.l + xaxis.d2p(x), box.top + _size.t + yaxis.d2p(y)];
}}"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    FORMATS["html"].export(find(OPENING).experiment, tmp_path / "experiment.html", Choices())
    return tmp_path / "experiment.html"


@pytest.fixture
def opened(elsewhere: Callable[..., Page], file: Path) -> Iterator[Callable[..., Page]]:
    """Opens the file without a network; nothing may be logged."""
    heard: list[str] = []

    def open_(**options: object) -> Page:
        page = elsewhere(**({"viewport": {"width": 1440, "height": 900}, "offline": True} | options))
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(file.as_uri())
        page.locator("html[data-ready]").wait_for()
        return page

    yield open_
    assert heard == []


def seen(page: Page) -> np.ndarray:
    """x_low, x_high, y_low, y_high of what is in view."""
    return np.array(page.evaluate(SEEN))


def width(page: Page) -> float:
    return float(seen(page)[1] - seen(page)[0])


def until_width(page: Page, expected: float) -> None:
    page.wait_for_function(f"(wide) => Math.abs({SEEN}[1] - {SEEN}[0] - wide) < 1e-6 * wide", arg=expected)


def colours(page: Page, places: np.ndarray) -> np.ndarray:
    """Red, green and blue of what is seen at points of the surface, (n, 3)."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    shot = imread(page.screenshot())
    pixels = [page.evaluate(PLACE, place.tolist()) for place in places]
    return np.array([shot[int(y), int(x), :3] for x, y in pixels], dtype=int)


def test_the_contour_has_the_colours_of_the_explore_page(
    elsewhere: Callable[..., Page], server: Server, tmp_path: Path
) -> None:
    query = "surface=hills_and_canyon&start=2.9,2.9&steps=1&run=gradient_descent"
    told = {"surface": "hills_and_canyon", "start": [2.9, 2.9], "steps": 1, "runs": [{"optimizer": "gradient_descent"}]}
    FORMATS["html"].export(check(told), tmp_path / "a.html", Choices())
    places = np.random.default_rng(5).uniform(-2.7, 2.2, (120, 2))
    app = elsewhere(viewport={"width": 1440, "height": 900}, color_scheme="light")
    visit(app, f"{server.address}/?{query}")
    app.wait_for_function(f"() => {GRAPH}.querySelectorAll('.contourfill path').length > 20")
    own = elsewhere(viewport={"width": 1440, "height": 900}, offline=True)
    own.goto((tmp_path / "a.html").as_uri())
    own.locator("html[data-ready]").wait_for()
    apart = np.abs(colours(app, places) - colours(own, places)).max(axis=1)
    # But for pixels on a line in one of them, whose edges two ways of drawing smooth differently.
    assert np.mean(apart == 0) > 0.75, np.bincount(apart)
    assert apart.max() < 40


def test_buttons_keys_and_wheel_zoom_and_lead_back(opened: Callable[..., Page]) -> None:
    page = opened()
    whole = width(page)
    page.get_by_role("button", name="Zoom in (+)").click()
    until_width(page, whole / 1.5)
    page.get_by_role("button", name="Zoom out (−)").click()
    until_width(page, whole)
    page.get_by_role("group", name="Plot of the surface").press("+")
    until_width(page, whole / 1.25)
    before = seen(page)
    page.get_by_role("group", name="Plot of the surface").press("ArrowUp")
    page.wait_for_function(f"(low) => {SEEN}[2] > low", arg=before[2])
    assert seen(page)[:2] == pytest.approx(before[:2])
    page.get_by_role("button", name="The whole view").click()
    until_width(page, whole)
    x, y = page.evaluate(PLACE, [1.0, 1.0])
    page.mouse.move(x, y)
    page.mouse.wheel(0, -15)
    until_width(page, whole * np.exp(-15 / 200))
    assert page.evaluate(PLACE, [1.0, 1.0]) == pytest.approx([x, y], abs=0.1)


def test_numbers_are_seen_whole_however_far_one_zooms(opened: Callable[..., Page]) -> None:
    page = opened()
    page.mouse.move(*page.evaluate(PLACE, [-0.12345, 0.54321]))
    for _ in range(6):
        before = width(page)
        for _ in range(12):
            page.mouse.wheel(0, -100)
        page.wait_for_function(f"(wide) => {SEEN}[1] - {SEEN}[0] < wide / 3", arg=before)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        boxes = page.evaluate(
            "[...document.querySelectorAll('#surface-plot .axes text')].map((one) => {"
            " const { left, right } = one.getBoundingClientRect();"
            " return [left, right, one.classList.contains('xtick')] })"
        )
        host = page.locator("#surface-plot").bounding_box()
        assert host is not None
        assert min(left for left, _, _ in boxes) >= host["x"]
        assert max(right for _, right, _ in boxes) <= host["x"] + host["width"]
        below = sorted(box[:2] for box in boxes if box[2])
        assert all(one[1] < other[0] for one, other in pairwise(below))


def test_two_fingers_zoom_and_one_pans(opened: Callable[..., Page]) -> None:
    page = opened(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    session = page.context.new_cdp_session(page)
    x, y = page.evaluate(PLACE, [1.0, 1.0])
    whole = width(page)
    fingers(session, "touchStart", [(x - 20, y), (x + 20, y)])
    fingers(session, "touchMove", [(x - 40, y), (x + 40, y)])
    fingers(session, "touchEnd", [])
    page.wait_for_function(f"(wide) => Math.abs({SEEN}[1] - {SEEN}[0] - wide) < 0.05 * wide", arg=whole / 2)
    assert page.evaluate(PLACE, [1.0, 1.0]) == pytest.approx([x, y], abs=2)
    before = seen(page)
    fingers(session, "touchStart", [(x, y)])
    for k in range(1, 6):
        fingers(session, "touchMove", [(x + 10 * k, y)])
    fingers(session, "touchEnd", [])
    page.wait_for_function(f"(low) => {SEEN}[0] < low - 0.1", arg=before[0])
    assert page.evaluate("scrollY") == 0
    assert seen(page)[2:] == pytest.approx(before[2:], abs=1e-9)


def test_a_minimum_is_told(opened: Callable[..., Page]) -> None:
    page = opened()
    page.mouse.move(*page.evaluate(PLACE, [1.93, -1.92]))
    minimum = find(OPENING).experiment.surface.minima[1]
    expect(page.locator("#tooltip")).to_contain_text(f"minimum ({minimum.x:.4g}, {minimum.y:.4g})".replace("-", "−"))


def test_lives_in_a_frame_that_allows_scripts_alone(elsewhere: Callable[..., Page], file: Path) -> None:
    heard: list[str] = []
    page = elsewhere(viewport={"width": 640, "height": 440}, offline=True)
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    note = file.parent / "note.html"
    note.write_text(f'<iframe sandbox="allow-scripts" src="{file.name}" width="600" height="400"></iframe>')
    page.goto(note.as_uri())
    frame = page.frame_locator("iframe")
    expect(frame.locator("html[data-ready]")).to_be_attached()
    frame.locator(".start-handle").press("Shift+ArrowRight")
    expect(frame.get_by_text("Paths and numbers are computed in the browser.")).to_be_attached()
    assert frame.locator("html").evaluate("(one) => one.scrollWidth") <= 600
    assert heard == []
