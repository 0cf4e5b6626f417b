"""A page with plugins: what can be used stands in the pickers and is drawn, what can't is told above everything."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import experiment, points, settled
from tests.browser.training import curve, opened, trained
from tests.plugins.conftest import PRINTED

HUGE = """from landscapes import Box, Surface

huge = Surface(
    key="huge",
    label="Huge",
    value=lambda x, y: 1e300 * (x**2 + y**2),
    domain=Box(-3, 3, -3, 3),
    start=(2, 1),
    minima=(),
    formula="10^{300}(x^2 + y^2)",
    lesson="Large numbers.",
    source="Mine",
)
"""


@pytest.fixture(scope="module")
def with_plugins(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Server]) -> Iterator[Server]:
    """A server whose folder has a surface, an optimizer, and a file that can't be used."""
    folder: Path = tmp_path_factory.mktemp("mine")
    for key in ("leaning_bowl", "sign_steps", "three_clouds"):
        (folder / f"{key}.py").write_text(PRINTED[key], encoding="utf-8")
    (folder / "huge.py").write_text(HUGE, encoding="utf-8")
    (folder / "broken.py").write_text("\n\nraise ValueError('<b>no</b>')\n", encoding="utf-8")
    running = serve(FALL_LINE_PLUGINS=str(folder))
    yield running
    running.stop()


@pytest.fixture
def plugged(with_plugins: Server, blank: Page) -> Page:
    """The page of that server, drawn, for a reader who has put nothing away; the test fails if errors are logged."""
    visit(blank, with_plugins.address)
    return blank


def test_a_surface_of_huge_losses_is_drawn(with_plugins: Server, blank: Page) -> None:
    run = "run=rprop,learning_rate=0.1&run=sign_steps"
    visit(blank, f"{with_plugins.address}/?surface=huge&steps=40&{run}")
    settled(blank)
    assert blank.evaluate("client.explore.state.paths.ends") == [40, 40]
    assert blank.evaluate("client.explore.state.paths.heights[0]") == pytest.approx(5e300, rel=1e-12)
    low, high = blank.evaluate("document.querySelector('#loss-plot .js-plotly-plot')._fullLayout.yaxis.range")
    # Either axis reaches the loss at the start: 5e300, or its logarithm.
    assert low < 301
    assert high > 300
    assert blank.locator(".contourlayer path").count() > 5


def test_the_pickers_offer_plugins_and_their_paths_are_drawn(plugged: Page) -> None:
    plugged.get_by_label("Surface", exact=True).click()
    plugged.get_by_role("option", name="Leaning bowl", exact=True).click()
    plugged.get_by_label("Add a run").click()
    plugged.get_by_role("option", name="Sign steps", exact=True).click()
    settled(plugged)
    held = experiment(plugged)
    assert (held["surface"], held["runs"][-1]["optimizer"]) == ("leaning_bowl", "sign_steps")
    path = np.reshape(points(plugged)[-2 * (held["steps"] + 1) :], (-1, 2))
    # From (3, 2) against the signs of (2x + 2y, 6y + 2x), by the 0.05 that the file says.
    np.testing.assert_allclose(path[:20], [(3 - 0.05 * k, 2 - 0.05 * k) for k in range(20)], rtol=0, atol=1e-6)
    expect(plugged.locator("#outcomes-body tr").last).to_contain_text("Sign steps")
    plugged.get_by_role("button", name="Unfold run 6: Sign steps").click()
    expect(plugged.get_by_text("Without momentum.", exact=True)).to_be_visible()


def test_a_task_of_one_s_own_is_chosen_and_learned(with_plugins: Server, blank: Page) -> None:
    opened(blank, with_plugins)
    blank.get_by_label("Task", exact=True).click()
    blank.get_by_role("option", name="Three clouds", exact=True).click()
    blank.wait_for_function("() => client.train.state.experiment.task === 'three_clouds'")
    trained(blank)
    held = blank.evaluate("client.train.state.experiment")
    assert (held["layers"], held["steps"], len(held["runs"])) == ([8], 200, 2)
    losses = curve(blank, 0)
    assert len(losses) == 201
    assert losses[0] == pytest.approx(1.1, abs=0.5)  # ln 3, of three classes nobody can tell apart yet
    assert losses[-1] < 0.5 * losses[0]
    assert "task=three_clouds" in blank.url
    expect(blank.locator("#plugin-notice")).to_contain_text("broken.py, line 3")


def test_the_notice_tells_file_and_line_beside_the_plot_until_it_is_put_away(
    plugged: Page, with_plugins: Server
) -> None:
    notice = plugged.get_by_role("region", name="Plugins that can't be used")
    expect(notice).to_contain_text("A plugin can’t be used")
    expect(notice.get_by_role("listitem")).to_have_text(["broken.py, line 3ValueError: <b>no</b>."])
    strip, plot = notice.bounding_box(), plugged.locator("#surface-plot").bounding_box()
    assert strip is not None
    assert plot is not None
    assert strip["y"] + strip["height"] <= plot["y"]
    # Put away, it stays away in this visit.
    plugged.get_by_role("link", name="Response").click()
    expect(plugged.locator(".response")).to_be_visible()
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Dismiss").click()
    expect(notice).to_be_hidden()
    visit(plugged, with_plugins.address)
    expect(notice).to_be_hidden()


def test_without_plugins_there_is_no_notice(untouched: Page) -> None:
    expect(untouched.locator("#plugin-notice")).to_have_count(0)
