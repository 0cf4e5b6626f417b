"""On the Response page nothing is asked while the hand moves: it answers itself, and the server's numbers follow."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Request, expect

from fall_line.experiments.signals import SIGNALS
from fall_line.trajectories.response import response
from optimizers import OPTIMIZERS
from tests.browser.answering import ADAM, SLOW, opened, point, settled, state, updates
from tests.browser.conftest import Server
from tests.browser.reading import drag, slider

READY = "() => client.responseAnswering.prepared()"
RATE = "learning rate η, run 1: Adam"
PROGRAMS = "**/explore/program*"
SCREEN = 1e-6  # relative: float32


@pytest.fixture
def still(elsewhere: Callable[..., Page]) -> Page:
    """A page whose timers can be stopped, so that a hand that is slow on a busy machine never seems to rest."""
    page = elsewhere()
    page.clock.install()
    return page


@contextmanager
def silence(page: Page) -> Iterator[list[Request]]:
    """While it lasts no timer runs and no hand rests; yields the requests that are made."""
    made: list[Request] = []

    def note(request: Request) -> None:
        made.append(request)

    page.on("request", note)
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    yield made
    page.remove_listener("request", note)
    page.clock.resume()


def expected(page: Page, run: int) -> list[float]:
    """Return what the server's program makes of the runs as the page has them."""
    experiment = state(page, "experiment")
    optimizer, hypers = (experiment["runs"][run][name] for name in ("optimizer", "hypers"))
    signal = experiment["drawn"] or SIGNALS[experiment["signal"]].values
    return list(response(OPTIMIZERS[optimizer], hypers, signal).updates)


def test_a_slider_is_dragged_without_a_request(still: Page, server: Server) -> None:
    opened(still, server, ADAM)
    thumb = slider(still, RATE)
    thumb.hover()
    still.wait_for_function(READY)
    settled(still)
    before = state(still, "experiment")["runs"][0]["hypers"]
    box = thumb.bounding_box()
    assert box is not None
    with silence(still) as made:
        still.mouse.down()
        for step in range(1, 9):
            still.mouse.move(box["x"] + 7 - 5 * step, box["y"] + 7)
            assert updates(still, 0) == pytest.approx(expected(still, 0), rel=SCREEN)
        assert state(still, "provisional")
        assert [request.url for request in made] == []
        still.mouse.up()
    settled(still)
    assert not state(still, "provisional")
    after = state(still, "experiment")["runs"][0]["hypers"]
    assert after["learning_rate"] < before["learning_rate"]
    assert updates(still, 0) == pytest.approx(expected(still, 0), rel=SCREEN)
    assert f"learning_rate={after['learning_rate']}," in still.url


def test_a_signal_is_drawn_without_a_request(still: Page, server: Server) -> None:
    opened(still, server, "signal=drawn&run=adam&run=nesterov,learning_rate=0.1,gamma=0.9")
    still.mouse.move(*point(still, 50, 0, 0.5))
    still.wait_for_function(READY)
    settled(still)
    with silence(still) as made:
        still.mouse.down()
        for epoch in range(60, 160, 10):
            still.mouse.move(*point(still, epoch, 0, epoch / 200))
            for run in (0, 1):
                assert updates(still, run) == pytest.approx(expected(still, run), rel=SCREEN, abs=1e-7)
        assert [request.url for request in made] == []
        still.mouse.up()
    settled(still)
    assert not state(still, "provisional")
    assert state(still, "good")["drawn"][100] == pytest.approx(0, abs=0.15)
    assert state(still, "good")["drawn"][150] < -0.5
    for run in (0, 1):
        assert updates(still, run) == pytest.approx(expected(still, run), rel=SCREEN, abs=1e-7)


def test_small_plots_follow_a_slider_and_keep_their_place(still: Page, server: Server) -> None:
    opened(still, server, f"{ADAM}&view=signals")
    expect(still.locator(".response-cell")).to_have_count(len(SIGNALS))
    for cell in still.locator(".response-cell .response-peak").all():
        expect(cell).not_to_have_text("…", timeout=SLOW)
    thumb = slider(still, RATE)
    thumb.hover()
    still.wait_for_function(READY)
    settled(still)
    cell = still.get_by_role("button", name="Constant")
    cell.evaluate("(cell) => (cell.dataset.first = 'yes')")
    before, box = cell.inner_text(), thumb.bounding_box()
    assert box is not None
    with silence(still) as made:
        still.mouse.down()
        still.mouse.move(box["x"] + 47, box["y"] + 7, steps=3)
        assert cell.inner_text() != before
        assert [request.url for request in made] == []
        still.mouse.up()
    moved = cell.inner_text()
    settled(still)
    expect(cell).to_have_attribute("data-first", "yes")
    expect(cell).to_have_text(moved, use_inner_text=True)


def test_what_the_server_refuses_is_taken_back(page: Page) -> None:
    before = updates(page, 0)
    page.route("**/response/answers", lambda route: route.fulfill(json={"problem": "The signal is too loud."}))
    drag(page, slider(page, RATE), -40)
    expect(page.locator("#problem")).to_have_text("The signal is too loud.")
    page.wait_for_function("() => !client.response.state.provisional")
    assert updates(page, 0) == before
    page.unroute("**/response/answers")


def test_without_programs_the_server_answers(blank: Page, server: Server) -> None:
    page = blank
    page.route(PROGRAMS, lambda route: route.fulfill(content_type="text/javascript", body="export {};"))
    opened(page, server, ADAM)
    page.get_by_label("Add a run").click()
    page.get_by_role("option", name="RMSProp", exact=True).click()
    expect(page.locator(".run")).to_have_count(3)  # the list is built anew, and with it the slider
    settled(page)
    before = updates(page, 0)
    drag(page, slider(page, RATE), -40)
    page.wait_for_function("(old) => client.response.state.answer.updates[0][0] !== old", arg=before[0])
    settled(page)
    assert updates(page, 0) == pytest.approx(expected(page, 0), rel=SCREEN)
    assert not page.evaluate(READY)
    page.unroute(PROGRAMS)


@pytest.fixture
def page(blank: Page, server: Server) -> Page:
    """The Response page whose programs are there; nothing may be logged as an error or a warning."""
    opened(blank, server, ADAM)
    slider(blank, RATE).hover()
    blank.wait_for_function(READY)
    return blank
