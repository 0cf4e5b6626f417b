"""A first visit: what stands before the page does, what is asked, and what a second visit need not ask again."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route

from tests.browser.conftest import Server
from tests.browser.reading import settled

Elsewhere = Callable[..., Page]
SIZES = [(1440, 900), (820, 1180), (390, 844)]
# Where the picture has the start of its first path, and where the page has its handle.
BEGIN = """() => {
    const path = document.querySelector('.first-paths path');
    const { x, y } = path.getPointAtLength(0).matrixTransform(path.getScreenCTM());
    return [x, y];
}"""
HANDLE = """() => {
    const { left, top, width, height } = document.querySelector('.start-handle').getBoundingClientRect();
    return [left + width / 2, top + height / 2];
}"""


def asked(page: Page) -> list[Request]:
    """The requests that the page makes from now on."""
    found: list[Request] = []
    page.on("request", lambda request: found.append(request))  # noqa: PLW0108, Playwright wants a function
    return found


def named(requests: list[Request], path: str) -> list[str]:
    return [one.method for one in requests if f"/explore/{path}" in one.url]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_picture_stands_where_the_plot_will_be(server: Server, elsewhere: Elsewhere, width: int, height: int) -> None:
    page = elsewhere(viewport={"width": width, "height": height})
    # A server that has just started has no picture yet.
    while 'class="first-paths"' not in page.request.get(server.address).text():
        page.wait_for_timeout(200)
    held: list[Route] = []
    page.route("**/dash_mantine_components*", lambda route: held.append(route))  # noqa: PLW0108
    requests = asked(page)
    page.goto(server.address, wait_until="commit")
    page.wait_for_function(
        "() => document.querySelector('.first-paths path') && document.querySelector('link[rel=stylesheet]').sheet"
    )
    begins = page.evaluate(BEGIN)
    area = page.locator(".first-place").bounding_box()
    assert not page.locator("#surface-plot").count()
    page.wait_for_timeout(300)
    for route in held:
        route.continue_()
    settled(page)
    assert page.evaluate(HANDLE) == pytest.approx(begins, abs=3)
    plot = page.locator("#surface-plot .nsewdrag").bounding_box()
    assert area is not None
    assert plot is not None
    assert [plot["y"], plot["height"]] == pytest.approx([area["y"], area["height"]], abs=2)
    assert page.locator("#shell, .first-place").count() == 0
    # Both were asked before Dash was there, and never again.
    assert (named(requests, "paths"), named(requests, "contour")) == (["GET"], ["GET"])


def test_a_first_visit_loads_what_the_page_uses(server: Server, elsewhere: Elsewhere) -> None:
    page = elsewhere()
    requests = asked(page)
    page.goto(server.address)
    settled(page)
    page.wait_for_timeout(500)
    addresses = [one.url for one in requests if not one.url.startswith("data:")]
    assert len(addresses) <= 25
    unused = ("mathjax", "markdown", "highlight", "upload", "dash_table", "polyfill", "async-slider")
    assert [one for one in addresses if any(name in one for name in unused)] == []


def test_a_second_visit_asks_only_whether_answers_still_hold(server: Server, elsewhere: Elsewhere) -> None:
    page = elsewhere()
    page.goto(server.address)
    settled(page)
    page.wait_for_function("() => client.walkable.prepared()")
    statuses: dict[str, int] = {}  # of each request
    urls: dict[str, str] = {}

    def ask(event: dict[str, Any]) -> None:
        urls[event["requestId"]] = event["request"]["url"]

    def answer(event: dict[str, Any]) -> None:
        statuses[event["requestId"]] = event["statusCode"]

    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.requestWillBeSent", ask)
    session.on("Network.responseReceivedExtraInfo", answer)
    page.goto(server.address)
    settled(page)
    page.wait_for_function("() => client.walkable.prepared()")
    told = [(urls[one].partition("?")[0], status) for one, status in statuses.items() if one in urls]
    kept = {address.rpartition("/")[2]: status for address, status in told if "/explore/" in address}
    assert kept == {"paths": 304, "contour": 304}


def test_a_link_too_long_to_be_asked_early_opens_like_any_other(server: Server, elsewhere: Elsewhere) -> None:
    page = elsewhere()
    requests = asked(page)
    runs = "&".join(f"run=adam,learning_rate=0.{k + 1:02d},label={'run with a long name ' * 4}{k}" for k in range(16))
    page.goto(f"{server.address}/?surface=booth&{runs}")
    settled(page)
    assert named(requests, "paths") == ["POST"]
    assert page.locator("#outcomes-body tr").count() == 16
    assert len(json.dumps(page.evaluate("client.explore.state.experiment"))) > 3000


@pytest.mark.parametrize("saves", [False, True])
def test_programs_come_once_the_page_stands_but_not_for_who_saves_data(
    server: Server, elsewhere: Elsewhere, saves: bool
) -> None:
    page = elsewhere()
    page.add_init_script(
        f"Object.defineProperty(navigator, 'connection', {{ value: {{ saveData: {str(saves).lower()} }} }})"
    )
    requests = asked(page)
    page.goto(server.address)
    settled(page)
    page.wait_for_timeout(500)
    if saves:
        assert named(requests, "program") == []
        page.locator("#surface-plot").hover()
    page.wait_for_function("() => client.walkable.prepared()")
    # All methods in one file, and the surface.
    assert len(named(requests, "program")) == 2
    places = [one.url for one in requests]
    assert places.index(next(url for url in places if "/explore/program" in url)) > places.index(
        next(url for url in places if "/explore/contour" in url)
    )
