"""The page as a whole: themes, screens, names for every control, outcomes in words, a server that goes away."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, lines, points, rows, runs, settled, slider
from tests.browser.tab import Tab

PAPER = "getComputedStyle(document.body).backgroundColor"


def test_theme_and_motion_follow_the_system_and_the_theme_can_be_switched(
    elsewhere: Callable[..., Page], server: Server
) -> None:
    page = elsewhere(color_scheme="dark", reduced_motion="reduce")
    visit(page, server.address)
    dark, drawn = page.evaluate(PAPER), lines(page)
    page.get_by_role("button", name="Switch between light and dark").click()
    page.wait_for_function(f"(old) => {PAPER} !== old", arg=dark)
    assert lines(page) != drawn
    page.reload()
    page.locator(".start-handle").wait_for()
    assert page.evaluate(PAPER) != dark
    # The system's wish for little motion is followed too.
    duration = page.locator(".mantine-Switch-thumb").first.evaluate("one => getComputedStyle(one).transitionDuration")
    assert duration == "0s"


def test_the_page_fits_every_screen(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollHeight") <= 900
    assert_nothing_is_wider(page, (1440, 900))
    for size in ((820, 1180), (390, 844)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        # Plotly follows the window a while later; what is measured is the plot at rest.
        page.wait_for_function(
            "(width) => { const graph = client.plots.graph(); const { width: drawn } = graph._fullLayout;"
            " return innerWidth === width && Math.abs(drawn - graph.clientWidth) < 1 }",
            arg=size[0],
        )
        assert_nothing_is_wider(page, size)
        row = page.locator("#outcomes-body tr").nth(4)
        row.scroll_into_view_if_needed()
        assert row.bounding_box()["height"] > 15
        assert page.locator(".table-scroll").bounding_box()["height"] > 100
        for part in ("#surface-plot", "#player-play"):
            box = page.locator(part).bounding_box()
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= size[1]
        page.get_by_role("button", name="One step back (left arrow)").click()
        expect(page.locator("#player-counter")).to_have_text("124 / 125")
        page.keyboard.press("End")
        page.evaluate("scrollTo(0, 0)")


def assert_nothing_is_wider(page: Page, size: tuple[int, int]) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    plot = page.locator("#surface-plot").bounding_box()
    assert plot["width"] >= 0.6 * size[0]
    assert plot["y"] + plot["height"] <= size[1]


def every_control_has_a_role_and_a_name(page: Page) -> None:
    page.get_by_text("About this surface").click()
    expect(page.locator("#surface-formula math")).to_be_visible()
    page.get_by_role("button", name="Unfold run 5: Adam").click()
    slider(page, "smoothing ε, run 5: Adam").wait_for()
    nameless = page.evaluate(
        """() => [...document.querySelectorAll('button, input, [role=slider], select, a[href]')]
            .filter((one) => one.checkVisibility() && !one.closest('.modebar'))
            .filter((one) => !(one.getAttribute('aria-label') || one.textContent.trim() || one.labels?.length
                               || one.getAttribute('aria-labelledby')))
            .map((one) => one.outerHTML.slice(0, 200))"""
    )
    assert nameless == []
    names = page.get_by_role("slider").evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert len(names) == len(set(names))


def test_the_keyboard_reaches_every_part_with_visible_focus_and_every_control_is_named(page: Page) -> None:
    reached = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
                const one = document.activeElement;
                const style = getComputedStyle(one);
                const outlined = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
                    || style.boxShadow !== 'none' || one.matches('input, body');
                return [one.getAttribute('aria-label') || one.id || one.textContent.trim().slice(0, 40), outlined];
            }"""
        )
        assert found[1], found[0]
        reached.add(found[0])
    wanted = ["Surface", "Play (space)", "step", "learning rate η, run 1: Nesterov", "Add a run", "Speed"]
    assert set(wanted) <= reached
    assert any(name.startswith("Start point") for name in reached)
    every_control_has_a_role_and_a_name(page)


