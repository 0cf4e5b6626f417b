"""While a number of the surface moves the page draws the contour itself; at rest the server's stands in its place."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from fall_line.experiments.mending import check
from fall_line.figures.levels import contour_levels, way_back
from fall_line.trajectories.loss import domain_losses
from tests.browser.conftest import Server, visit
from tests.browser.reading import experiment, settled, slider
from tests.browser.sweeping import asked, grasp, hold, listen, reach, sweep

KAPPA = "condition number κ, Rotated quadratic"
CONTOUR = "canvas.overlay-contour"


def picture(page: Page) -> np.ndarray:
    """The plot as it is seen, without its axes."""
    size = page.evaluate("document.querySelector('#surface-plot .js-plotly-plot')._fullLayout._size")
    seen = Image.open(io.BytesIO(page.locator("#surface-plot .svg-container").screenshot())).convert("RGB")
    left, top = round(size["l"]), round(size["t"])
    return np.asarray(seen)[top : top + int(size["h"]), left : left + int(size["w"])].astype(int)


def let_go(page: Page, paths: list[Route]) -> None:
    """Wait until the paths at rest are asked for, let the server answer, and wait until its contour stands."""
    page.wait_for_function("() => !client.asking.idle()")
    for route in paths:
        route.continue_()
    # Paths are asked for again once minima are found.
    page.unroute("**/explore/paths")
    settled(page)
    page.wait_for_function("() => client.asking.contourIdle()")


def levels_of(told: dict[str, Any]) -> np.ndarray:
    """The table of the levels, as the server makes it for this experiment."""
    one = check(told)
    return way_back(contour_levels(one.surface, domain_losses(one.landscape), one.levels))


def test_no_contour_is_asked_for_while_the_surface_moves_and_one_at_rest(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?experiment=gallery/condition-number")
    thumb = slider(page, KAPPA)
    reach(page, thumb)
    grasp(page, thumb)
    listen(page)
    before, paths = picture(page), hold(page, "explore/paths")
    moves = sweep(thumb, [4.0, 12, 21, 28, 15, -6])
    assert [move.asked for move in moves] == [[]] * len(moves)
    expect(page.locator(CONTOUR)).to_be_visible()
    assert np.abs(picture(page) - before).mean() > 1
    page.mouse.up()
    let_go(page, paths)
    assert asked(page) == ["explore/paths", "explore/contour"]
    expect(page.locator(CONTOUR)).to_be_hidden()
    told = page.evaluate("[...document.querySelector('#surface-plot .js-plotly-plot')._fullLayout.meta.losses]")
    assert experiment(page)["parameters"] == moves[-1].experiment["parameters"]
    np.testing.assert_allclose(told, levels_of(experiment(page)), rtol=1e-9)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_looks_like_the_contour_at_rest(blank: Page, server: Server, scheme: Any) -> None:
    page = blank
    page.emulate_media(color_scheme=scheme)
    visit(page, f"{server.address}/?experiment=gallery/condition-number")
    thumb = slider(page, KAPPA)
    reach(page, thumb)
    grasp(page, thumb)
    paths = hold(page, "explore/paths")
    sweep(thumb, [30.0])
    expect(page.locator(CONTOUR)).to_be_visible()
    moving = picture(page)
    page.mouse.up()
    let_go(page, paths)
    expect(page.locator(CONTOUR)).to_be_hidden()
    apart = np.abs(moving - picture(page)).max(axis=2)
    # All but the marks of the minima, of which the moving one has none.
    assert apart.mean() < 0.5
    assert (apart > 12).mean() < 0.005
    page.emulate_media(color_scheme="light")


def test_it_moves_with_the_copies_that_minibatches_are_drawn_from(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?experiment=gallery/condition-number&noise=minibatch&sigma=0.3")
    page.locator("#noise-panel").evaluate("(panel) => (panel.open = true)")
    thumb = slider(page, "noise σ, gradient noise")
    reach(page, thumb)
    grasp(page, thumb)
    page.wait_for_function("() => client.explore.state.answer.minima === 'known' && client.asking.contourIdle()")
    listen(page)
    paths = hold(page, "explore/paths")
    moves = sweep(thumb, [4.0, 12, 20, 25])
    assert all("explore/contour" not in move.asked for move in moves)
    expect(page.locator(CONTOUR)).to_be_visible()
    page.wait_for_function("() => !client.movingLevels.levelsWait(client.explore.state.experiment)")
    moving = picture(page)
    page.mouse.up()
    let_go(page, paths)
    expect(page.locator(CONTOUR)).to_be_hidden()
    # Of other levels it would be 7: the copies take the loss at the minimum from 0.05 to 1.4.
    assert np.abs(moving - picture(page)).max(axis=2).mean() < 3


def test_without_a_program_the_server_draws_the_contour(blank: Page, server: Server) -> None:
    page = blank
    page.route(
        "**/explore/program?kind=surface*",
        lambda route: route.fulfill(content_type="text/javascript", body="export {};"),
    )
    visit(page, f"{server.address}/?experiment=gallery/condition-number")
    thumb = slider(page, KAPPA)
    grasp(page, thumb)
    listen(page)
    sweep(thumb, [30.0])
    expect(page.locator(CONTOUR)).to_have_count(0)
    page.wait_for_function("() => window.asked.includes('explore/contour')")
    page.mouse.up()
    settled(page)
