"""From the hand to the screen: how long until a moved slider is painted, and how often a drag repaints.

    python -m benchmarks.drag [--steps 125] [--delay 0 60] [--moves 40]

Nine runs of 125 and of 1000 steps, with nothing, 60 and 200 ms added to every answer of the server, on these pages in
the same run:

    sheet           Explore, which has fetched the paths for the whole slider when the hand reaches it
    gate            Explore for a browser that is to save data: each move is asked for, the latest wins
    start           Explore, whose start is dragged: the page walks the runs itself
    start, asked    the same without translated programs: each move is asked for
    whole figure    a minimal Dash page that returns whole figures

and Response with the same nine methods, 300 epochs. The first move of all is the press of the button, on a page that
was just opened, 300 ms after the pointer came to the slider; the server has made such a sheet before.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import NamedTuple

from playwright.sync_api import Browser, Locator, Page, ViewportSize

from benchmarks.browser import PROBE, chromium, served
from benchmarks.experiments import nine_runs_query
from benchmarks.slider import Drag, drag, first_move

SIZE: ViewportSize = {"width": 1440, "height": 900}
FIRST_MOVES = 3  # pages that are opened for one
SAVE_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"
MODULE = "text/javascript"
SHEET_THERE = "client.sheets.facts().bytes > 0 && !client.sheets.facts().busy"
THUMB = "learning rate η, run 1: Gradient descent"
HEADS = (
    "steps",
    "added ms",
    "page",
    "median",
    "p90",
    "missed",
    "first",
    "moves/s",
    "repaints/s",
    "longest gap",
    "asked",
)
LINE = "{:>5}{:>10}  {:<13}{:>7}{:>8}{:>8}{:>8}{:>10}{:>12}{:>13}{:>7}"


class Case(NamedTuple):
    """One row: so many `steps`, `delay` ms added to every answer, `page` by its name."""

    steps: int
    delay: int
    page: str

    @property
    def rest(self) -> int:
        """Ms after a single move: the sheet's is followed by a question and its answer."""
        return 300 + 2 * self.delay


class Row(NamedTuple):
    """What was measured, and the ms of a first move, where there are any."""

    drag: Drag
    first: float | None = None


@contextmanager
def opened(browser: Browser, case: Case) -> Iterator[Page]:
    """Yield a page with an empty cache."""
    page = browser.new_page(viewport=SIZE)
    page.set_default_timeout(120_000)
    page.add_init_script(PROBE)
    if case.page == "gate":
        page.add_init_script(SAVE_DATA)
    if case.page == "start, asked":
        page.route("**/explore/program?*", lambda route: route.fulfill(content_type=MODULE, body="export {};"))
    yield page
    page.close()


def explore(page: Page, address: str, case: Case) -> Locator:
    """Open Explore and return its slider once the page is at rest."""
    page.goto(f"{address}/?{nine_runs_query(case.steps)}")
    page.locator("#outcomes-body tr").nth(8).wait_for()
    page.wait_for_timeout(1500 + 5 * case.delay)
    return page.get_by_role("slider", name=THUMB)


def fall_line(browser: Browser, address: str, case: Case, moves: int) -> Row:
    """Measure the Explore page."""
    first = first_moves(browser, address, case) if case.page == "sheet" else None
    with opened(browser, case) as page:
        thumb = explore(page, address, case)
        if case.page == "sheet":
            fetch_sheet(page, thumb)
        return Row(drag(page, thumb, moves, case.rest, "explore/paths"), first)


def start(browser: Browser, address: str, case: Case, moves: int) -> Row:
    """Measure the Explore page while its start is dragged."""
    with opened(browser, case) as page:
        explore(page, address, case)
        handle = page.locator(".start-handle")
        handle.hover()
        if case.page == "start":
            page.wait_for_function("() => client.walking.prepared()")
        return Row(drag(page, handle, moves, case.rest, "explore/paths"))


def first_moves(browser: Browser, address: str, case: Case) -> float:
    """Return the median ms of first moves, each on a page of its own."""
    with opened(browser, case) as page:
        fetch_sheet(page, explore(page, address, case))
    times = []
    for _ in range(FIRST_MOVES):
        with opened(browser, case) as page:
            times.append(first_move(page, explore(page, address, case), case.rest))
    return median(times)


def fetch_sheet(page: Page, thumb: Locator) -> None:
    """Hold the pointer over `thumb` until its sheet has come."""
    thumb.hover()
    for _ in range(300):
        if page.evaluate(SHEET_THERE):
            return
        page.wait_for_timeout(100)
    raise RuntimeError("no sheet has come")


