"""The start is dragged without asking: the page walks the runs itself, and the server's numbers follow."""

import numpy as np
from playwright.sync_api import Page, Route

from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, experiment, points, settled

READY = "() => client.walkable.prepared()"


def test_the_runs_follow_the_start_while_the_server_is_silent(page: Page) -> None:
    page.wait_for_function(READY)
    before, held = points(page), list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/explore/paths", hold)
    drag(page, page.locator(".start-handle"), 90, -50)
    start = experiment(page)["start"]
    page.wait_for_function("(x) => Math.abs(client.explore.state.paths.points[0] - x) < 1e-6", arg=start[0])
    walked = points(page)
    assert len(walked) == len(before)
    np.testing.assert_allclose(walked[:2], start, rtol=1e-6)
    for route in held:
        route.continue_()
    page.unroute("**/explore/paths", hold)
    page.wait_for_function("() => !client.explore.state.provisional")
    settled(page)
    # Both are rounded to float32 for the screen.
    np.testing.assert_allclose(points(page), walked, rtol=1e-6, atol=1e-6)


def test_without_programs_the_server_is_asked_at_every_move(blank: Page, server: Server) -> None:
    page = blank
    page.route("**/explore/program*", lambda route: route.fulfill(content_type="text/javascript", body="export {};"))
    visit(page, server.address)
    page.get_by_label("Add a run").click()
    page.get_by_role("option", name="RMSProp", exact=True).click()
    settled(page)
    before = points(page)
    drag(page, page.locator(".start-handle"), 60, -40)
    settled(page)
    assert points(page)[:2] != before[:2]
    np.testing.assert_allclose(points(page)[:2], experiment(page)["start"], rtol=1e-6)