def test_outcomes_are_told_in_words(untouched: Page) -> None:
    page = untouched
    settled(page)
    told = page.locator("#summary").inner_text()
    assert "Adam: Reached the minimum at (−0.0404, 0.072)" in told
    assert "RMSProp: Keeps circling around the minimum" in told
    assert rows(page)[4][1] == "minimum (−0.0404, 0.072)"


def test_a_run_that_stops_being_finite_says_so(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?surface=rosenbrock&run=gradient_descent,learning_rate=1&run=adam")
    runs(page, 2)
    assert rows(page)[0][1].startswith("not finite from step")
    assert rows(page)[0][2] == "NaN"
    assert "NaN" not in rows(page)[1]


def test_loss_axis_linear_or_log(page: Page, server: Server) -> None:
    kind = "document.querySelector('#loss-plot .js-plotly-plot')._fullLayout.yaxis.type"
    assert page.evaluate(kind) == "log"
    page.locator("#loss-axis").get_by_text("linear").click()
    page.wait_for_function(f"() => {kind} === 'linear'")
    visit(page, f"{server.address}/?experiment=gallery/saddle&loss_axis=log")
    page.wait_for_function(f"() => {kind} === 'linear'")
    expect(page.locator("#loss-caption")).to_contain_text("not positive")


def test_keys_and_marks_are_explained(untouched: Page) -> None:
    page = untouched
    page.get_by_role("button", name="Keys and marks").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("one step back or forward")
    # What to do first comes first, then words, then keys.
    heads = dialog.get_by_role("heading", level=3).all_inner_texts()
    assert heads == ["Begin here", "What the words mean", "Keys and marks"]
    expect(dialog.get_by_role("listitem").first).to_contain_text("Drag the ring")
    for word in ("tolerance", "circling", "creeping", "return to best", "published levels", "link η"):
        expect(dialog.get_by_role("term").filter(has_text=word).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_an_unknown_address_is_told(tab: Tab, server: Server) -> None:
    page = tab.page  # where the browser logs that there is no such page
    page.goto(f"{server.address}/nowhere")
    expect(page.get_by_role("heading", name=re.compile("no page"))).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Explore").click()
    page.locator(".start-handle").wait_for()


def test_leaving_the_page_and_coming_back(page: Page) -> None:
    page.evaluate("history.pushState({}, '', '/nowhere'); window.dispatchEvent(new Event('_dashprivate_pushstate'))")
    expect(page.get_by_role("heading", name=re.compile("no page"))).to_be_visible()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Switch between light and dark").click()
    page.get_by_role("button", name="Keys and marks").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    # In this time the page that was left would have noticed that its parts are gone.
    page.wait_for_timeout(1600)
    page.get_by_role("main").get_by_role("link", name="Explore").click()
    page.locator("#outcomes-body tr").first.wait_for()
    page.get_by_role("button", name="Switch between light and dark").click()
    page.locator(".start-handle").wait_for()
    before = points(page)
    drag(page, slider(page, "learning rate η, run 1: Nesterov"), 40)
    settled(page)
    assert points(page) != before


def test_a_request_that_fails_is_told(tab: Tab, server: Server) -> None:
    page = tab.page  # where the browser logs what the server answers
    visit(page, server.address)
    before = points(page)
    page.route("**/explore/paths", lambda route: route.fulfill(status=500, body="oops"))
    drag(page, slider(page, "learning rate η, run 1: Nesterov"), 40)
    expect(page.locator("#problem")).to_contain_text("status 500")
    page.wait_for_function("() => !client.explore.state.provisional")
    assert points(page) == before
    page.wait_for_timeout(300)  # the slider is put back, of which Dash tells its field
    expect(page.locator("#problem")).to_contain_text("status 500")
    page.unroute("**/explore/paths")
    drag(page, slider(page, "learning rate η, run 2: RMSProp"), 40)
    expect(page.locator("#problem")).to_be_hidden()
