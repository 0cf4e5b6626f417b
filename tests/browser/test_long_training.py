"""A training that takes long, in a browser: offered, its bar, a reload meanwhile, cancelled, done."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.training import SLOW, curve, expected, trained

LASTS = "task=digits&layers=64,64&batch=all&steps=10000&run=adam&run=momentum"
SHORTER = "task=xor&layers=4&steps=10000&seeds=8&run=adam,learning_rate=0.01"
PERCENT = re.compile(r"^\d+ %")


@pytest.fixture(scope="module")
def impatient(serve: Callable[..., Server]) -> Server:
    """A server on which a training of more than a second is a job."""
    return serve(FALL_LINE_TRAINING_SECONDS="1")


def opened(page: Page, server: Server, query: str) -> Page:
    page.goto(f"{server.address}/train?{query}")
    return page


def said(page: Page) -> Locator:
    return page.locator("#train-progress-text")


def button(page: Page, name: str) -> Locator:
    return page.locator("#train-progress").get_by_role("button", name=name, exact=True)


def made(page: Page) -> int:
    return page.evaluate("client.train.state.answer?.made ?? 0")


def test_a_long_training_is_offered_shows_its_bar_and_is_found_again_after_a_reload(
    blank: Page, impatient: Server, elsewhere: Callable[..., Page]
) -> None:
    page = opened(blank, impatient, LASTS)
    expect(said(page)).to_have_text(
        re.compile(r"^Takes about [\d.]+ (seconds|minutes); it goes on if you leave the page\.$"), timeout=SLOW
    )
    bar = page.get_by_role("progressbar", name="Training")
    expect(bar).to_be_hidden()
    expect(button(page, "Pause")).to_be_hidden()
    button(page, "Train").press("Enter")
    expect(button(page, "Cancel")).to_be_focused(timeout=SLOW)
    expect(bar).to_be_visible()
    expect(said(page)).to_have_text(PERCENT, timeout=SLOW)
    page.wait_for_function("() => client.train.state.answer.made > 0", timeout=SLOW)
    before = made(page)
    page.reload()
    expect(bar).to_be_visible(timeout=SLOW)
    expect(said(page)).to_have_text(PERCENT, timeout=SLOW)
    assert made(page) >= before
    page.wait_for_function("(before) => client.train.state.answer.made > before", arg=before, timeout=SLOW)
    # Another reader finds it too, and can't take it away.
    other = opened(elsewhere(), impatient, LASTS)
    expect(said(other)).to_have_text(PERCENT, timeout=SLOW)
    expect(button(other, "Cancel")).to_be_hidden()
    button(page, "Cancel").press("Enter")
    expect(button(page, "Train")).to_be_focused(timeout=SLOW)
    expect(button(other, "Train")).to_be_visible(timeout=SLOW)
    assert page.evaluate("client.train.state.experiment.steps") == 10_000


def test_what_a_job_has_trained_is_shown_as_if_the_page_had_waited(blank: Page, impatient: Server) -> None:
    page = opened(blank, impatient, SHORTER)
    button(page, "Train").click(timeout=SLOW)
    trained(page)
    expect(page.locator("#train-progress")).to_be_hidden()
    points = curve(page, 0)
    assert points == pytest.approx(expected(page, 0)[:: 10_000 // (len(points) - 1)])
    expect(page.locator("#train-views").get_by_text("not begun")).to_have_count(0, timeout=SLOW)


def test_where_no_more_can_wait_a_sentence_says_so_and_the_experiment_stays(
    blank: Page, serve: Callable[..., Server]
) -> None:
    server = serve(FALL_LINE_TRAINING_SECONDS="1", FALL_LINE_MAX_TRAININGS="1")
    page = opened(blank, server, LASTS)
    button(page, "Train").click(timeout=SLOW)
    expect(button(page, "Cancel")).to_be_visible(timeout=SLOW)
    seed = page.get_by_label("First seed")
    seed.fill("7")
    page.keyboard.press("Enter")
    button(page, "Train").click(timeout=SLOW)
    expect(page.locator("#problem")).to_contain_text(
        "The queue of long trainings is full, 1 at most; start", timeout=SLOW
    )
    expect(seed).to_have_value("7")
    assert page.evaluate("client.train.state.experiment.seed") == 7
    expect(button(page, "Train")).to_be_visible()
    # Nothing goes on beside the tests that follow.
    button(opened(page, server, LASTS), "Cancel").click(timeout=SLOW)
    expect(button(page, "Train")).to_be_visible(timeout=SLOW)
