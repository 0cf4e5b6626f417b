"""What a drag of one run costs on the Train page: the questions asked, the size of the answers, what is drawn."""

import re

import pytest
from playwright.sync_api import Page, Request, Response, expect

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


class Heard:
    """The questions of trainings that are asked from now on, and their answers."""

    def __init__(self, page: Page) -> None:
        self.bodies: list[tuple[str, bytes]] = []
        self.most = 0
        self._underway: dict[str, int] = {}
        page.on("request", self._asked)
        page.on("requestfinished", self._ended)
        page.on("response", self._answered)

    def _asked(self, request: Request) -> None:
        kind = request.url.rpartition("/")[2]
        if "/train/" in request.url:
            self._underway[kind] = self._underway.get(kind, 0) + 1
            self.most = max(self.most, self._underway[kind])

    def _ended(self, request: Request) -> None:
        if "/train/" in request.url:
            self._underway[request.url.rpartition("/")[2]] -= 1

    def _answered(self, response: Response) -> None:
        if "/train/" in response.url:
            self.bodies.append((response.url.rpartition("/")[2], response.body()))

    def sizes(self, kind: str) -> list[int]:
        return [len(body) for name, body in self.bodies if name == kind]


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
    lines, heard = page.evaluate(PICTURE, "lines"), Heard(page)
    drag(page, 5)
    # The hand is still down: axes and the other runs' curves stand on their canvas.
    assert page.evaluate(PICTURE, "lines") == lines
    page.mouse.up()
    trained(page)
    assert heard.most == 1
    assert heard.sizes(unseen) == []
    # A quarter of the curves, and of the paths or pictures, and some words.
    assert max(heard.sizes("answers")) < 0.5 * whole["answers"]
    assert heard.sizes(seen)
    assert sorted(heard.sizes(seen))[len(heard.sizes(seen)) // 2] < 0.4 * whole[seen]
