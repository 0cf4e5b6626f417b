"""What the page can't walk itself goes through the server at every move."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import experiment, points, settled, slider
from tests.browser.sweeping import (
    Move,
    asked,
    assert_drawn_as_answered,
    exact,
    grasp,
    listen,
    reach,
    sweep,
)
from tests.browser.tab import Tab

NESTEROV = "learning rate η, run 1: Nesterov"
OFFSETS = [4.0, 12, 20, 28, 36, 24, 8]


def typed(page: Page, label: str, text: str) -> None:
    page.get_by_label(label).fill(text)
    page.get_by_label(label).press("Enter")


def zoomed(page: Page) -> None:
    box = page.locator("#surface-plot .nsewdrag").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.wheel(0, -400)
    page.wait_for_function("() => client.explore.state.experiment.view !== null")


CHANGES: dict[str, Callable[[Page], None]] = {
    "start": lambda page: typed(page, "Start y", "-2"),
    "another run's rate": lambda page: typed(page, "learning rate η, run 2: RMSProp, as a number", "0.1"),
    "zoom": zoomed,
}


def rest(page: Page, moves: list[Move]) -> None:
    """Let go; what is drawn then is what the server answers for the last move."""
    page.mouse.up()
    settled(page)
    assert experiment(page) == moves[-1].experiment
    assert points(page) == exact(page, moves[-1:])[0]["points"]


@pytest.mark.parametrize("change", ["start", "zoom", pytest.param("another run's rate", marks=pytest.mark.thorough)])
def test_a_drag_goes_on_from_what_was_changed_before(page: Page, change: str) -> None:
    thumb = slider(page, NESTEROV)
    reach(page, thumb)
    page.mouse.move(5, 5)
    CHANGES[change](page)
    settled(page)
    grasp(page, thumb)
    moves = sweep(thumb, OFFSETS)
    assert_drawn_as_answered(page, moves)
    rest(page, moves)


JAVASCRIPT = "text/javascript"
FAILURES: dict[str, Callable[[Route], object]] = {
    "unavailable": lambda route: route.fulfill(status=503, body="later"),
    "none": lambda route: route.fulfill(content_type=JAVASCRIPT, body="export {};"),
    "garbage": lambda route: route.fulfill(content_type=JAVASCRIPT, body="export function step( {"),
    "cut off": lambda route: route.abort("connectionreset"),
    "never": lambda _: None,
}
TELLING = {"none", "garbage", "never"}


@pytest.fixture
def failing(tab: Tab) -> Iterator[Page]:
    """The tab's page; what the browser itself logs of requests that failed is no fault of it."""
    yield tab.page
    assert [text for text in tab.logged() if not text.startswith("Failed to load resource")] == []


@pytest.mark.parametrize(
    "failure", [pytest.param(name, marks=[] if name in TELLING else pytest.mark.thorough) for name in FAILURES]
)
def test_without_programs_a_drag_goes_on(failing: Page, server: Server, failure: str) -> None:
    failing.route("**/explore/program*", FAILURES[failure])
    with failing.expect_request("**/explore/programs?*"):
        visit(failing, server.address)
    thumb = slider(failing, NESTEROV)
    listen(failing)
    grasp(failing, thumb)
    moves = sweep(thumb, OFFSETS)
    assert not any(move.local for move in moves)
    assert "explore/paths" in asked(failing)
    rest(failing, moves)
    expect(failing.locator("#problem")).to_be_hidden()
    expect(failing.locator("#connection")).to_be_hidden()


def test_without_the_random_numbers_a_drag_goes_on(failing: Page, server: Server) -> None:
    failing.route("**/explore/noise?*", FAILURES["unavailable"])
    with failing.expect_request("**/explore/noise?*"):
        visit(failing, f"{server.address}/?experiment=cross-method/hills_and_canyon&noise=additive&sigma=0.4")
    thumb = slider(failing, NESTEROV)
    grasp(failing, thumb)
    moves = sweep(thumb, OFFSETS)
    assert not any(move.local for move in moves)
    rest(failing, moves)


def test_while_a_step_is_inspected_a_drag_goes_through_the_server(page: Page) -> None:
    thumb = slider(page, NESTEROV)
    reach(page, thumb)
    page.keyboard.press("i")
    expect(page.locator("#inspector-step")).to_contain_text("of 125", timeout=30_000)
    listen(page)
    grasp(page, thumb)
    moves = sweep(thumb, OFFSETS)
    assert not any(move.local for move in moves)
    rest(page, moves)
