"""A surface typed in the page: drawn while it is typed, refused with a sentence, kept in link and history."""

import numpy as np
from playwright.sync_api import Page, expect

from fall_line.experiments.mending import check
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import run
from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, experiment, lines, points, settled, slider

FIELD = "Formula of the surface"
DRAWN = "() => client.explore.state.good === client.explore.state.experiment"


def choose_own(page: Page) -> None:
    page.get_by_label("Surface", exact=True).click()
    page.get_by_role("option", name="Your own formula…").click()
    page.wait_for_function("() => client.explore.state.good.surface.startsWith('formula:')")
    settled(page)


def type_formula(page: Page, text: str) -> None:
    page.get_by_label(FIELD).fill(text)
    page.wait_for_function(f"() => client.explore.state.good.surface === {'formula:' + text!r}")
    settled(page)


def traces(page: Page) -> list[str]:
    return page.evaluate("document.querySelector('#surface-plot .js-plotly-plot').data.map((one) => one.name)")


def test_an_own_surface_is_drawn_as_python_computes_it_and_a_slip_is_told(page: Page) -> None:
    choose_own(page)
    one = check(experiment(page))
    expected = np.array([path.points for path in run(one)], dtype=np.float32).ravel()
    np.testing.assert_allclose(points(page), expected, rtol=1e-6, atol=1e-30)
    assert "surface=formula:x%5E2%20%2B%20y%5E2%20%2B%203*sin(2x)*sin(2y)&" in page.url
    expect(page.locator("#formula-preview math").first).to_be_visible()
    marked = "document.querySelector('#surface-plot .js-plotly-plot').data[1].x"
    page.wait_for_function(f"() => {marked}.length > 0")
    found = [minimum.x for minimum in minima_of(one.landscape)]
    assert len(found) > 1
    np.testing.assert_allclose(page.evaluate(marked), found, atol=1e-9)
    a_slip_is_told_and_takes_nothing_away(page)


def a_slip_is_told_and_takes_nothing_away(page: Page) -> None:
    before, drawn = experiment(page), lines(page)
    page.get_by_label(FIELD).fill("x^2 + sin(y")
    expect(page.locator("#formula-problem")).to_have_text("At character 10, ‘(’: this bracket is never closed.")
    expect(page.get_by_label(FIELD)).to_have_attribute("aria-invalid", "true")
    assert experiment(page) == before
    assert lines(page) == drawn
    type_formula(page, "x^2 + sin(y)")
    expect(page.locator("#formula-problem")).to_be_hidden()
    assert lines(page) != drawn


def test_typing_keeps_the_focus_and_a_name_becomes_a_slider(page: Page) -> None:
    choose_own(page)
    field = page.get_by_label(FIELD)
    field.fill("")
    field.press_sequentially("x^2 + b*y^4", delay=30)
    page.wait_for_function("() => client.explore.state.good.surface === 'formula:x^2 + b*y^4'")
    settled(page)
    expect(field).to_be_focused()
    expect(field).to_have_value("x^2 + b*y^4")
    expect(slider(page, "parameter b, your formula")).to_be_visible()
    a_name_becomes_a_slider_that_moves_surface_and_paths(page)


def a_name_becomes_a_slider_that_moves_surface_and_paths(page: Page) -> None:
    type_formula(page, "a*x^2 + y^2")
    drawn = lines(page)
    contour = "JSON.stringify(document.querySelector('#surface-plot .js-plotly-plot').layout.meta.losses)"
    levels = page.evaluate(contour)
    drag(page, slider(page, "parameter a, your formula"), 30)
    settled(page)
    assert experiment(page)["parameters"]["a"] > 1
    assert lines(page) != drawn
    page.wait_for_function(f"(before) => {contour} !== before", arg=levels)
    assert "parameters=a=" in page.url


def test_back_hides_and_shows_the_field_and_what_is_not_finite_is_striped(page: Page) -> None:
    choose_own(page)
    page.go_back()
    page.wait_for_function("() => client.explore.state.good.surface === 'hills_and_canyon'")
    expect(page.get_by_label(FIELD)).to_be_hidden()
    page.go_forward()
    page.wait_for_function("() => client.explore.state.good.surface.startsWith('formula:')")
    expect(page.get_by_label(FIELD)).to_be_visible()
    settled(page)
    type_formula(page, "x^2 + log(y)")
    expect(page.locator("#formula-note")).to_have_text("It is not finite in 50 % of the view: left blank.")
    page.wait_for_function(
        "() => document.querySelector('#surface-plot .js-plotly-plot').data.some((one) => one.name === 'not finite')"
    )
    type_formula(page, "x^2 + y^2")
    page.wait_for_function(
        "() => !document.querySelector('#surface-plot .js-plotly-plot').data.some((one) => one.name === 'not finite')"
    )
    assert traces(page)[0] == "loss"


def test_a_link_brings_it_back_and_another_surface_hides_the_field(page: Page, server: Server) -> None:
    choose_own(page)
    type_formula(page, "max(a*x^2, y^2)")
    drag(page, slider(page, "parameter a, your formula"), 25)
    settled(page)
    kept, address = experiment(page), page.url
    visit(page, f"{server.address}/?experiment=gallery/saddle")
    expect(page.get_by_label(FIELD)).to_be_hidden()
    visit(page, address)
    assert experiment(page) == kept
    expect(page.get_by_label(FIELD)).to_have_value("max(a*x^2, y^2)")
    expect(page.get_by_label("Surface", exact=True)).to_have_value("Your own formula…")


def test_a_hostile_link_is_told_and_the_page_stands(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?surface=formula:__import__('os').system('x')&run=adam")
    expect(page.locator("#problem")).to_contain_text("At character 1, ‘_’: the sign LOW LINE can't be read")
    assert experiment(page)["surface"] == "hills_and_canyon"
