"""From the hand to the screen: how long until a moved slider is painted, and how often a drag repaints.

    python -m benchmarks.drag

Nine runs, of 125 steps on Explore and 300 epochs on Response, and in the same run a minimal Dash page that returns
whole figures.
"""

import argparse
import statistics
from itertools import pairwise
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page

from benchmarks.browser import PROBE, chromium, served
from benchmarks.experiments import nine_runs_query

SIZE = {"width": 1440, "height": 900}
AIMS = "aims: median <= 40 ms, >= 40 repaints a second, >= 2.5 times quicker than the whole-figure page"

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
    """Milliseconds from input to paint of single moves, and what a fast drag did."""

    median: float
    p90: float
    missed: int
    moves_a_second: float
    repaints_a_second: float
    longest_gap: float


def measure(page: Page, thumb: Locator, moves: int) -> Drag:
    """Move `thumb` step by step, each move after the last has settled, then to and fro for three seconds."""
    box = thumb.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for warm in range(10):
        page.mouse.move(x + 4 + warm % 3, y)
        page.wait_for_timeout(120)
    single = [ms for k in range(moves) if (ms := _one_move(page, x + 6 + 2 * (k % 30), y)) is not None]
    fast = _fast_drag(page, thumb, x, y)
    page.mouse.up()
    p90 = statistics.quantiles(single, n=10)[-1]
    return Drag(statistics.median(single), p90, moves - len(single), *fast)


def _clear(page: Page) -> None:
    page.evaluate("probe.inputs.length = probe.paints.length = 0")


def _one_move(page: Page, x: float, y: float) -> float | None:
    _clear(page)
    page.mouse.move(x, y)
    page.wait_for_timeout(300)
    seen = page.evaluate("probe")
    return seen["paints"][0] - seen["inputs"][0] if seen["inputs"] and seen["paints"] else None


def _fast_drag(page: Page, thumb: Locator, x: float, y: float) -> tuple[float, float, float]:
    _clear(page)
    thumb.evaluate(TO_AND_FRO, [x, y])
    seen = page.evaluate("probe")
    first, last = seen["inputs"][0], seen["inputs"][-1]
    paints = [paint for paint in seen["paints"] if paint <= last + 20]
    gap = max(b - a for a, b in pairwise([first, *paints, last]))
    seconds = (last - first) / 1000
    return len(seen["inputs"]) / seconds, len(paints) / seconds, gap


def fall_line(browser: Browser, moves: int) -> Drag:
    """Measure the Explore page."""
    with served("app.py") as address:
        page = browser.new_page(viewport=SIZE)
        page.add_init_script(PROBE)
        page.goto(f"{address}/?{nine_runs_query(125)}")
        page.locator("#outcomes-body tr").nth(8).wait_for()
        page.wait_for_timeout(1500)
        result = measure(page, page.get_by_role("slider", name="learning rate η, run 1: Gradient descent"), moves)
        page.close()
        return result


def response(browser: Browser, moves: int) -> Drag:
    """Measure the Response page with the same nine methods."""
    runs = nine_runs_query(125).partition("&run=")[2]
    with served("app.py") as address:
        page = browser.new_page(viewport=SIZE)
        page.add_init_script(PROBE)
        page.goto(f"{address}/response?signal=noisy_sin&run={runs}")
        page.locator("tbody tr").nth(8).wait_for()
        page.wait_for_timeout(1500)
        result = measure(page, page.get_by_role("slider", name="learning rate η, run 1: Gradient descent"), moves)
        page.close()
        return result


def whole_figure(browser: Browser, moves: int) -> Drag:
    """Measure the page whose callback returns whole figures."""
    with served("-m", "benchmarks.whole_figure_page") as address:
        page = browser.new_page(viewport=SIZE)
        page.add_init_script(PROBE)
        page.goto(address)
        page.locator(".contourlayer path").first.wait_for(state="attached")
        page.evaluate("document.querySelector('.js-plotly-plot').on('plotly_afterplot', painted)")
        page.wait_for_timeout(1500)
        result = measure(page, page.get_by_role("slider").first, moves)
        page.close()
        return result


def main() -> None:
    """Measure both pages and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moves", type=int, default=40, help="single moves, 40 unless given")
    moves = parser.parse_args().moves
    with chromium() as browser:
        rows = {
            "Explore": fall_line(browser, moves),
            "Response": response(browser, moves),
            "whole figure": whole_figure(browser, moves),
        }
    print(f"{'':14}{'median ms':>11}{'p90 ms':>9}{'missed':>8}{'moves/s':>9}{'repaints/s':>12}{'longest gap ms':>16}")
    for name, row in rows.items():
        print(f"{name:14}{row.median:11.1f}{row.p90:9.1f}{row.missed:8d}", end="")
        print(f"{row.moves_a_second:9.1f}{row.repaints_a_second:12.1f}{row.longest_gap:16.0f}")
    explore, answers, theirs = (row.median for row in rows.values())
    print(f"ratios of medians {theirs / explore:.1f} and {theirs / answers:.1f};  {AIMS}")


if __name__ == "__main__":
    main()
