"""The page under fingers, on a phone: what scrolls, what turns, what zooms, and how large it is."""

import math
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import experiment, settled, slider

RATE = "learning rate η, run 1: Nesterov"
# Controls that are seen, smaller than a fingertip in a direction, and not in the midst of a sentence or table.
SMALL = """(least) => [...document.querySelectorAll(
    "button:not(.hinted, .hyper-symbol, .start-handle), summary, a[href], .mantine-SegmentedControl-label, input"
)].filter((one) => {
    if (!one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.closest(".skip-links, [aria-hidden=true]")) return false;
    if (one.matches(".only-spoken, [type=hidden], [role=switch], [type=radio]")) return false;
    const { width, height } = one.getBoundingClientRect();
    return Math.min(width, height) < least;
}).map((one) => one.outerHTML.slice(0, 160))"""


@pytest.fixture
def phone(elsewhere: Callable[..., Page], server: Server) -> Page:
    page = elsewhere(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    visit(page, server.address)
    settled(page)
    return page


def fingers(session: CDPSession, kind: str, places: list[tuple[float, float]]) -> None:
    points = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(places)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def swipe(page: Page, start: tuple[float, float], dx: float, dy: float, moves: int = 12) -> None:
    session = page.context.new_cdp_session(page)
    x, y = start
    fingers(session, "touchStart", [start])
    for k in range(1, moves + 1):
        fingers(session, "touchMove", [(x + dx * k / moves, y + dy * k / moves)])
    fingers(session, "touchEnd", [])
    session.detach()


def middle(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def rate(page: Page) -> float:
    return experiment(page)["runs"][0]["hypers"]["learning_rate"]


def test_fingers_scroll_turn_tap_and_zoom(phone: Page) -> None:
    everything_is_large_enough(phone)
    the_runs_are_told_on_the_first_screen(phone)
    two_fingers_zoom_the_plot(phone)
    a_swipe_over_a_slider_scrolls(phone)
    a_finger_along_a_slider_turns_it(phone)
    a_tap_on_a_slider_sets_it(phone)
    a_tap_tells_what_a_word_means(phone)


def everything_is_large_enough(page: Page) -> None:
    assert page.evaluate(SMALL, 24) == []
    large = page.evaluate(SMALL, 44)
    assert not [one for one in large if "icon-button" in one or "button" in one.split(">")[0]]


def the_runs_are_told_on_the_first_screen(page: Page) -> None:
    expect(page.locator("#legend li")).to_have_text(["Nesterov", "RMSProp", "Adadelta", "Adagrad", "Adam"])
    expect(page.locator("#legend")).to_be_in_viewport(ratio=1)


def two_fingers_zoom_the_plot(page: Page) -> None:
    start, before = experiment(page)["start"], page.evaluate("client.plots.visible()")
    x, y = middle(page.locator(".nsewdrag").first)
    session = page.context.new_cdp_session(page)
    fingers(session, "touchStart", [(x - 40, y)])
    fingers(session, "touchStart", [(x - 40, y), (x + 40, y)])
    for apart in (50, 60, 70, 80):
        fingers(session, "touchMove", [(x - apart, y), (x + apart, y)])
    fingers(session, "touchEnd", [(x - 80, y)])
    fingers(session, "touchEnd", [])
    session.detach()
    page.wait_for_function(
        "(old) => { const [low, high] = client.plots.visible();"
        " return high - low < old && client.asking.contourIdle() }",
        arg=0.6 * (before[1] - before[0]),
    )
    settled(page)
    after = page.evaluate("client.plots.visible()")
    # Twice as far apart: half as much is shown, about the same middle.
    assert (after[1] - after[0]) / (before[1] - before[0]) == pytest.approx(0.5, abs=0.02)
    assert (after[0] + after[1]) / 2 == pytest.approx((before[0] + before[1]) / 2, abs=0.1)
    assert experiment(page)["start"] == start


def a_swipe_over_a_slider_scrolls(page: Page) -> None:
    thumb = slider(page, RATE)
    thumb.evaluate("one => one.scrollIntoView({ block: 'end' })")
    before, stood = rate(page), page.evaluate("scrollY")
    swipe(page, middle(thumb), 3, -120)
    page.wait_for_function("(old) => scrollY > old + 50", arg=stood)
    settled(page)
    assert rate(page) == before
    expect(thumb).to_have_attribute("aria-valuenow", str(before))


def a_finger_along_a_slider_turns_it(page: Page) -> None:
    thumb = slider(page, RATE)
    thumb.evaluate("one => one.scrollIntoView({ block: 'end' })")
    page.wait_for_timeout(300)  # until what was flung rests
    before, stood = rate(page), page.evaluate("scrollY")
    swipe(page, middle(thumb), 60, 4)
    page.wait_for_function(
        "(old) => client.explore.state.experiment.runs[0].hypers.learning_rate > 2 * old", arg=before
    )
    settled(page)
    expect(thumb).to_have_attribute("aria-valuetext", str(rate(page)))
    expect(thumb).to_have_attribute("aria-valuenow", str(rate(page)))
    assert page.evaluate("scrollY") == stood


def a_tap_on_a_slider_sets_it(page: Page) -> None:
    track = page.locator(".hyper-slider", has=slider(page, RATE)).locator(".mantine-Slider-trackContainer")
    box = track.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    # The middle of a slider from 1e-4 to 10, to a stop.
    page.wait_for_function("() => client.explore.state.experiment.runs[0].hypers.learning_rate < 0.05")
    settled(page)
    assert math.log10(rate(page)) == pytest.approx(-1.5, abs=0.03)


def a_tap_tells_what_a_word_means(page: Page) -> None:
    page.locator("#run-1 .hyper-symbol").first.tap()
    expect(page.get_by_role("tooltip")).to_have_text(re.compile("^learning rate η"))
    outcome = page.locator("#outcomes-body").get_by_role("button").first
    outcome.scroll_into_view_if_needed()
    expect(page.get_by_role("tooltip")).to_have_count(0)
    outcome.tap()
    expect(page.get_by_role("tooltip")).to_have_text(outcome.get_attribute("data-hint"))
    outcome.tap()
    expect(page.get_by_role("tooltip")).to_have_count(0)
