"""Where there is no sheet, or none that still holds, a drag goes through the server as if there had never been one."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import experiment, points, settled, slider
from tests.browser.sweeping import (
    Move,
    asked,
    assert_drawn_as_answered,
    centre,
    exact,
    grasp,
    hold,
    listen,
    reach,
    ready,
    sweep,
)
from tests.browser.tab import Tab

NESTEROV = "learning rate η, run 1: Nesterov"
NAMES = ["Nesterov", "RMSProp", "Adadelta", "Adagrad", "Adam"]
OFFSETS = [4.0, 12, 20, 28, 36, 24, 8]
BINARY = "application/octet-stream"


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
def test_a_sheet_holds_for_what_it_was_made_for(page: Page, change: str) -> None:
    thumb = slider(page, NESTEROV)
    reach(page, thumb)
    page.mouse.move(5, 5)
    CHANGES[change](page)
    settled(page)
    sheets = hold(page, "explore/sheet")
    with page.expect_request("**/explore/sheet"):
        page.mouse.move(*centre(thumb))
    grasp(page, thumb)
    moves = sweep(thumb, OFFSETS)
    assert not any(move.local for move in moves)
    rest(page, moves)
    sheets[0].continue_()
    ready(page)
    grasp(page, thumb)
    moves = sweep(thumb, OFFSETS)
    assert_drawn_as_answered(page, moves)
    rest(page, moves)


def truncated(route: Route) -> None:
    response = route.fetch()
    body = response.body()
    route.fulfill(status=200, content_type=BINARY, body=body[: len(body) // 10])


FAILURES: dict[str, Callable[[Route], object]] = {
    "unavailable": lambda route: route.fulfill(status=503, body="later"),
    "busy": lambda route: route.fulfill(json={"refused": "busy"}),
    "unusable": lambda route: route.fulfill(json={"problem": "These paths are too many."}),
    "garbage": lambda route: route.fulfill(content_type=BINARY, body=bytes(range(7, 250)) * 40),
    "a header that is none": lambda route: route.fulfill(content_type=BINARY, body=b"\x04\0\0\0oops"),
    "cut off": lambda route: route.abort("connectionreset"),
    "truncated": truncated,
    "never": lambda _: None,
}
# One of each kind: refused for now and for good, unreadable, broken off while it comes, not coming at all.
TELLING = {"busy", "unusable", "garbage", "truncated", "never"}


@pytest.fixture
def failing(server: Server, tab: Tab) -> Iterator[Page]:
    """The Explore page; what the browser itself logs of requests that failed is no fault of the page."""
    visit(tab.page, server.address)
    yield tab.page
    assert [text for text in tab.logged() if not text.startswith("Failed to load resource")] == []


@pytest.mark.parametrize(
    "failure", [pytest.param(name, marks=[] if name in TELLING else pytest.mark.thorough) for name in FAILURES]
)
def test_without_a_usable_sheet_a_drag_goes_on(failing: Page, failure: str) -> None:
    failing.route("**/explore/sheet", FAILURES[failure])
    thumb = slider(failing, NESTEROV)
    listen(failing)
    with failing.expect_request("**/explore/sheet"):
        failing.mouse.move(*centre(thumb))
    if failure != "never":
        failing.wait_for_function("() => !client.sheets.facts().busy")
    grasp(failing, thumb)
    moves = sweep(thumb, OFFSETS)
    assert any(not move.local for move in moves)
    assert "explore/paths" in asked(failing)
    assert_drawn_as_answered(failing, [move for move in moves if move.local])
    rest(failing, moves)
    expect(failing.locator("#problem")).to_be_hidden()
    expect(failing.locator("#connection")).to_be_hidden()


def test_readers_who_save_data_have_no_sheets(elsewhere: Callable[..., Page], server: Server) -> None:
    page = elsewhere()
    page.add_init_script("Object.defineProperty(navigator.connection, 'saveData', { get: () => true })")
    visit(page, server.address)
    thumb = slider(page, NESTEROV)
    listen(page)
    grasp(page, thumb)
    moves = sweep(thumb, OFFSETS)
    assert not any(move.local for move in moves)
    rest(page, moves)
    assert set(asked(page)) == {"explore/paths"}


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
    assert "explore/sheet" not in asked(page)


def test_only_a_few_sheets_are_kept(page: Page) -> None:
    listen(page)
    typed(page, "steps, all runs, as a number", "1000")
    settled(page)
    page.locator("#link-rates").locator("..").click()
    settled(page)
    rates = [slider(page, f"learning rate η, run {k}: {name}") for k, name in enumerate(NAMES, 1)]
    most = {"sheets": 0, "bytes": 0}
    for thumb in (*rates, slider(page, "steps, all runs")):
        reach(page, thumb)
        facts = page.evaluate("client.sheets.facts()")
        most = {key: max(most[key], facts[key]) for key in most}
    page.locator("#link-rates").locator("..").click()
    settled(page)
    for thumb in rates:
        reach(page, thumb)
        facts = page.evaluate("client.sheets.facts()")
        most = {key: max(most[key], facts[key]) for key in most}
    assert asked(page).count("explore/sheet") == 11
    assert 5e6 < most["bytes"] <= 32e6
    assert 4 <= most["sheets"] <= 8
    grasp(page, rates[-1])
    assert all(move.local for move in sweep(rates[-1], OFFSETS))
    page.mouse.up()
