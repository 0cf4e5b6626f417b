"""The page without a mouse: what has the focus is seen and kept, and every key does what it says."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import experiment, settled, slider, step

# What has the focus, and whether something else lies over its middle.
COVERED = """() => {
    const one = document.activeElement;
    const { left, top, width, height } = one.getBoundingClientRect();
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    if (!over || one.contains(over) || over.contains(one) || one.labels?.[0]?.parentElement.contains(over)) return null;
    return `${one.outerHTML.slice(0, 120)} under ${over.outerHTML.slice(0, 120)}`;
}"""
RATE = "learning rate η, run 2: RMSProp"


def shown(page: Page) -> list[float]:
    return page.evaluate("client.plots.visible()")


def test_keys_reach_what_a_mouse_reaches(page: Page) -> None:
    settled(page)
    skip_links_lead_past_the_header(page)
    the_start_has_a_ring(page)
    the_plot_pans_and_zooms(page)
    space_unfolds_what_it_stands_on(page)
    arrows_scroll_the_table_and_leave_the_player(page)
    escape_closes_the_inspector(page)
    what_is_built_anew_keeps_the_focus(page)


def skip_links_lead_past_the_header(page: Page) -> None:
    address = page.url
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the settings")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#settings")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Surface")).to_be_focused()
    assert page.url == address
    expect(link).not_to_be_in_viewport()


def the_start_has_a_ring(page: Page) -> None:
    page.keyboard.press("Shift")  # the keyboard is in use
    handle = page.locator(".start-handle")
    handle.focus()
    style = handle.evaluate(
        "one => { const { outlineStyle, outlineWidth } = getComputedStyle(one);"
        " return [outlineStyle, parseFloat(outlineWidth)] }"
    )
    assert style[0] == "solid"
    assert style[1] >= 2


def the_plot_pans_and_zooms(page: Page) -> None:
    before, stood = shown(page), step(page)
    width, height = before[1] - before[0], before[3] - before[2]
    page.locator("#surface-plot .js-plotly-plot").focus()
    page.keyboard.press("ArrowRight")
    drawn(page)
    assert shown(page) == pytest.approx([before[0] + width / 10, before[1] + width / 10, *before[2:]], abs=0.01)
    page.keyboard.press("Shift+ArrowDown")
    drawn(page)
    assert shown(page)[2:] == pytest.approx([before[2] - height / 2, before[3] - height / 2], abs=0.01)
    page.keyboard.press("-")
    drawn(page)
    x_low, x_high, y_low, y_high = shown(page)
    assert [x_high - x_low, y_high - y_low] == pytest.approx([1.25 * width, 1.25 * height], abs=0.01)
    assert step(page) == stood
    settled(page)
    assert experiment(page)["view"] is not None


def drawn(page: Page) -> None:
    """Wait until the plot shows what the experiment says, and the contour of it stands."""
    page.wait_for_function(
        "() => { const { view } = client.explore.state.experiment; return view && client.asking.contourIdle()"
        " && client.plots.visible().every((edge, k) => Math.abs(edge - view[k]) < 0.01) }"
    )


def space_unfolds_what_it_stands_on(page: Page) -> None:
    for summary in page.locator("details:not([hidden]) > summary:visible").all():
        summary.focus()
        page.keyboard.press(" ")
        expect(summary.locator("..")).to_have_attribute("open", "")
    assert not page.evaluate("client.playing.isPlaying()")


def arrows_scroll_the_table_and_leave_the_player(page: Page) -> None:
    stood = step(page)
    page.set_viewport_size({"width": 700, "height": 900})
    page.locator("#outcomes").focus()
    page.locator("#outcomes").evaluate("one => { one.firstElementChild.style.minWidth = '2000px' }")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.getElementById('outcomes').scrollLeft > 0")
    assert step(page) == stood
    page.set_viewport_size({"width": 1440, "height": 900})


def escape_closes_the_inspector(page: Page) -> None:
    inspector = page.locator("#inspector")
    page.locator("#inspect").focus()
    page.keyboard.press("i")
    expect(inspector).to_be_visible()
    page.locator("#explain").focus()
    page.keyboard.press("Escape")
    expect(inspector).to_be_hidden()
    expect(page.locator("#inspect")).to_be_focused()


def what_is_built_anew_keeps_the_focus(page: Page) -> None:
    page.get_by_role("button", name="Unfold run 2:").focus()
    for becomes in ("Fold", "Unfold"):
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=re.compile(f"^{becomes} run 2:"))).to_be_focused()
        settled(page)
    page.get_by_role("button", name="Hide run 2:").focus()
    for becomes in ("Show", "Hide"):
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=re.compile(f"^{becomes} run 2:"))).to_be_focused()
        settled(page)


def test_a_slider_says_what_it_shows_and_goes_ten_stops_at_once(page: Page) -> None:
    settled(page)
    it_is_told_in_one_unit(page)
    a_typed_number_is_said(page)
    pages_and_shift_go_ten_stops(page)
    a_question_mark_tells_what_it_means(page)


def told(page: Page, name: str) -> dict[str, object]:
    """What Chromium tells assistive technology of the slider called `name`."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    (node,) = [one for one in nodes if one.get("role", {}).get("value") == "slider" and one["name"]["value"] == name]
    properties = {one["name"]: one["value"].get("value") for one in node["properties"]}
    kept = {key: properties[key] for key in ("valuemin", "valuemax", "valuetext")}
    return kept | {"value": float(node["value"]["value"]), "description": node.get("description", {}).get("value")}


