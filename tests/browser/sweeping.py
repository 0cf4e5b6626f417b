"""Moves sliders inside the page, faster than it rests, and tells what was drawn and asked at each move."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, Route

from tests.browser.reading import settled

# What the page asks the server for, in order, and how many answers it has dealt with.
LISTEN = """() => {
    Object.assign(window, { asked: [], dealt: 0 });
    const own = window.fetch;
    window.fetch = async (address, ...given) => {
        window.asked.push(String(address));
        const response = await own(address, ...given);
        const json = response.json.bind(response);
        response.json = async () => {
            const read = await json();
            setTimeout(() => (window.dealt += 1));
            return read;
        };
        return response;
    };
}"""

# What is seen after a move: numbers, and the pixels of the lines.
LOOK = """
    const page = client.explore.state;
    const look = () => {
        const lines = ['lines', 'apart'].map((name) => document.querySelector(`#surface-plot canvas.overlay-${name}`));
        const { width, height } = lines[0];
        const copy = Object.assign(document.createElement('canvas'), { width, height });
        const context = copy.getContext('2d', { willReadFrequently: true });
        lines.forEach((one) => context.drawImage(one, 0, 0));
        return {
            experiment: page.experiment, waits: page.provisional, steps: page.paths.steps,
            losses: page.lossesMoved, floor: page.paths.floor,
            points: page.paths.points.slice(), heights: page.paths.heights.slice(),
            fan: page.paths.fan ? page.paths.fan.points.slice() : [],
            end: client.playing.time(), asked: [...(window.asked || [])],
            pixels: context.getImageData(0, 0, width, height).data,
        };
    };
    const differ = (a, b) => a.length !== b.length || a.some((value, k) => !Object.is(value, b[k]));
    const told = ({ pixels, points, heights, fan, waits, ...seen }, before) => ({
        ...seen, points: [...points], heights: [...heights], fan: [...fan],
        local: waits && differ(points, before.points), fresh: differ(pixels, before.pixels),
    });
    const changed = async (before) => {
        // On a busy machine the runs may take more than a frame.
        const waits = () => page.experiment === before || !client.walking.idle();
        for (let k = 0; k < 500 && waits(); k++) await new Promise((done) => setTimeout(done));
    };
