"""The plot: equal scales, the start by drag, click, key and text, zoom, values under the pointer."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import drag, experiment, points, settled


def pixel(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where the point (x, y) of the surface is on the screen."""
    place = page.evaluate(
        """([x, y]) => {
            const graph = document.querySelector('#surface-plot .js-plotly-plot');
            const box = graph.querySelector('.svg-container').getBoundingClientRect();
            const { xaxis, yaxis, _size: size } = graph._fullLayout;
            return [box.left + size.l + xaxis.l2p(x), box.top + size.t + yaxis.l2p(y)];
        }""",
        [x, y],
    )
    return place[0], place[1]


def test_both_axes_have_the_same_scale(untouched: Page) -> None:
    page = untouched
    (left, top), (right, bottom) = pixel(page, -1, 1), pixel(page, 1, -1)
    assert right - left == pytest.approx(bottom - top, rel=0.005)


def test_the_whole_domain_is_in_view(untouched: Page) -> None:
    page = untouched
    ranges = page.evaluate(
        "(() => { const l = document.querySelector('#surface-plot .js-plotly-plot')._fullLayout;"
        " return [...l.xaxis.range, ...l.yaxis.range] })()"
    )
    assert ranges[0] <= -3
    assert ranges[1] >= 3
    assert ranges[2:] == pytest.approx([-3, 3], abs=0.02)


def drag_and_click_set_the_start(page: Page) -> None:
    before = points(page)
    drag(page, page.locator(".start-handle"), 100, -60)
    settled(page)
    x, y = experiment(page)["start"]
    assert x > -2.8
    assert y > 0
    assert points(page) != before
    assert points(page)[:2] == pytest.approx([x, y], rel=1e-6)
    expect(page.get_by_label("Start x")).to_have_value(str(x).replace(".0", "") if x == int(x) else str(x))
    page.mouse.click(*pixel(page, 1.5, 1.25))
    settled(page)
    assert experiment(page)["start"] == pytest.approx([1.5, 1.25], abs=0.02)


def test_a_start_beside_the_domain_that_is_seen_is_taken(page: Page) -> None:
    page.mouse.click(*pixel(page, 4.5, 1))
    settled(page)
    assert experiment(page)["start"] == pytest.approx([4.5, 1], abs=0.02)
    expect(page.locator("#problem")).to_be_hidden()
    assert "view=" in page.url
    page.mouse.dblclick(*pixel(page, 0, 2))
    page.wait_for_function("() => client.explore.state.experiment.view[1] < 5")
    settled(page)
    assert experiment(page)["start"] == pytest.approx([4.5, 1], abs=0.02)
    page.locator(".start-handle").wait_for()


def test_zooming_in_is_allowed_when_the_start_gets_out_of_sight(page: Page) -> None:
    page.mouse.click(*pixel(page, 5, 2))
    settled(page)
    page.mouse.move(*pixel(page, 0, 0))
    for _ in range(4):
        page.mouse.wheel(0, -600)
        settled(page)
    # Plotly takes the zoom over once the wheel has been at rest for a while.
    expect(page.locator(".start-handle")).to_be_hidden()
    settled(page)
    expect(page.locator("#problem")).to_be_hidden()
    assert experiment(page)["start"] == pytest.approx([5, 2], abs=0.02)


def test_keys_text_drag_and_click_set_the_start(page: Page) -> None:
    page.locator(".start-handle").focus()
    page.keyboard.press("ArrowRight")
    settled(page)
    near = experiment(page)["start"][0]
    assert near > -2.8
    page.keyboard.press("Shift+ArrowUp")
    settled(page)
    assert experiment(page)["start"][0] == near
    assert experiment(page)["start"][1] > -2.4
    for axis, value in (("x", "-2.8"), ("y", "0")):
        field = page.get_by_label(f"Start {axis}")
        field.fill(value)
        field.press("Enter")
        settled(page)
    assert experiment(page)["start"] == [-2.8, 0]
    before = page.locator(".start-handle").bounding_box()
    field.fill("99")
    field.press("Enter")
    expect(page.locator("#problem")).to_contain_text("inside the view, x from -3 to 3, y from -3 to 3")
    assert experiment(page)["start"] == [-2.8, 0]
    assert page.locator(".start-handle").bounding_box() == before  # the sentence has moved nothing
    left = page.locator(".start-handle").bounding_box()["x"] + 11
    assert left == pytest.approx(pixel(page, -2.8, 0)[0], abs=1.5)
    drag_and_click_set_the_start(page)


