"""The export dialog on the Response page."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fall_line.drawing.choices import Choices
from fall_line.experiments.response_link import from_query
from fall_line.exports import FORMATS
from tests.browser.answering import (
    ADAM,
    dialog,
    downloaded,
    exported,
    opened,
    ready,
    size,
)
from tests.browser.conftest import Server, visit
from tests.browser.exporting import frame_count, frame_size


@pytest.fixture
def page(blank: Page) -> Page:
    """A page with nothing in it, on which nothing may be logged as an error or a warning."""
    return blank


def test_the_dialog_writes_the_picture_of_what_is_seen(page: Page, server: Server, tmp_path: Path) -> None:
    opened(page, server, f"{ADAM}&epochs=40,120.5")
    dialog(page, "PNG")
    expect(page.get_by_role("group", name="Show").get_by_role("checkbox")).to_have_count(2)
    expect(page.get_by_label("First epoch")).to_have_value("40")
    expect(page.get_by_label("Last epoch")).to_have_value("120")
    expect(page.locator(".export-frame img")).to_have_attribute("alt", "The last frame: rectangles")
    size(page, 600, 400)
    file = downloaded(page, tmp_path)
    assert file.name == "response-rectangles-2-runs.png"
    experiment, _ = from_query(f"{ADAM}&epochs=40,120.5")
    choices = Choices(width=600, height=400, first_step=40, last_step=120)
    FORMATS["png"].export(experiment, tmp_path / "same.png", choices)
    assert file.read_bytes() == (tmp_path / "same.png").read_bytes()


def test_the_dialog_writes_a_video_and_tells_what_is_wrong(page: Page, server: Server, tmp_path: Path) -> None:
    opened(page, server, ADAM)
    dialog(page, "MP4")
    page.get_by_label("Last epoch").fill("300")
    expect(page.locator(".export-problem")).to_contain_text("Last epoch is 300; it must be at most 299")
    page.get_by_label("Last epoch").fill("100")
    expect(page.locator(".export-problem")).to_be_hidden()
    size(page, 320, 240)
    page.get_by_label("Length in seconds").fill("0.5")
    page.get_by_label("Hold the end", exact=True).fill("0")
    file = downloaded(page, tmp_path)
    assert file.name == "response-rectangles-2-runs.mp4"
    assert (frame_size(file), frame_count(file)) == ((320, 240), 15)


def test_each_page_exports_its_own_experiment(page: Page, server: Server, tmp_path: Path) -> None:
    visit(page, server.address)
    pages = page.get_by_role("navigation", name="Pages")
    assert exported(page, "CSV", tmp_path).read_text().startswith("run,optimizer,step,x,y,loss")
    pages.get_by_role("link", name="Response").click()
    ready(page)
    dialog(page, "CSV")
    expect(page.locator(".export-lines")).to_contain_text("run,optimizer,epoch,gradient,response")
    assert downloaded(page, tmp_path).read_text().startswith("run,optimizer,epoch,gradient,response")
    pages.get_by_role("link", name="Explore").click()
    page.locator("#outcomes-body tr").first.wait_for()
    dialog(page, "PNG")
    expect(page.get_by_label("Last step")).to_have_value("125")
    expect(page.get_by_role("group", name="Show").get_by_role("checkbox")).to_have_count(3)
