"""Moves a slider as a hand does, and tells how long until each move was painted."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from playwright.sync_api import Locator, Page, Request

FRAME = 1000 / 60  # ms

# Sixty moves a second for three seconds, made in the page: from outside a busy page takes fewer.
TO_AND_FRO = """(thumb, [x, y]) => new Promise((done) => {
    const begun = performance.now();
    let count = 0;
    const timer = setInterval(() => {
        const elapsed = performance.now() - begun;
        if (elapsed > 3000) { clearInterval(timer); done(); return; }
        if (count > (elapsed * 60) / 1000) return;
        count += 1;
        const phase = count % 120;
        const to = { bubbles: true, cancelable: true, buttons: 1, pointerId: 1, clientY: y };
        to.clientX = x + 6 + 1.5 * Math.min(phase, 120 - phase);
        thumb.dispatchEvent(new PointerEvent('pointermove', to));
        thumb.dispatchEvent(new MouseEvent('mousemove', to));
    }, 2);
})"""


class Drag(NamedTuple):
    """Milliseconds from input to paint of single moves, and what a fast drag did.

    Attributes:
        median, p90: of the single moves that were painted, ms.
        missed: single moves that were not.
        moves: of the fast drag, a second.
        repaints: that it saw, a second.
        gap: the longest time that it saw without a repaint, ms.
        questions: that the page asked the server meanwhile.
    """

    median: float
    p90: float
    missed: int
    moves: float
    repaints: float
    gap: float
    questions: int


def drag(page: Page, thumb: Locator, moves: int, rest: float, route: str) -> Drag:
    """Move `thumb` step by step, then to and fro for three seconds.

    Args:
        page: with the probe of `benchmarks.browser` in it.
        thumb: of the slider.
        moves: single ones.
        rest: ms after each single move, enough for all that follows from it.
        route: where the page asks for what it draws, a part of the address.
    """
    x, y = _middle(thumb)
    page.mouse.move(x, y)
    page.mouse.down()
    for warm in range(10):
        page.mouse.move(x + 4 + warm % 3, y)
        page.wait_for_timeout(120)
    page.wait_for_timeout(rest)
    places = [x + 6 + 2 * (k % 30) for k in range(moves)]
    # At any moment of a frame: equal pauses would all end at the same one.
    within = np.random.default_rng(0).uniform(0, FRAME, moves)
    single = [
        _until_painted(page, partial(page.mouse.move, place, y), rest + later)
        for place, later in zip(places, within, strict=True)
    ]
    _clear(page)
    asked = _asked(page, route, lambda: thumb.evaluate(TO_AND_FRO, [x, y]))
    seen = page.evaluate("probe")
    page.mouse.up()
    painted = [ms for ms in single if ms is not None]
    median, p90 = np.quantile(painted or [np.nan], [0.5, 0.9])
    return Drag(median, p90, moves - len(painted), *_rates(seen["inputs"], seen["paints"]), asked)


def first_move(page: Page, thumb: Locator, rest: float) -> float:
    """Return the ms until the first move is painted, or NaN: of a button pressed 300 ms after the pointer came.

    Pressed beside the middle of `thumb`, which moves the slider by some stops.
    """
    x, y = _middle(thumb)
    page.mouse.move(x + 4, y)
    page.wait_for_timeout(300)
    ms = _until_painted(page, page.mouse.down, rest)
    page.mouse.up()
    return np.nan if ms is None else ms


def _middle(thumb: Locator) -> tuple[float, float]:
    box = thumb.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _clear(page: Page) -> None:
    page.evaluate("probe.inputs.length = probe.paints.length = 0")


def _until_painted(page: Page, act: Callable[[], object], rest: float) -> float | None:
    """Return the ms from the input that `act` makes to the first paint after it, None if there is none."""
    _clear(page)
    act()
    page.wait_for_timeout(rest)
    seen = page.evaluate("probe")
    return next((paint - put for put in seen["inputs"][:1] for paint in seen["paints"] if paint > put), None)


def _asked(page: Page, route: str, act: Callable[[], object]) -> int:
    """Return how many questions go to `route` while `act` is under way."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if route in request.url:
            asked.append(request.url)

    page.on("request", note)
    act()
    page.remove_listener("request", note)
    return len(asked)


def _rates(inputs: list[float], paints: list[float]) -> tuple[float, float, float]:
    """Return moves and repaints a second, and the longest time between two repaints."""
    first, last = inputs[0], inputs[-1]
    paints = [paint for paint in paints if paint <= last + 20]
    seconds = (last - first) / 1000
    gap = max(b - a for a, b in pairwise([first, *paints, last]))
    return len(inputs) / seconds, len(paints) / seconds, gap