def test_zoom_pan_and_back(page: Page) -> None:
    page.mouse.move(*pixel(page, -2, -1))
    left, right = pixel(page, -1, 0)[0], pixel(page, 1, 0)[0]
    page.mouse.wheel(0, -400)
    settled(page)
    page.wait_for_function("() => client.explore.state.experiment.view !== null")
    settled(page)
    view = experiment(page)["view"]
    assert view is not None
    assert pixel(page, 1, 0)[0] - pixel(page, -1, 0)[0] > right - left
    assert "view=" in page.url
    # A contour that comes between the two clicks gives the plot another plane to click on.
    page.wait_for_function("() => client.asking.contourIdle()")
    page.mouse.dblclick(*pixel(page, -2.3, -0.6))
    page.wait_for_function("() => client.explore.state.experiment.view === null")
    assert experiment(page)["start"] == [-2.8, -2.5]


def test_the_loss_under_the_pointer(untouched: Page) -> None:
    page = untouched
    page.mouse.move(*pixel(page, 2.5, 2.0))
    text = page.locator("#readout").inner_text()
    # (6.25 + 4)/3 + 4(1 − e^−20.25) and hills that are below 1e-8 there.
    assert "loss ≈ 7.4" in text


def test_the_run_under_the_pointer(untouched: Page) -> None:
    page = untouched
    x, y = points(page)[4 * 252 + 2 * 20 : 4 * 252 + 2 * 20 + 2]
    page.mouse.move(*pixel(page, x, y))
    tip = page.locator("#tooltip")
    expect(tip).to_contain_text("Adam")
    expect(tip).to_contain_text("step 20")
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_minima_are_marked(untouched: Page) -> None:
    page = untouched
    assert page.locator("#surface-plot .scatterlayer .point").count() == 3


def test_contour_levels_can_be_switched_and_another_surface_is_chosen(page: Page) -> None:
    before = page.locator(".contourlayer").inner_html()
    page.locator("#levels-choice").get_by_text("Automatic").click()
    page.wait_for_function("(old) => document.querySelector('.contourlayer').innerHTML !== old", arg=before)
    settled(page)
    assert "levels=automatic" in page.url
    page.get_by_label("Surface", exact=True).click()
    page.get_by_role("option", name="Himmelblau", exact=True).click()
    page.wait_for_function("() => client.explore.state.good.surface === 'himmelblau'")
    settled(page)
    expect(page.locator("#surface-plot .scatterlayer .point")).to_have_count(4)
    assert experiment(page)["surface"] == "himmelblau"
    assert "surface=himmelblau" in page.url
    page.get_by_label("Surface", exact=True).click()
    page.get_by_role("option", name="Rosenbrock", exact=True).click()
    expect(page.locator("#levels-choice")).to_be_hidden()


def test_a_button_and_a_key_lead_back_to_the_whole_view(page: Page) -> None:
    before = experiment(page)
    for back in (
        lambda: page.get_by_role("button", name="Show the whole surface (H)").click(),
        lambda: page.keyboard.press("h"),
    ):
        page.mouse.move(*pixel(page, 0, 0))
        page.mouse.wheel(0, -600)
        page.wait_for_function("() => client.explore.state.experiment.view !== null")
        settled(page)
        back()
        page.wait_for_function("() => client.explore.state.experiment.view === null")
        settled(page)
        assert experiment(page) == before
        page.wait_for_function("() => client.plots.visible()[3] - client.plots.visible()[2] > 5.9")