def response(browser: Browser, address: str, case: Case, moves: int) -> Row:
    """Measure the Response page with the same nine methods."""
    runs = nine_runs_query(125).partition("&run=")[2]
    with opened(browser, case) as page:
        page.goto(f"{address}/response?signal=noisy_sin&run={runs}")
        page.locator("tbody tr").nth(8).wait_for()
        page.wait_for_timeout(1500)
        thumb = page.get_by_role("slider", name=THUMB)
        thumb.hover()
        page.wait_for_function("() => client.responseAnswering.prepared()")
        return Row(drag(page, thumb, moves, case.rest, "response/answers"))


def whole_figure(browser: Browser, case: Case, moves: int) -> Row:
    """Measure the page whose callback returns whole figures."""
    server = ("-m", "benchmarks.delayed", "whole-figure", str(case.delay), "--steps", str(case.steps))
    with served(*server) as address, opened(browser, case) as page:
        page.goto(address)
        page.locator(".contourlayer path").first.wait_for(state="attached")
        page.evaluate("document.querySelector('.js-plotly-plot').on('plotly_afterplot', painted)")
        page.wait_for_timeout(1500 + 5 * case.delay)
        return Row(drag(page, page.get_by_role("slider").first, moves, case.rest, "_dash-update-component"))


def measured(browser: Browser, steps: list[int], delays: list[int], moves: int) -> Iterator[tuple[Case, Row]]:
    """Yield case by case what was measured."""
    for delay in delays:
        with served("-m", "benchmarks.delayed", "fall-line", str(delay)) as address:
            for count in steps:
                sheet, gate, whole = (Case(count, delay, name) for name in ("sheet", "gate", "whole figure"))
                walked, asked = (Case(count, delay, name) for name in ("start", "start, asked"))
                yield sheet, fall_line(browser, address, sheet, moves)
                yield gate, fall_line(browser, address, gate, moves)
                yield walked, start(browser, address, walked, moves)
                yield asked, start(browser, address, asked, moves)
                yield whole, whole_figure(browser, whole, moves)
            if delay == 0:
                case = Case(300, 0, "Response")
                yield case, response(browser, address, case, moves)


def print_row(case: Case, row: Row) -> None:
    """Print one line of the table."""
    one = row.drag
    first = "" if row.first is None else f"{row.first:.1f}"
    numbers = (f"{one.median:.1f}", f"{one.p90:.1f}", one.missed, first, f"{one.moves:.1f}", f"{one.repaints:.1f}")
    print(LINE.format(*case, *numbers, f"{one.gap:.0f}", one.questions), flush=True)


def print_ratios(rows: dict[Case, Row]) -> None:
    """Print how many times as long the other pages take, and whether the aims are reached."""
    for case in [one for one in rows if one.page == "sheet"]:
        times = {name: rows[case._replace(page=name)].drag.median for name in ("gate", "whole figure")}
        ratios = ", ".join(f"{name} {ms / rows[case].drag.median:.1f}" for name, ms in times.items())
        print(f"{case.steps} steps, {case.delay} ms added: times the sheet's median: {ratios}")
    for case in [one for one in rows if one.page == "start"]:
        ratio = rows[case._replace(page="start, asked")].drag.median / rows[case].drag.median
        print(
            f"{case.steps} steps, {case.delay} ms added: asking takes {ratio:.1f} times as long as the page's own walk"
        )
    local = Case(125, 0, "whole figure")
    answers = Case(300, 0, "Response")
    if local in rows and answers in rows:
        print(f"whole figure / Response: {rows[local].drag.median / rows[answers].drag.median:.1f}; aim: >= 2.5")
    reached = all(within(row) for case, row in rows.items() if case.page == "sheet")
    print("aims with the sheet: median and first move <= 20 ms, >= 57 repaints a second, in every case:", end=" ")
    print("yes" if reached else "no")


def within(row: Row) -> bool:
    """Return whether the sheet's aims are reached in one case."""
    assert row.first is not None
    return row.drag.median <= 20 and row.first <= 20 and row.drag.repaints >= 57


def main() -> None:
    """Measure what is chosen and print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, nargs="+", default=[125, 1000], help="of each run, 125 1000 unless given")
    parser.add_argument("--delay", type=int, nargs="+", default=[0, 60, 200], help="ms, 0 60 200 unless given")
    parser.add_argument("--moves", type=int, default=40, help="single moves, 40 unless given")
    given = parser.parse_args()
    print(
        "ms from input to paint: median and p90 of single moves, and a first move; then a fast drag, and what it asked"
    )
    print(LINE.format(*HEADS), flush=True)
    rows: dict[Case, Row] = {}
    with chromium() as browser:
        for case, row in measured(browser, given.steps, given.delay, given.moves):
            rows[case] = row
            print_row(case, row)
    print_ratios(rows)


if __name__ == "__main__":
    main()
