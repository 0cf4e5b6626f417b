"""The server goes away and comes back: the page says so, goes on from there, and an export isn't lost."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.exporting import PROGRESS, SLOW, closed, field, frame_count, opened, said, saved, start
from tests.browser.reading import drag, experiment, settled, slider


def long_enough_to_be_seen(page: Page) -> None:
    page.locator("select[data-choice=size]").select_option("1920x1080")
    field(page, "Length in seconds", "15")


def test_a_lost_server_is_told_and_what_was_wanted_comes_when_it_is_back(
    elsewhere: Callable[..., Page], serve: Callable[..., Server], tmp_path: Path
) -> None:
    own, page = serve(), elsewhere()
    visit(page, own.address)
    opened(page)
    long_enough_to_be_seen(page)
    start(page).click()
    expect(said(page)).to_have_text(PROGRESS, timeout=SLOW)
    own.stop()
    expect(said(page)).to_contain_text("The server does not answer", timeout=SLOW)
    closed(page)
    drag(page, slider(page, "learning rate η, run 1: Nesterov"), 40)
    expect(page.locator("#connection")).to_contain_text("does not answer", timeout=10_000)
    wanted = experiment(page)
    # The page goes on by itself meanwhile.
    assert page.evaluate("client.explore.state.provisional")
    with page.expect_download(timeout=2 * SLOW) as coming:
        own.start()
    expect(page.locator("#connection")).to_be_hidden(timeout=30_000)
    page.wait_for_function("() => !client.explore.state.provisional", timeout=20_000)
    settled(page)
    assert experiment(page) == wanted
    assert frame_count(saved(coming.value, tmp_path)) == 15 * 30  # frames a second
    own.stop()
