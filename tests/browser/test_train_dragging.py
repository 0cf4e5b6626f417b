"""What a drag of one run costs on the Train page: the questions asked, the size of the answers, what is drawn."""

import re
import statistics

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.reading import slider
from tests.browser.training import SLOW, opened, trained

RATES = (0.01, 0.02, 0.03, 0.04)
FOUR = "task=two_spirals&layers=8&steps=200&" + "&".join(f"run=adam,learning_rate={rate}" for rate in RATES)
RATE = re.compile("learning rate η, run 1")
ALL = {"step": 200, "places": 96, "plane": {"grid": 0}}  # without what is known
ASK = """async ([kind, more]) => {
  const body = JSON.stringify({ experiment: client.train.state.experiment, ...more });
  const headers = { "Content-Type": "application/json" };
  return (await (await fetch(`/train/${kind}`, { method: "POST", headers, body })).text()).length;
}"""
PICTURE = "(name) => document.querySelector(`canvas.train-${name}`).toDataURL()"


@pytest.fixture
def page(blank: Page) -> Page:
    """An empty page; the test fails if anything was logged as an error or a warning."""
    return blank


# Of each kind of question: the answers' sizes, and how many were under way at most.
LISTEN = """() => {
  const [real, underway] = [window.fetch, {}];
  window.heard = { sizes: {}, most: 0 };
  window.fetch = async (address, ...more) => {
    const kind = String(address).split("/").at(-1);
    underway[kind] = (underway[kind] ?? 0) + 1;
    heard.most = Math.max(heard.most, underway[kind]);
    const response = await real(address, ...more);
    const text = await response.text();
    (heard.sizes[kind] ??= []).push(text.length);
    underway[kind] -= 1;
    return new Response(text, { status: response.status, headers: response.headers });
  };
}"""


def drag(page: Page, moves: int) -> None:
    """Move the first run's rate, each time until its curves have followed, and hold it."""
    box = slider(page, RATE).bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, moves + 1):
        before = page.evaluate(PICTURE, "apart")
        page.mouse.move(x + 3 * k, y)
        page.wait_for_function(f"(before) => ({PICTURE})('apart') !== before", arg=before, timeout=SLOW)


@pytest.mark.parametrize(("seen", "unseen"), [("learned", "plane"), ("plane", "learned")])
def test_a_drag_asks_and_draws_only_what_is_another(page: Page, server: Server, seen: str, unseen: str) -> None:
    opened(page, server, f"{FOUR}&view={seen}")
    if seen == "plane":
        page.wait_for_function("() => document.querySelector('.plane-square').dataset.places === '101'", timeout=SLOW)
    else:
        expect(page.locator(".view-note").last).to_contain_text("right", timeout=SLOW)
    whole = {kind: page.evaluate(ASK, [kind, more]) for kind, more in (("answers", {}), (seen, ALL))}
    drag(page, 1)
    page.evaluate(LISTEN)
    lines = page.evaluate(PICTURE, "lines")
    drag(page, 5)
    # The hand is still down: axes and the other runs' curves stand on their canvas.
    assert page.evaluate(PICTURE, "lines") == lines
    page.mouse.up()
    trained(page)
    heard = page.evaluate("heard")
    sizes = heard["sizes"]
    assert heard["most"] == 1
    assert unseen not in sizes
    # A quarter of the curves, and of the paths or pictures, and some words.
    assert max(sizes["answers"]) < 0.5 * whole["answers"]
    assert statistics.median(sizes[seen]) < 0.4 * whole[seen]
