"""How soon a formula typed into the page is drawn, and what tuning costs the server.

    python -m benchmarks.typed

From the last key to the first picture that has the new formula's contour, and its five paths, in Chromium; each
formula is new to the server, and nothing is kept of earlier runs. Beside it, in the same run, a listed surface that
is chosen for the first time. Then sweeps of 64 learning rates × 5 runs × 125 steps, compiled already, beside the same
runs made one by one.
"""

import os
import tempfile
import time
from statistics import median

from playwright.sync_api import Page

from benchmarks.browser import PROBE, chromium, served
from fall_line.experiments.mending import check
from fall_line.trajectories.run import run
from fall_line.trajectories.tuning import tune

FORMULAS = (
    "x^2 + y^2 + 3*sin(2x)*sin(2y)",
    "(1-x)^2 + 20*(y-x^2)^2",
    "x^2/3 + y^2 + 2*exp(-(x-1)^2-(y+1)^2)",
    "log(1 + x^2 + 5y^2) + cos(3x)/4",
    "abs(x) + sqrt(1 + y^2)*cos(x)^2",
)
METHODS = ("gradient_descent", "momentum", "nesterov", "adagrad", "adam")
QUERY = "&".join(f"run={method}" for method in METHODS)

# Resolves to the milliseconds from a change to the contour and to the paths of the surface that `key` names.
WATCH = """([key, act]) => new Promise((done) => {
    const page = client.explore.state;
    const plot = document.querySelector('#surface-plot .js-plotly-plot');
    const found = { contour: null, paths: null };
    const begun = performance.now();
    let figure = plot.data[0];
    const note = (name) => { found[name] ??= performance.now() - begun; };
    const look = () => {
        if (page.good.surface === key && page.good === page.experiment) note('paths');
        if (found.paths !== null && plot.data[0] !== figure) note('contour');
        if (found.contour === null || found.paths === null) requestAnimationFrame(look);
        else done(found);
    };
    act === 'type' ? type() : choose();
    requestAnimationFrame(look);
    function type() {
        const field = document.getElementById('formula-text');
        const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
        set.call(field, key.slice('formula:'.length));
        field.dispatchEvent(new Event('input', { bubbles: true }));
    }
    function choose() { dash_clientside.set_props('surface-choice', { value: key }); }
})"""


def drawn(page: Page, key: str, act: str) -> dict[str, float]:
    """Return how many ms after the change contour and paths are drawn, and wait until the page is at rest."""
    found = page.evaluate(WATCH, [key, act])
    page.wait_for_timeout(3000)
    return found


def page_times() -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    """Return the times of typed formulas, and of listed surfaces."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        with chromium() as browser, served("app.py") as address:
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(PROBE)
            page.goto(f"{address}/?surface=formula:x^2%2By^2&{QUERY}")
            page.locator("#outcomes-body tr").nth(len(METHODS) - 1).wait_for()
            page.wait_for_timeout(5000)
            typed = [drawn(page, f"formula:{formula}", "type") for formula in FORMULAS]
            listed = [drawn(page, key, "choose") for key in ("himmelblau", "beale", "booth")]
    return typed, listed


def sweep_times() -> tuple[float, float]:
    """Return ms of tuning five runs, and of the same runs one by one, the median of five rounds."""
    experiment = check({"surface": "hills_and_canyon", "runs": [{"optimizer": method} for method in METHODS]})
    sweeps = [tune(experiment, index) for index in range(len(METHODS))]
    one_by_one = [
        experiment.model_copy(update={"runs": (one.model_copy(update={"hypers": settings}),)})
        for one, sweep in zip(experiment.runs, sweeps, strict=True)
        for settings in sweep.settings
    ]
    run(experiment)
    return (
        _median(lambda: [tune(experiment, index) for index in range(len(METHODS))]),
        _median(lambda: [run(one) for one in one_by_one]),
    )


def _median(action: object) -> float:
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        action()  # type: ignore[operator]
        times.append(1000 * (time.perf_counter() - begun))
    return median(times)


def main() -> None:
    """Print both, each beside its comparison."""
    typed, listed = page_times()
    for name, times in (("typed formula", typed), ("listed surface", listed)):
        paths, contour = (median(one[part] for one in times) for part in ("paths", "contour"))
        print(f"{name:15s} paths {paths:6.0f} ms, contour {contour:6.0f} ms after the change (median of {len(times)})")
    print("aim: both within 1000 ms of the last key")
    sweep, single = sweep_times()
    print(
        f"tuning 64 x 5 x 125: {sweep:.1f} ms; one by one {single:.0f} ms; ratio {sweep / single:.3f}; aim: <= 100 ms"
    )


if __name__ == "__main__":
    main()
