"""The first visit: bytes on the wire and milliseconds until paths and contour are painted.

    python -m benchmarks.load

Beside it, in the same run, a minimal Dash page with one slider and one graph.
"""

import statistics
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from benchmarks.browser import PROBE, chromium, served

VISITS = 5


class Visit(NamedTuple):
    """Bytes received, requests made, and milliseconds to the paths (where there are any) and to the contour."""

    kilobytes: float
    requests: int
    paths: float
    contour: float


def visit(browser: Browser, address: str) -> Visit:
    """Load `address` with an empty cache."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.add_init_script(PROBE)
    page.goto(address)
    page.locator(".contourlayer path").first.wait_for(state="attached")
    contour = page.evaluate("performance.now()")
    page.wait_for_timeout(800)
    paths = _first(page)
    context.close()
    return Visit(sum(received) / 1000, len(received), paths, max(contour, paths))


def _first(page: Page) -> float:
    paints = page.evaluate("probe.paints")
    return paints[0] if paints else float("nan")


def main() -> None:
    """Measure both pages."""
    print(f"{'':14}{'kB':>8}{'requests':>10}{'paths ms':>10}{'contour ms':>12}   (medians of {VISITS} first visits)")
    with chromium() as browser:
        for name, command in (("Fall Line", ("app.py",)), ("minimal Dash", ("-m", "benchmarks.whole_figure_page"))):
            with served(*command) as address:
                visit(browser, address)
                visits = [visit(browser, address) for _ in range(VISITS)]
            middle = [statistics.median(column) for column in zip(*visits, strict=True)]
            print(f"{name:14}{middle[0]:8.0f}{middle[1]:10.0f}{middle[2]:10.0f}{middle[3]:12.0f}")


if __name__ == "__main__":
    main()
