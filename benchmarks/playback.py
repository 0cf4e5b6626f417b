"""Frames a second while nine runs of 1000 steps play.

    python -m benchmarks.playback

Beside it, in the same run, the frames of the same page while it stands still: the most that the browser makes.
"""

from playwright.sync_api import Page

from benchmarks.browser import PROBE, chromium, served
from benchmarks.experiments import nine_runs_query

COUNT = """(seconds) => new Promise((done) => {
    const stamps = [];
    const step = (stamp) => {
        stamps.push(stamp);
        if (stamp - stamps[0] < 1000 * seconds) requestAnimationFrame(step);
        else {
            const gaps = stamps.slice(1).map((one, k) => one - stamps[k]).sort((a, b) => a - b);
            done([(1000 * gaps.length) / (stamp - stamps[0]), gaps[Math.floor(0.99 * gaps.length)]]);
        }
    };
    requestAnimationFrame(step);
})"""


def frames(page: Page, seconds: float) -> tuple[float, float]:
    """Return frames a second and the 99th percentile of the time between two, in ms."""
    rate, gap = page.evaluate(COUNT, seconds)
    return rate, gap


def main() -> None:
    """Measure standing still and playing."""
    with chromium() as browser, served("app.py") as address:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(PROBE)
        page.goto(f"{address}/?{nine_runs_query(1000)}")
        page.locator("#outcomes-body tr").nth(8).wait_for()
        page.wait_for_timeout(2000)
        still = frames(page, 3)
        page.keyboard.press("Space")
        page.wait_for_timeout(300)
        playing = frames(page, 6)
        step = page.evaluate("client.playing.time()")
    print(f"standing still   {still[0]:5.1f} frames/s, 99th percentile of gaps {still[1]:.1f} ms")
    print(f"playing          {playing[0]:5.1f} frames/s, 99th percentile of gaps {playing[1]:.1f} ms, step {step:.0f}")
    print(f"ratio {playing[0] / still[0]:.3f};  aim: >= 58 frames/s")


if __name__ == "__main__":
    main()