"""

# Each move as soon as the page has taken the one before.
SWEEP = f"""async (thumb, [places, y]) => {{
    {LOOK}
    const seen = [look()];
    for (const x of places) {{
        const before = page.experiment;
        const to = {{ bubbles: true, cancelable: true, buttons: 1, pointerId: 1, clientX: x, clientY: y }};
        thumb.dispatchEvent(new PointerEvent('pointermove', to));
        thumb.dispatchEvent(new MouseEvent('mousemove', to));
        await changed(before);
        seen.push(look());
    }}
    return seen.slice(1).map((one, k) => told(one, seen[k]));
}}"""

PRESS = f"""async (thumb, keys) => {{
    {LOOK}
    const seen = [look()];
    for (const key of keys) {{
        const before = page.experiment;
        thumb.dispatchEvent(new KeyboardEvent('keydown', {{ key, bubbles: true, cancelable: true }}));
        await changed(before);
        seen.push(look());
    }}
    return seen.slice(1).map((one, k) => told(one, seen[k]));
}}"""

EXACT = """async (experiments) => {
    const found = [];
    for (const one of experiments) {
        const { steps, points, heights, fan } = client.drawnPaths.unpack(await client.wire.ask('explore/paths', one));
        found.push({ steps, points: [...points], heights: [...heights], fan: fan ? [...fan.points] : [] });
    }
    return found;
}"""


TWIN = 1e-11  # how little another experiment differs


class Move(NamedTuple):
    """What the page held right after one move: the page walked `local` paths, `fresh` lines are not the last ones.

    `losses` tells whether losses can be drawn, over `floor`.
    """

    experiment: dict[str, Any]
    local: bool
    steps: int
    points: NDArray
    heights: NDArray
    fan: NDArray
    end: float
    asked: list[str]
    losses: bool
    floor: float | None
    fresh: bool


def listen(page: Page) -> None:
    """Keep a list of what is asked from now on."""
    page.evaluate(LISTEN)


def asked(page: Page) -> list[str]:
    """What was asked since the last call, or since `listen`."""
    return page.evaluate("window.asked.splice(0)")


def centre(handle: Locator) -> tuple[float, float]:
    """Bring `handle` into sight; where it is. At the top of a small screen the plot would hide it."""
    handle.evaluate("(one) => one.scrollIntoView({ block: 'nearest' })")
    box = handle.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def reach(page: Page, thumb: Locator) -> None:
    """Bring the pointer to `thumb` and wait until the page can walk the runs."""
    x, y = centre(thumb)
    page.mouse.move(5, 5)
    page.mouse.move(x, y)
    ready(page)


def ready(page: Page) -> None:
    """Wait until the programs, and the noise if there is some, are there."""
    page.wait_for_function("() => client.walkable.prepared()")


def hold(page: Page, address: str) -> list[Route]:
    """Keep back what is asked of `address` from now on; the list grows with each question."""
    kept: list[Route] = []

    def keep(route: Route) -> None:
        kept.append(route)

    page.route(f"**/{address}", keep)
    return kept


def grasp(page: Page, thumb: Locator) -> tuple[float, float]:
    """Press the button on `thumb` and wait until the page is at rest; where it is."""
    x, y = centre(thumb)
    page.mouse.move(x, y)
    page.mouse.down()
    settled(page)
    return x, y


def sweep(thumb: Locator, offsets: list[float]) -> list[Move]:
    """Move a grasped `thumb` to each of `offsets`, in pixels from where it is; the button stays down."""
    x, y = centre(thumb)
    return [told(one) for one in thumb.evaluate(SWEEP, [[x + offset for offset in offsets], y])]


def press(thumb: Locator, keys: list[str]) -> list[Move]:
    """Press `keys` on a focused `thumb`, each as soon as the one before is taken."""
    return [told(one) for one in thumb.evaluate(PRESS, keys)]


def told(one: dict[str, Any]) -> Move:
    """A move as the page told it."""
    return Move(**one | {key: np.array(one[key], dtype=np.float64) for key in ("points", "heights", "fan")})


def exact(page: Page, moves: list[Move], apart: float = 0.0) -> list[dict[str, Any]]:
    """What the server answers for the experiment at each of `moves`, or for one that is so little `apart`."""
    return page.evaluate(EXACT, [beside(move.experiment, apart) for move in moves])


def beside(experiment: dict[str, Any], apart: float) -> dict[str, Any]:
    """An experiment whose start lies beside, and whose slopes differ at every step if they have no noise anyway."""
    x, y = experiment["start"]
    noise = {"noise": "additive", "sigma": apart / 100, "seeds": 1}
    return experiment | {"start": [x + apart, y]} | (noise if apart and experiment["noise"] == "none" else {})


def quarter_pixel(page: Page) -> float:
    """A quarter of a pixel on a screen of 3840, in units of x."""
    low, high = page.evaluate("client.plots.visible().slice(0, 2)")
    return 0.25 * (high - low) / 3840


def assert_drawn_as_answered(page: Page, moves: list[Move]) -> None:
    """The paths of `moves` are those that the server answers, up to what a screen shows.

    Where a run is chaotic the last digit grows, which browser and server round each in its own way: a path is compared
    to the step at which another one, with start and slopes hardly off, is 1e-5 away.
    """
    for move, answer, twin in zip(moves, exact(page, moves), exact(page, moves, TWIN), strict=True):
        assert move.local
        assert move.steps == answer["steps"]
        for name, drawn in (("points", move.points), ("fan", move.fan)):
            paths, answered, other = (
                np.array(one, float).reshape(-1, move.steps + 1, 2) for one in (drawn, answer[name], twin[name])
            )
            with np.errstate(invalid="ignore"):  # of runs that explode
                near = np.abs(answered - other) < 1e6 * TWIN * np.maximum(1, np.abs(answered))
            known = np.logical_and.accumulate(near.all(axis=2), axis=1)
            assert known.size == 0 or known.mean() > 0.25
            np.testing.assert_allclose(paths[known], answered[known], rtol=1e-6, atol=quarter_pixel(page))
