"""The page in a file of its own, opened from the disk by a browser that has no network."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from imageio.v3 import imread
from playwright.sync_api import Page, Request, expect

from fall_line.drawing.choices import Choices
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import check
from fall_line.experiments.published import OPENING, find
from fall_line.experiments.response_experiment import ResponseExperiment
from fall_line.experiments.response_link import from_query
from fall_line.exports import FORMATS
from fall_line.trajectories.response import response
from fall_line.trajectories.run import run
from tests.browser.tab import Tab

Open = Callable[..., Page]
ADAM = [0x8A, 0x61, 0x00]  # the fifth colour in the light
ADAM_IN_THE_DARK = [0xF0, 0xD0, 0x4A]
THOROUGH = pytest.mark.thorough
OTHER_SIZES = [pytest.param(size, marks=THOROUGH) for size in ((820, 1180), (390, 844))]
HOSTILE = "</script><script>alert(1)</script>"


@pytest.fixture
def opened(file_tab: Tab, tmp_path: Path) -> Iterator[Open]:
    """Opens an experiment's file offline; the test fails if anything was logged, asked for or put into a dialog."""
    asked: list[str] = []
    file = tmp_path / "experiment.html"

    def ask(request: Request) -> None:
        asked.append(request.url)

    def open_(
        experiment: Experiment | ResponseExperiment,
        size: tuple[int, int] = (1440, 900),
        **choices: Any,
    ) -> Page:
        FORMATS["html"].export(experiment, file, Choices(**choices))
        page = file_tab.page
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.on("request", ask)
        page.goto(file.as_uri())
        page.locator("html[data-ready]").wait_for()
        return page

    yield open_
    file_tab.page.remove_listener("request", ask)
    assert file_tab.heard() == []
    assert set(asked) == {file.as_uri()}


@pytest.fixture
def experiment() -> Experiment:
    return find(OPENING).experiment


def pixel(page: Page, x: float, y: float, plot: str = "surface-plot") -> tuple[float, float]:
    """Where the point (x, y) of a plot is on the screen."""
    place = page.evaluate(
        """([x, y, plot]) => {
            const graph = document.getElementById(plot);
            const box = graph.querySelector('.svg-container').getBoundingClientRect();
            const { xaxis, yaxis, _size: size } = graph._fullLayout;
            return [box.left + size.l + xaxis.d2p(x), box.top + size.t + yaxis.d2p(y)];
        }""",
        [x, y, plot],
    )
    return place[0], place[1]


def colour(page: Page, place: tuple[float, float]) -> list[int]:
    """Red, green and blue of what a reader sees at a place on the screen."""
    x, y = place
    shot = page.screenshot(clip={"x": int(x), "y": int(y), "width": 1, "height": 1})
    return imread(shot)[0, 0, :3].tolist()


def counter(page: Page, text: str) -> None:
    expect(page.locator("#counter")).to_have_text(text)


def test_contour_minima_start_and_paths_are_drawn_and_keys_and_buttons_obeyed(
    opened: Open, experiment: Experiment
) -> None:
    page = opened(experiment)
    expect(page.locator("#surface-plot .marks path")).to_have_count(3)
    ticks = [page.locator(f"#surface-plot .{name}").all_text_contents() for name in ("xtick", "ytick")]
    assert ticks == [["−6", "−4", "−2", "0", "2", "4", "6"], ["−3", "−2", "−1", "0", "1", "2", "3"]]
    expect(page.locator(".start-handle")).to_be_visible()
    expect(page.get_by_role("heading", name="Hills and canyon")).to_be_visible()
    expect(page.locator("#runs li")).to_have_count(5)
    expect(page.locator("#runs li").last).to_contain_text("η\u00a00.25  β₁\u00a00.9  β₂\u00a00.999  ε\u00a01e-8")
    expect(page.locator("#outcomes-body tr").last).to_contain_text("minimum")
    counter(page, "125 / 125")
    assert colour(page, pixel(page, *run(experiment)[4].points[30])) == pytest.approx(ADAM, abs=2)
    keys_buttons_and_scrubber(page)


