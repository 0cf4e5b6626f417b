"""The step inspector: its numbers are Python's, arrows are drawn, and closing leaves nothing behind."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fall_line.experiments.mending import check
from fall_line.explanations.answer import number
from fall_line.trajectories.inspection import Inspection, inspect
from tests.browser.conftest import Server, visit
from tests.browser.reading import experiment, settled, step

QUERY = "/?surface=rotated_quadratic&steps=40&run=nesterov,learning_rate=0.05&run=adam,learning_rate=0.2"
SEARCH = "/?surface=rotated_quadratic&steps=40&run=gradient_descent_backtracking,learning_rate=8"


@pytest.fixture
def inspected(blank: Page, server: Server) -> Page:
    """The page with the inspector open at step 6 of 40 of a run of Nesterov."""
    page = blank
    visit(page, server.address + QUERY)
    page.evaluate("client.playing.seek(6)")
    page.keyboard.press("i")
    at_step(page, 6)
    # The plot gives way to the panel; what is measured is the plot at rest.
    page.wait_for_function("() => client.asking.contourIdle()")
    return page


def at_step(page: Page, wanted: int, of: int = 40) -> None:
    expect(page.locator("#inspector-step")).to_have_text(f"step {wanted} of {of}", timeout=30_000)


def told(page: Page, symbol: str) -> list[str]:
    """The numbers in the row of `symbol`, those before the step."""
    row = page.locator("#inspector-numbers tr").filter(has=page.get_by_role("rowheader", name=symbol, exact=True))
    return row.locator("td span:not(.after)").all_inner_texts()


def found(page: Page, run: int, at: int) -> Inspection:
    return inspect(check(experiment(page)), run, at)


def written(values: Any) -> list[str]:
    return [number(float(value)) for value in values]


def arrows(page: Page) -> str:
    """The pixels of the arrows, or "" if there is nothing in them."""
    return page.evaluate(
        """() => {
            const canvas = document.querySelector("#surface-plot canvas.overlay-arrows");
            if (canvas === null) return "";
            const seen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            Object.assign(seen.canvas, { width: canvas.width, height: canvas.height });
            seen.drawImage(canvas, 0, 0);
            const { data } = seen.getImageData(0, 0, canvas.width, canvas.height);
            return data.some((one) => one !== 0) ? canvas.toDataURL() : "";
        }"""
    )


def coloured(page: Page, name: str) -> int:
    """How many pixels of the arrows have the colour of the style sheet's `name`."""
    return page.evaluate(
        """(name) => {
            const canvas = document.querySelector("#surface-plot canvas.overlay-arrows");
            const seen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            Object.assign(seen.canvas, { width: canvas.width, height: canvas.height });
            seen.drawImage(canvas, 0, 0);
            const { data } = seen.getImageData(0, 0, canvas.width, canvas.height);
            const hex = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
            const wanted = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
            let count = 0;
            for (let k = 0; k < data.length; k += 4) {
                if (data[k + 3] === 255 && wanted.every((one, c) => Math.abs(one - data[k + c]) < 20)) count += 1;
            }
            return count;
        }""",
        name,
    )


def test_the_numbers_are_those_of_the_engine_at_every_step_and_run(inspected: Page) -> None:
    one = found(inspected, 0, 6)
    assert told(inspected, "θ") == written(one.point)
    assert told(inspected, "∇J(θ)") == written(one.gradient)
    assert told(inspected, "ahead") == written(one.looks[0].place)
    assert told(inspected, "v") == written(one.before["v"])
    assert one.update is not None
    assert told(inspected, "Δθ") == written(one.update)
    # They follow the player and the chosen run.
    inspected.keyboard.press("ArrowRight")
    at_step(inspected, 7)
    assert told(inspected, "θ") == written(found(inspected, 0, 7).point)
    they_follow_the_player_while_it_plays(inspected)
    inspected.evaluate("client.playing.seek(7)")
    at_step(inspected, 7)
    inspected.get_by_role("group", name="Run").get_by_role("button", name="Adam").click()
    expect(inspected.locator("#inspector-numbers")).to_contain_text("1 − β₁ᵗ", timeout=30_000)
    assert told(inspected, "m") == written(found(inspected, 1, 7).before["m"])


def they_follow_the_player_while_it_plays(inspected: Page) -> None:
    inspected.keyboard.press("Home")
    inspected.keyboard.press(" ")
    inspected.wait_for_function("() => client.inspector.inspected.answer.step > 4")
    inspected.keyboard.press(" ")
    at_step(inspected, int(step(inspected)))


