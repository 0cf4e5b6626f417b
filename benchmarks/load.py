"""The first visit and the second: what goes over the wire, and when picture, paths and contour are painted.

    python -m benchmarks.load

On three networks, which Chromium emulates, and beside it, in the same run, a minimal Dash page with one slider and
one graph. Addresses that hold their data themselves (`data:`) are no requests. Files are compressed once and kept: a
server that has never run sends a fifth more for its first seconds.
"""

import math
import statistics
import time
import urllib.request
from typing import NamedTuple

from playwright.sync_api import Browser, BrowserContext

from benchmarks.browser import PROBE, chromium, served

VISITS = 5
REST = 1500  # ms after the contour until all is there that a page asks for
MEGABIT = 1e6 / 8

# Notes when what is looked for stands in a frame that was painted.
WATCH = """
window.seen = {};
const wanted = {
    picture: () => document.querySelector('link[rel=stylesheet]')?.sheet && document.getElementById('first-picture'),
    contour: () => document.querySelector('.contourlayer path'),
};
const look = () => {
    for (const name in wanted) if (!(name in seen) && wanted[name]()) note(name);
    requestAnimationFrame(look);
};
const note = (name) => {
    seen[name] = NaN;
    requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => (seen[name] = performance.now());
        channel.port2.postMessage(0);
    });
};
requestAnimationFrame(look);
"""


class Network(NamedTuple):
    """A way to the server: its name, ms from a question to the first byte of its answer, and megabits a second."""

    name: str
    latency: float = 0.0
    speed: float = 0.0


NETWORKS = (Network("local"), Network("50 ms, 20 Mbit/s", 50, 20), Network("200 ms, 10 Mbit/s", 200, 10))


class Visit(NamedTuple):
    """Kilobytes, requests, and ms to the picture and the paths, where there are any, and to the contour."""

    kilobytes: float
    requests: float
    picture: float
    paths: float
    contour: float


def visit(context: BrowserContext, address: str, network: Network) -> Visit:
    """Load `address` in a new tab."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if network.speed:
        speed = network.speed * MEGABIT
        conditions = {"latency": network.latency, "downloadThroughput": speed, "uploadThroughput": speed}
        session.send("Network.emulateNetworkConditions", {"offline": False} | conditions)
    asked: set[str] = set()
    received: dict[str, float] = {}
    session.on("Network.requestWillBeSent", lambda event: _note(asked, event))
    session.on(
        "Network.loadingFinished", lambda event: received.update({event["requestId"]: event["encodedDataLength"]})
    )
    page.add_init_script(PROBE + WATCH)
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => seen.contour > 0", timeout=60_000)
    page.wait_for_timeout(REST + 4 * network.latency)
    seen, paints = page.evaluate("[seen, probe.paints]")
    page.close()
    sizes = [received.get(one, 0.0) for one in asked]
    paths = paints[0] if paints else float("nan")
    return Visit(
        sum(sizes) / 1000, sum(size > 0 for size in sizes), seen.get("picture", float("nan")), paths, seen["contour"]
    )


def _note(asked: set[str], event: dict) -> None:
    if not event["request"]["url"].startswith("data:"):
        asked.add(event["requestId"])


def visits(browser: Browser, address: str, network: Network) -> tuple[Visit, Visit]:
    """Return a first visit, with nothing kept, and the one after it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    both = visit(context, address, network), visit(context, address, network)
    context.close()
    return both


def ready(address: str) -> None:
    """Wait until the server has compressed its files."""
    page = urllib.request.urlopen(address).read().decode()
    script = page.partition('id="fall-line" src="')[2].partition('"')[0]
    while script:
        request = urllib.request.Request(address + script, headers={"Accept-Encoding": "br"})
        if urllib.request.urlopen(request).headers["Content-Encoding"] == "br":
            break
        time.sleep(0.5)


def main() -> None:
    """Measure both pages on all networks."""
    print(f"medians of {VISITS} visits{'':16}{'kB':>8}{'requests':>10}{'picture':>10}{'paths':>8}{'contour':>9}   ms")
    pages = (("Fall Line", ("app.py",)), ("minimal Dash", ("-m", "benchmarks.whole_figure_page")))
    with chromium() as browser:
        for name, command in pages:
            with served(*command) as address:
                ready(address)
                visits(browser, address, NETWORKS[0])
                time.sleep(10)
                for network in NETWORKS:
                    both = [visits(browser, address, network) for _ in range(VISITS)]
                    for which, rows in zip(("first", "second"), zip(*both, strict=True), strict=True):
                        _tell(f"{name}, {network.name}, {which}", rows)


def _tell(what: str, rows: tuple[Visit, ...]) -> None:
    size, count, *times = (statistics.median(column) for column in zip(*rows, strict=True))
    picture, paths, contour = ("–" if math.isnan(one) else f"{one:.0f}" for one in times)
    print(f"{what:40}{size:8.0f}{count:10.0f}{picture:>10}{paths:>8}{contour:>9}", flush=True)


if __name__ == "__main__":
    main()