def test_a_chaotic_run_is_told_in_the_table_and_the_words(opened: Open) -> None:
    page = opened(find("cross-method/basins_and_walls").experiment)
    outcome = page.locator("#outcomes-body").get_by_role("button").nth(2)
    expect(outcome).to_have_text("still moving, chaotic")
    outcome.click()
    mark = "Chaotic: rounding or a change in the 12th digit of the start changes the path from step 20."
    expect(page.get_by_role("tooltip")).to_contain_text(mark)
    expect(page.locator("main")).to_contain_text(f"{mark} Adagrad:")


def test_the_loss_curve_ends_at_the_last_loss(opened: Open, experiment: Experiment) -> None:
    page = opened(experiment.model_copy(update={"steps": 10_000, "runs": experiment.runs[:1]}))
    right = page.locator("#loss-plot canvas.overlay-heads").bounding_box()
    assert right is not None
    assert pixel(page, 10_000, 1, "loss-plot")[0] == pytest.approx(right["x"] + right["width"], abs=0.5)
    drawn = page.evaluate(
        """() => {
            const canvas = document.querySelector('#loss-plot canvas.overlay-lines');
            const { data, width } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
            const inked = [];
            for (let k = 3; k < data.length; k += 4) if (data[k]) inked.push(((k - 3) / 4) % width);
            return [Math.max(...inked), width];
        }"""
    )
    assert drawn[0] == pytest.approx(drawn[1], abs=2)


def test_plays_from_the_start_to_the_end(opened: Open, experiment: Experiment) -> None:
    page = opened(experiment)
    adam = run(experiment)[4].points
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play (space)").click()
    page.wait_for_function(
        "() => { const t = Number(document.getElementById('scrub').value); return t > 40 && t < 120 }"
    )
    page.get_by_role("button", name="Pause (space)").click()
    assert colour(page, pixel(page, *adam[30])) == pytest.approx(ADAM, abs=2)
    page.get_by_role("button", name="Play (space)").click()
    expect(page.get_by_role("button", name="Play (space)")).to_be_visible(timeout=20_000)
    counter(page, "125 / 125")
    page.keyboard.press("Home")
    assert colour(page, pixel(page, *adam[30])) != pytest.approx(ADAM, abs=40)


def keys_buttons_and_scrubber(page: Page) -> None:
    page.keyboard.press("Home")
    counter(page, "0 / 125")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="One step forward (right arrow)").click()
    counter(page, "2 / 125")
    page.get_by_role("button", name="One step back (left arrow)").click()
    page.keyboard.press("ArrowLeft")
    counter(page, "0 / 125")
    page.keyboard.press("End")
    counter(page, "125 / 125")
    page.get_by_role("slider", name="step").fill("60")
    counter(page, "60 / 125")
    page.get_by_role("button", name="Switch between light and dark").focus()
    page.locator("body").click(position={"x": 700, "y": 5})
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause (space)")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play (space)")).to_be_visible()


def test_a_run_is_told_by_the_pointer_hidden_and_shown_and_the_plot_zoomed(
    opened: Open, experiment: Experiment
) -> None:
    page = opened(experiment)
    the_pointer_on_a_path_tells_run_step_point_and_loss(page, experiment)
    adam = run(experiment)[4]
    # Where no other run comes by: on the path, and in the middle of the loss curve.
    places = [pixel(page, *adam.points[30]), pixel(page, 80, adam.losses[80] - 0.0897217, "loss-plot")]
    assert [colour(page, place) for place in places] == [pytest.approx(ADAM, abs=40)] * 2
    button = page.get_by_role("button", name="Adam", exact=True)
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    page.mouse.move(5, 5)
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#outcomes-body tr.run-hidden")).to_contain_text("Adam")
    assert colour(page, places[0]) != pytest.approx(ADAM, abs=40)
    # The axis of the others' losses is another one.
    high = page.evaluate("document.getElementById('loss-plot')._fullLayout.yaxis.range[0]")
    button.click()
    page.mouse.move(5, 5)
    expect(page.locator("tr.run-hidden")).to_have_count(0)
    expect(page.locator(".run-highlight")).to_have_count(0)
    assert [colour(page, place) for place in places] == [pytest.approx(ADAM, abs=40)] * 2
    assert page.evaluate("document.getElementById('loss-plot')._fullLayout.yaxis.range[0]") < high
    zoom_pan_and_back(page, experiment)