def test_the_numbers_follow_the_pointer_and_return_and_a_slider_changes_them(inspected: Page) -> None:
    place = inspected.evaluate(
        """() => {
            const graph = client.plots.graph();
            const { xaxis, yaxis, _size } = graph._fullLayout;
            const { points, steps } = client.explore.state.paths;
            const box = graph.querySelector(".svg-container").getBoundingClientRect();
            return [box.left + _size.l + xaxis.l2p(points[6]), box.top + _size.t + yaxis.l2p(points[7])];
        }"""
    )
    inspected.mouse.move(place[0] - 1, place[1] + 1)
    inspected.wait_for_function("() => client.inspector.inspected.hovered !== null")
    hovered = inspected.evaluate("client.inspector.inspected.hovered")
    at_step(inspected, hovered["step"])
    assert hovered["step"] != 6
    inspected.mouse.move(700, 5)
    at_step(inspected, 6)
    a_moved_slider_changes_the_numbers(inspected)


def a_moved_slider_changes_the_numbers(inspected: Page) -> None:
    before = told(inspected, "Δθ")
    rate = inspected.get_by_label("learning rate η, run 1: Nesterov, as a number")
    rate.fill("0.01")
    rate.press("Enter")
    settled(inspected)
    expect(inspected.locator("#inspector-numbers")).to_contain_text("η 0.01")
    one = found(inspected, 0, 6)
    assert one.update is not None
    assert told(inspected, "Δθ") == written(one.update) != before


def test_arrows_are_drawn_for_each_quantity(inspected: Page) -> None:
    assert coloured(inspected, "--arrow-asked") > 20
    first = arrows(inspected)
    inspected.keyboard.press("ArrowRight")
    at_step(inspected, 7)
    assert arrows(inspected) not in (first, "")
    legend = inspected.locator("#inspector-legend")
    for words in ("−∇J(θ) ×", "−v ×", "Δθ ×", "point ahead"):
        expect(legend).to_contain_text(words)
    inspected.keyboard.press("ArrowLeft")
    at_step(inspected, 6)
    squares_stand_for_accumulated_squares(inspected)


def squares_stand_for_accumulated_squares(inspected: Page) -> None:
    assert coloured(inspected, "--arrow-square") == 0
    inspected.get_by_role("group", name="Run").get_by_role("button", name="Adam").click()
    expect(inspected.locator("#inspector-legend")).to_contain_text("v: this square is", timeout=30_000)
    assert coloured(inspected, "--arrow-square") > 20
    # Adam's three arrows point apart here, so that none hides another.
    for name in ("--arrow-gradient", "--arrow-memory", "--arrow-update"):
        assert coloured(inspected, name) > 20, name
    assert coloured(inspected, "--arrow-asked") == 0


def test_a_step_is_explained_line_by_line(inspected: Page) -> None:
    inspected.get_by_role("button", name="Explain this step").click()
    lines = inspected.locator(".caption-line")
    expect(lines).to_have_count(2, timeout=30_000)
    lines.first.locator("math").first.wait_for()
    expect(lines.first).to_have_attribute("aria-current", "step")
    first = arrows(inspected)
    inspected.keyboard.press("ArrowDown")
    expect(lines.nth(1)).to_have_attribute("aria-current", "step")
    expect(inspected.get_by_role("button", name="Next line (down arrow)")).to_be_disabled()
    assert arrows(inspected) not in (first, "")
    assert coloured(inspected, "--arrow-update") > 20
    assert coloured(inspected, "--arrow-gradient") == 0
    inspected.get_by_role("button", name="Line before (up arrow)").click()
    expect(lines.first).to_have_attribute("aria-current", "step")
    inspected.get_by_role("button", name="Hide the explanation").click()
    expect(lines.first).to_be_hidden()
    assert coloured(inspected, "--arrow-gradient") > 20


def test_closing_leaves_nothing_behind_and_on_small_screens_the_panel_is_below_the_plot(
    blank: Page, server: Server
) -> None:
    page = blank
    visit(page, server.address + QUERY)
    page.evaluate("client.playing.seek(6)")
    before = page.locator("#surface-plot").bounding_box()
    link = page.url
    button = page.get_by_role("button", name="Inspect the step (i)")
    button.click()
    at_step(page, 6)
    expect(button).to_have_attribute("aria-expanded", "true")
    page.get_by_role("button", name="Close the inspector (i)").click()
    expect(page.locator("#inspector")).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    assert arrows(page) == ""
    assert page.locator("#surface-plot").bounding_box() == before
    assert page.url == link
    page.keyboard.press("i")
    at_step(page, 6)
    for size in ((820, 1180), (390, 844)):
        the_panel_is_below_the_plot(page, size)


