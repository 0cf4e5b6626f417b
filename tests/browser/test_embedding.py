"""The page in a frame of another site's page: what is seen, how high it is, who may frame it, and the way out of it."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import CLIENT
from tests.browser.test_first_visit import BEGIN, HANDLE

EMBEDDED = "surface=booth&start=1,2&steps=40&run=adam&run=momentum&embed=1"
HEIGHTS = """addEventListener("message", ({ data }) => {
    if (data.type === "fall-line-height") (window.heights ??= []).push(data.height);
})"""


class Notes(ThreadingHTTPServer):
    """A site of its own: to a browser localhost is another host than 127.0.0.1."""

    html = ""

    @property
    def site(self) -> str:
        return f"http://localhost:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.server.html.encode())  # type: ignore[attr-defined]

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[Notes]:
    with Notes(("127.0.0.1", 0), _Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def framed(serve: Callable[..., Server], site: Notes) -> Server:
    """A server that lets the notes frame its pages."""
    return serve(FALL_LINE_FRAMED_BY=f"{site.site} https://other.example")


@pytest.fixture
def notes(elsewhere: Callable[..., Page], site: Notes) -> Callable[..., Page]:
    """Shows notes of another site with this HTML in them."""

    def shown(html: str, **options: Any) -> Page:
        page = elsewhere(**options)
        site.html = f"<!DOCTYPE html><body style='margin: 0'><script>{HEIGHTS}</script>{html}<p>The end</p></body>"
        page.goto(f"{site.site}/week-3")
        return page

    return shown


def frame(server: Server, query: str, path: str = "") -> str:
    address = f"{server.address}/{path}?{query}".replace("&", "&amp;")
    return f'<iframe src="{address}" title="A descent" width="100%" height="700" style="border: 0"></iframe>'


def inside(page: Page, ready: str = ".start-handle") -> Frame:
    """The page in the frame, once it is there."""
    page.frame_locator("iframe").locator(ready).first.wait_for()
    found = page.frames[1]
    found.wait_for_function("() => window.client")
    return found


def settled(page: Frame) -> None:
    page.wait_for_function(
        "() => { const { state } = client.explore; return client.asking.idle() && client.asking.contourIdle()"
        " && state.answer !== null && state.good === state.experiment && state.query === state.answer.query }",
        polling=30,
    )


def copied(page: Page, site: Notes) -> str:
    """The HTML that the Export dialog offers for what the page shows."""
    page.get_by_role("button", name="Export", exact=True).click()
    page.get_by_text("Embed in a web page").click()
    expect(page.locator(".export-snippet .export-notes")).to_have_text(
        f"The address opens only on this machine. {site.site} and https://other.example may show this page."
    )
    page.get_by_role("button", name="Copy HTML").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    return page.evaluate("navigator.clipboard.readText()")


def test_the_snippet_of_the_export_dialog_shows_the_experiment_as_high_as_it_is(
    blank: Page, framed: Server, site: Notes, notes: Callable[..., Page]
) -> None:
    visit(blank, f"{framed.address}/?surface=booth&start=1,2&steps=40&run=adam&run=momentum,label=“Mo” %26 <b>")
    page = notes(copied(blank, site))
    embedded = inside(page)
    settled(embedded)
    assert embedded.evaluate("client.explore.state.experiment") == blank.evaluate("client.explore.state.experiment")
    assert page.locator("iframe").get_attribute("title") == "Fall Line: booth, 2 runs"
    page.wait_for_function("() => document.querySelector('iframe').clientHeight === window.heights.at(-1)")
    embedded.wait_for_function("() => document.documentElement.scrollHeight === innerHeight")
    for seen in (".surface-plot", ".player", ".outcomes", "#open-whole"):
        expect(embedded.locator(seen)).to_be_visible()
    for hidden in (".header", ".rail", ".loss-plot"):
        expect(embedded.locator(hidden)).to_be_hidden()


def test_a_frame_stands_still_from_the_first_picture_on(framed: Server, notes: Callable[..., Page]) -> None:
    page = notes(frame(framed, EMBEDDED), viewport={"width": 820, "height": 1180})
    embedded = inside(page)
    settled(embedded)
    heights = page.evaluate("window.heights")
    assert max(heights) - min(heights) <= 2
    # The frame is higher than the page would be: what is left over is the plot's.
    bottom = embedded.evaluate("document.querySelector('.embedded-foot').getBoundingClientRect().bottom")
    assert bottom == pytest.approx(700, abs=1)
    assert embedded.evaluate("document.querySelector('.stage').offsetHeight") > 58 / 100 * 820


@pytest.mark.parametrize(("width", "height"), [(900, 700), (390, 700)])
def test_the_first_picture_stands_where_the_embedded_plot_will_be(
    server: Server, elsewhere: Callable[..., Page], width: int, height: int
) -> None:
    page, held = elsewhere(viewport={"width": width, "height": height}), []
    address = f"{server.address}/?experiment=cross-method/hills_and_canyon&embed=1"
    while 'class="first-paths"' not in page.request.get(address).text():
        page.wait_for_timeout(200)
    page.route("**/dash_mantine_components*", lambda route: held.append(route))  # noqa: PLW0108, Playwright wants a function
    page.goto(address, wait_until="commit")
    page.wait_for_function(
        "() => document.querySelector('.first-paths path') && document.querySelector('link[rel=stylesheet]').sheet"
    )
    begins = page.evaluate(BEGIN)
    page.wait_for_timeout(300)
    for route in held:
        route.continue_()
    page.locator(".start-handle").wait_for()
    page.wait_for_function("() => window.client")
    settled(page.main_frame)
    assert page.evaluate(HANDLE) == pytest.approx(begins, abs=3)


def test_who_is_not_named_cannot_frame_the_page(server: Server, notes: Callable[..., Page]) -> None:
    page = notes(frame(server, EMBEDDED))
    page.wait_for_function("() => document.readyState === 'complete'")
    assert page.frames[1].url.startswith("chrome-error:")


def test_the_address_stays_embedded_and_the_way_out_is_not(framed: Server, notes: Callable[..., Page]) -> None:
    page = notes(frame(framed, f"{EMBEDDED}&hide=rail,header&theme=dark"))
    embedded = inside(page)
    settled(embedded)
    expect(embedded.locator(".loss-plot")).to_be_visible()
    assert embedded.evaluate("document.documentElement.dataset.mantineColorScheme") == "dark"
    embedded.locator(".start-handle").press("ArrowLeft")
    embedded.wait_for_function("() => !location.search.includes('start=1,2')")
    assert embedded.url.endswith("&embed=1&hide=rail,header&theme=dark")
    settled(embedded)
    moved = embedded.evaluate("client.explore.state.experiment")
    with page.expect_popup() as opening:
        embedded.get_by_role("link", name="Open in Fall Line").click()
    whole = opening.value
    whole.add_init_script(CLIENT)
    assert "embed" not in whole.url
    whole.reload()
    whole.wait_for_function("() => window.client?.explore.state.answer")
    assert whole.evaluate("client.explore.state.experiment") == moved
    expect(whole.locator(".rail")).to_be_visible()


def test_a_wrong_part_gets_a_sentence_beside_what_still_works(blank: Page, server: Server) -> None:
    visit(blank, f"{server.address}/?{EMBEDDED}&hide=rial,header")
    expect(blank.locator("#problem")).to_contain_text("Hide is ‘rial’; it must be some of rail, loss, outcomes")
    expect(blank.locator(".rail")).to_be_visible()
    expect(blank.locator(".header")).to_be_hidden()


def test_an_answer_to_a_signal_can_be_embedded_too(framed: Server, notes: Callable[..., Page]) -> None:
    page = notes(frame(framed, "signal=rectangles&run=adam&run=momentum&embed=1", "response"))
    embedded = inside(page, "#response-readings tr")
    expect(embedded.locator(".response-plot")).to_be_visible()
    expect(embedded.locator(".rail")).to_be_hidden()
    expect(embedded.locator(".header")).to_be_hidden()
    with page.expect_popup() as opening:
        embedded.get_by_role("link", name="Open in Fall Line").click()
    assert opening.value.url.startswith(f"{framed.address}/response?signal=rectangles&run=adam")
    assert "embed" not in opening.value.url