def test_stands_at_the_experiments_step_and_a_run_that_was_hidden_can_be_shown(
    opened: Open, experiment: Experiment
) -> None:
    hidden = experiment.runs[4].model_copy(update={"hidden": True})
    page = opened(experiment.model_copy(update={"step": 40, "runs": (*experiment.runs[:4], hidden)}))
    counter(page, "40 / 125")
    place = pixel(page, *run(experiment)[4].points[30])
    assert colour(page, place) != pytest.approx(ADAM, abs=40)
    page.get_by_role("button", name="Adam", exact=True).click()
    page.mouse.move(5, 5)
    expect(page.locator(".run-highlight")).to_have_count(0)
    assert colour(page, place) == pytest.approx(ADAM, abs=2)


def the_pointer_on_a_path_tells_run_step_point_and_loss(page: Page, experiment: Experiment) -> None:
    adam = run(experiment)[4]
    (x, y), loss = adam.points[20], adam.losses[20]
    page.mouse.move(*pixel(page, x, y))
    tip = page.locator("#tooltip")
    expect(tip).to_be_visible()
    shown = f"Adam\nstep 20 loss {loss:.4g}\nx {x:.4g} y {y:.4g}".replace("-", "−")
    expect(tip).to_have_text(shown)
    expect(page.locator("#outcomes-body tr.run-highlight")).to_contain_text("Adam")
    page.mouse.move(*pixel(page, 2.5, 2.0))
    expect(tip).to_be_hidden()
    # (6.25 + 4)/3 + 4(1 − e^−20.25) and hills that are below 1e-8 there.
    expect(page.locator("#readout")).to_contain_text("loss ≈ 7.4")


def test_a_finger_on_a_path_tells_it_too(
    elsewhere: Callable[..., Page], experiment: Experiment, tmp_path: Path
) -> None:
    FORMATS["html"].export(experiment, tmp_path / "experiment.html", Choices())
    page = elsewhere(viewport={"width": 390, "height": 844}, offline=True, has_touch=True)
    page.goto((tmp_path / "experiment.html").as_uri())
    page.locator("html[data-ready]").wait_for()
    x, y = run(experiment)[4].points[30]
    page.touchscreen.tap(*pixel(page, x, y))
    expect(page.locator("#tooltip")).to_contain_text("Adam")


# Pixels from x = −1 to x = 1.
WIDTH = "(({ d2p }) => d2p(1) - d2p(-1))(document.getElementById('surface-plot')._fullLayout.xaxis)"
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def zoom_pan_and_back(page: Page, experiment: Experiment) -> None:
    (left, top), (right, bottom) = pixel(page, -1, 1), pixel(page, 1, -1)
    assert right - left == pytest.approx(bottom - top, rel=0.005)
    page.mouse.move(*pixel(page, 0, 0))
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"(size) => {WIDTH} > 1.05 * size", arg=right - left)
    page.evaluate(DRAWN)
    adam = run(experiment)[4].points
    assert colour(page, pixel(page, *adam[30])) == pytest.approx(ADAM, abs=2)
    place = pixel(page, 0, 0)
    page.mouse.down()
    page.mouse.move(place[0] + 100, place[1] + 50, steps=5)
    page.mouse.up()
    page.wait_for_function(
        "(x) => { const graph = document.getElementById('surface-plot'); const { xaxis, _size } = graph._fullLayout;"
        " return graph.getBoundingClientRect().left + _size.l + xaxis.d2p(0) > x + 50 }",
        arg=place[0],
    )
    page.get_by_role("button", name="Switch between light and dark").click()
    assert pixel(page, 0, 0)[0] > place[0] + 50
    page.get_by_role("button", name="Switch between light and dark").click()
    page.mouse.dblclick(*pixel(page, 0, 1))
    page.wait_for_function(
        f"(size) => Math.abs({WIDTH} - size) < 0.1",
        arg=right - left,
    )
    assert pixel(page, -1, 1) == pytest.approx((left, top), abs=1)