def test_the_chosen_rate_moves_a_mark_and_not_the_experiment(blank: Page, server: Server) -> None:
    page = blank
    visit(page, server.address + SEARCH)
    kept = experiment(page)
    page.evaluate("client.playing.seek(0)")
    page.keyboard.press("i")
    at_step(page, 0)
    words = page.locator(".chosen-words")
    expect(words).to_contain_text("chosen by the line search")
    one = found(page, 0, 0)
    assert one.after is not None
    expect(words).to_contain_text(f"η {number(float(one.after['η']))},")
    box, slider = page.locator(".chosen-mark").bounding_box(), page.locator(".hyper-chosen").bounding_box()
    assert box is not None
    assert slider is not None
    assert slider["x"] < box["x"] < slider["x"] + slider["width"]
    assert experiment(page) == kept
    page.keyboard.press("i")
    expect(words).to_have_count(0)
    assert experiment(page) == kept


def test_at_the_end_it_opens_on_the_last_step_made_of_the_run_in_hand(blank: Page, server: Server) -> None:
    page = blank
    visit(page, server.address + QUERY)
    page.get_by_label("learning rate η, run 2: Adam, as a number").fill("0.1")
    page.keyboard.press("Enter")
    settled(page)
    page.evaluate("client.playing.seek(40)")
    page.get_by_role("button", name="Inspect the step (i)").click()
    at_step(page, 39)
    chosen = page.get_by_role("group", name="Run").locator("[aria-pressed=true]")
    expect(chosen).to_have_text("Adam")
    expect(page.locator("#inspector-sentence")).to_be_hidden()
    one = found(page, 1, 39)
    assert one.update is not None
    assert told(page, "Δθ") == written(one.update)
    # The run hovered last is the one in hand then.
    page.get_by_role("button", name="Close the inspector (i)").click()
    page.locator("#outcomes-body tr").first.hover()
    page.keyboard.press("i")
    at_step(page, 39)
    expect(chosen).to_have_text("Nesterov")


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080), (390, 844)])
def test_no_result_of_an_explanation_is_cut_off(blank: Page, server: Server, size: tuple[int, int]) -> None:
    page = blank
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, f"{server.address}/?surface=rotated_quadratic&steps=40&run=adam&run=adafactor")
    page.keyboard.press("i")
    at_step(page, 39)
    page.get_by_role("button", name="Explain this step").click()
    for run in ("Adam", "Adafactor"):
        page.get_by_role("group", name="Run").get_by_role("button", name=run, exact=True).click()
        expect(page.locator("#explain-signs")).to_contain_text("ε smoothing" if run == "Adam" else "d clipping")
        expect(page.locator("#explain-signs")).to_contain_text("g gradient that the rule is told")
        cut = "[...document.querySelectorAll('.caption-row')].filter((row) => { const line = row.parentElement;"
        cut += " return line.scrollWidth > line.clientWidth || row.getBoundingClientRect().right >"
        cut += " line.getBoundingClientRect().right; }).length"
        assert page.locator(".caption-row").count() > 1
        page.wait_for_function(f"() => {cut} === 0")


def test_what_is_not_finite_gets_a_sentence(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?surface=rosenbrock&steps=60&run=momentum,learning_rate=10")
    page.keyboard.press("i")
    # The last step that can be drawn, and not one of those after it.
    last = page.evaluate("client.explore.state.paths.ends[0]")
    assert 0 < last < 59
    at_step(page, last, 60)
    assert told(page, "θ") == written(found(page, 0, last).point) != ["NaN", "NaN"]
    page.evaluate("client.playing.seek(59)")
    at_step(page, 59, 60)
    expect(page.locator("#inspector-sentence")).to_contain_text("no longer finite")
    assert told(page, "θ") == ["NaN", "NaN"]
    assert arrows(page) == ""


def the_panel_is_below_the_plot(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    panel, plot = (page.locator(name).bounding_box() for name in ("#inspector", "#surface-plot"))
    assert panel is not None
    assert plot is not None
    assert panel["y"] >= plot["y"] + plot["height"]
    assert panel["width"] == size[0]
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
