"""A signal drawn by hand: with the mouse, a finger and the arrow keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from fall_line.experiments.response_link import from_query
from fall_line.trajectories.response import response
from optimizers import OPTIMIZERS
from tests.browser.answering import (
    ADAM,
    opened,
    point,
    ready,
    settled,
    state,
    updates,
)
from tests.browser.conftest import Server


@pytest.fixture
def page(blank: Page) -> Page:
    """A page with nothing in it, on which nothing may be logged as an error or a warning."""
    return blank


def test_a_drawn_signal_is_answered_and_kept(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    page.get_by_label("Gradient signal", exact=True).click()
    page.get_by_role("option", name="Drawn by hand").click()
    expect(page.locator(".drawing-pad")).to_be_visible()
    page.get_by_role("button", name="Start from 0").click()
    page.wait_for_function("() => client.response.state.good.drawn?.every((value) => value === 0)")
    page.mouse.move(*point(page, 50, 0, 0.5))
    page.mouse.down()
    page.mouse.move(*point(page, 100, 0, 0.0), steps=5)
    page.mouse.move(*point(page, 150, 0, 1.0), steps=5)
    page.mouse.up()
    settled(page)
    drawn = state(page, "experiment")["drawn"]
    assert drawn[:50] == [0] * 50
    assert drawn[75] == pytest.approx(1, abs=0.15)
    assert drawn[100] == pytest.approx(2, abs=0.15)
    assert drawn[150] == pytest.approx(-2, abs=0.15)
    assert drawn[152:] == [0] * 148
    hypers = state(page, "experiment")["runs"][1]["hypers"]
    assert updates(page, 1) == pytest.approx(
        list(response(OPTIMIZERS["momentum"], hypers, drawn).updates), rel=1e-5, abs=1e-6
    )
    experiment, problems = from_query(page.url.partition("?")[2])
    assert (list(experiment.values), problems) == (drawn, [])
    page.reload()
    ready(page)
    assert state(page, "experiment")["drawn"] == drawn


def test_a_signal_is_drawn_by_finger(elsewhere: Callable[..., Page], server: Server) -> None:
    page = elsewhere(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    opened(page, server, "signal=drawn&run=adam")
    session = page.context.new_cdp_session(page)
    for kind, epoch in (("touchStart", 100), ("touchMove", 150), ("touchMove", 200), ("touchEnd", None)):
        points = [] if epoch is None else [dict(zip("xy", point(page, epoch, 0, 0.25), strict=True))]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_function("() => client.response.state.good.drawn[150] > 0.8")
    assert state(page, "experiment")["drawn"][120:180] == pytest.approx([1] * 60, abs=0.15)


def test_a_signal_is_drawn_with_the_arrow_keys(page: Page, server: Server) -> None:
    opened(page, server, "signal=drawn&run=adam")
    page.locator(".drawing-pad").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".drawing-pad")).to_have_attribute("aria-valuetext", "epoch 298, gradient 0.2")
    settled(page)
    assert state(page, "experiment")["drawn"][298] == 0.2