def test_light_and_dark(opened: Open, experiment: Experiment) -> None:
    page = opened(experiment, theme="dark")
    switch = page.get_by_role("button", name="Switch between light and dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    place, hill = pixel(page, *run(experiment)[4].points[30]), pixel(page, 4.4, -0.03)

    def painted(background: str, path: list[int]) -> list[int]:
        page.wait_for_function(f"(background) => {paper} === background", arg=background)
        page.evaluate(DRAWN)
        assert colour(page, place) == pytest.approx(path, abs=2)
        return colour(page, hill)

    dark = painted("rgb(20, 24, 30)", ADAM_IN_THE_DARK)
    switch.click()
    assert min(painted("rgb(255, 255, 255)", ADAM)) > 2 * max(dark)
    switch.click()
    assert painted("rgb(20, 24, 30)", ADAM_IN_THE_DARK) == dark


@pytest.mark.parametrize("size", [(1440, 900), (320, 640), *OTHER_SIZES])
def test_fits_the_screen(opened: Open, experiment: Experiment, size: tuple[int, int]) -> None:
    page = opened(experiment, size, formula=True)
    width, height = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert width == size[0]
    stage = page.locator(".stage").bounding_box()
    assert stage is not None
    assert stage["width"] >= (0.6 if size[0] > 1100 else 0.99) * size[0]
    if size[0] > 1100:
        assert height == size[1]
    for name in ("Play (space)", "One step forward (right arrow)", "Switch between light and dark"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= size[0]
    ranges = page.evaluate(
        "(() => { const l = document.getElementById('surface-plot')._fullLayout;"
        " return [...l.xaxis.range, ...l.yaxis.range] })()"
    )
    assert np.array(ranges) * [-1, 1, -1, 1] == pytest.approx(np.maximum(np.abs(ranges), 3), abs=0.01)


def test_follows_the_windows_size(opened: Open, experiment: Experiment) -> None:
    page = opened(experiment)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(
        "() => { const { range } = document.getElementById('surface-plot')._fullLayout.xaxis;"
        " return range[0] > -3.3 && range[0] < -2.9 }"
    )
    box = page.locator("#surface-plot canvas.overlay-lines").bounding_box()
    assert box is not None
    assert box["width"] < 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_label_is_only_text(opened: Open) -> None:
    runs = [{"optimizer": "adam", "label": HOSTILE}, {"optimizer": "momentum", "label": "<img src=x onerror=alert(2)>"}]
    experiment = check({"surface": "saddle", "steps": 20, "runs": runs})
    page = opened(experiment)
    expect(page.locator("#runs .run-name").first).to_have_text(HOSTILE)
    expect(page.locator("#outcomes-body th").last).to_have_text("<img src=x onerror=alert(2)>")
    assert page.locator("img").count() == 0
    page.get_by_text("Go on from here").click()
    expect(page.locator("#query")).to_contain_text("?surface=saddle")


def test_a_run_that_stops_being_finite(opened: Open) -> None:
    runs = [{"optimizer": "gradient_descent", "hypers": {"learning_rate": 1.0}}, {"optimizer": "adam"}]
    page = opened(check({"surface": "rosenbrock", "steps": 60, "runs": runs}))
    expect(page.locator("#outcomes-body tr").first).to_contain_text("not finite")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    counter(page, "1 / 60")


def test_without_losses_and_title(opened: Open, experiment: Experiment) -> None:
    page = opened(experiment, loss_panel=False, title=False)
    expect(page.locator("#loss-plot")).to_be_hidden()
    expect(page.get_by_role("heading", name="Hills and canyon")).to_be_hidden()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Adam", exact=True).click()
    counter(page, "0 / 125")


def test_sixteen_long_runs_play(opened: Open) -> None:
    runs = [{"optimizer": "momentum", "hypers": {"learning_rate": 0.001 * (k + 1)}} for k in range(16)]
    page = opened(check({"surface": "himmelblau", "steps": 10_000, "runs": runs}))
    page.get_by_label("Speed").select_option("4")
    page.get_by_role("button", name="Play (space)").click()
    page.wait_for_function(
        "() => { const t = Number(document.getElementById('scrub').value); return t > 500 && t < 9000 }"
    )
    expect(page.get_by_role("button", name="Play (space)")).to_be_visible(timeout=60_000)
    counter(page, "10000 / 10000")


# ---- answers to a signal ----

ANSWERS = "signal=rectangles&run=adam,learning_rate=0.25&run=momentum,gamma=0.975&chosen=2&epochs=20,120"


@pytest.fixture
def answers() -> ResponseExperiment:
    return from_query(ANSWERS)[0]


def shown_epochs(page: Page) -> tuple[str, ...]:
    """The epochs under the pointer at both ends of the plot."""
    box = page.locator("#response-plot").bounding_box()
    assert box is not None
    found = []
    for x in (52.5, box["width"] - 14.5):
        page.mouse.move(box["x"] + x, box["y"] + 60)
        found.append(page.locator("#response-epoch-text").inner_text().split()[1])
    return tuple(found)


def test_answers_are_shown_and_read_at_the_cursor(opened: Open, answers: ResponseExperiment) -> None:
    page = opened(answers, formula=True)
    expect(page.locator(".brand")).to_have_text("Answers to rectangles")
    expect(page.locator(".formula")).to_have_text("g(k) = +1 where k mod 40 < 20, else −1")
    assert shown_epochs(page) == ("20", "120")
    expect(page.get_by_role("button", name="Momentum", exact=True)).to_have_attribute("aria-pressed", "true")
    page.locator("#scrub").fill("57")
    expect(page.locator("#response-epoch-text")).to_have_text("Epoch 57   g = 1")
    told = page.locator("#response-readings .reading-update").all_inner_texts()
    for text, one in zip(told, answers.runs, strict=True):
        update = response(one.optimizer, one.hypers, answers.values).updates[57]
        assert float(text.replace("−", "-")) == pytest.approx(update, rel=1e-3)
    box = page.locator("#response-plot").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 52 + (box["width"] - 66) / 2, box["y"] + 60)
    expect(page.locator("#response-epoch-text")).to_contain_text("Epoch 70 ")


def test_the_cursor_plays_the_zoom_opens_and_runs_are_hidden(opened: Open, answers: ResponseExperiment) -> None:
    page = opened(answers)
    lines = "document.querySelector('canvas.response-lines').toDataURL()"
    before = page.evaluate(lines)
    page.get_by_role("button", name="All epochs").click()
    assert shown_epochs(page) == ("0", "299")
    whole = page.evaluate(lines)
    assert whole != before
    page.locator(".run-toggle").first.click()
    assert page.evaluate(lines) != whole
    page.locator(".run-toggle").first.click()
    page.mouse.move(5, 5)
    page.get_by_role("button", name="Adam", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Adam", exact=True)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Home")
    expect(page.locator("#response-epoch-text")).to_contain_text("Epoch 0 ")
    page.get_by_role("button", name="Play (space)").click()
    page.wait_for_function("() => Number(document.getElementById('scrub').value) > 5")
    page.get_by_role("button", name="Pause (space)").click()
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


@pytest.mark.parametrize("size", [(390, 844), *OTHER_SIZES[:1], pytest.param((1440, 900), marks=THOROUGH)])
def test_answers_fit_every_screen(opened: Open, answers: ResponseExperiment, size: tuple[int, int]) -> None:
    page = opened(answers, size=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    box = page.locator("#response-plot").bounding_box()
    assert box is not None
    assert box["height"] > 300