def it_is_told_in_one_unit(page: Page) -> None:
    steps = told(page, "steps, all runs")
    assert steps["value"] == 125
    assert (steps["valuemin"], steps["valuemax"], steps["valuetext"]) == (1, 10_000, "125 steps")
    rate = told(page, "learning rate η, run 1: Nesterov")
    assert rate["value"] == pytest.approx(0.01)
    assert rate["valuemin"] < 0.01 < rate["valuemax"]
    assert rate["valuetext"] == "0.01"
    assert rate["description"]


def a_typed_number_is_said(page: Page) -> None:
    field = page.get_by_label("steps, all runs, as a number")
    field.fill("157")
    field.press("Enter")
    expect(slider(page, "steps, all runs")).to_have_attribute("aria-valuetext", "157 steps")
    expect(slider(page, "steps, all runs")).to_have_attribute("aria-valuenow", "157")
    assert told(page, "steps, all runs")["value"] == 157
    # Finer than a slider stops.
    field.fill("1234")
    field.press("Enter")
    expect(slider(page, "steps, all runs")).to_have_attribute("aria-valuetext", "1234 steps")
    field.fill("1")
    field.press("Enter")
    expect(slider(page, "steps, all runs")).to_have_attribute("aria-valuetext", "1 step")
    settled(page)


def pages_and_shift_go_ten_stops(page: Page) -> None:
    thumb = slider(page, RATE)
    thumb.focus()
    # From 0.25 on a slider from 1e-4 to 10, whose stops are a fortieth of a decade apart: 0.25 × 10^±0.25.
    for key, value in (
        ("PageUp", "0.445"),
        ("PageDown", "0.25"),
        ("Shift+ArrowLeft", "0.141"),
        ("Shift+ArrowUp", "0.251"),
    ):
        page.keyboard.press(key)
        expect(thumb).to_have_attribute("aria-valuetext", value)
        expect(page.get_by_label(f"{RATE}, as a number")).to_have_value(value)
        settled(page)
        assert experiment(page)["runs"][1]["hypers"]["learning_rate"] == float(value)
        expect(thumb).to_be_focused()


def a_question_mark_tells_what_it_means(page: Page) -> None:
    slider(page, RATE).focus()
    page.keyboard.press("?")
    expect(page.get_by_role("tooltip")).to_have_text(re.compile("^learning rate η"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)
    page.locator("#outcomes-body").get_by_role("button").first.focus()
    expect(page.get_by_role("tooltip")).to_have_text(re.compile(r"\w.*\.$"))


def test_on_a_phone_tab_goes_as_the_eye_does_and_nothing_that_has_the_focus_is_covered(
    elsewhere: Callable[..., Page], server: Server
) -> None:
    page = elsewhere(viewport={"width": 390, "height": 844})
    visit(page, server.address)
    settled(page)
    page.locator("#settings").evaluate("one => { one.tabIndex = -1; one.focus() }")
    places = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate(COVERED) is None
        places.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
    assert len(places) > 25
    # Within a row to the right and back, but never up the page.
    assert all(there > here - 60 for here, there in pairwise(places))
