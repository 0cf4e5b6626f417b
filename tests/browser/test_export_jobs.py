"""Exports that take a while: their progress, cancelling, a reload meanwhile, more than one, failures."""

import re
import shutil
from pathlib import Path

from playwright.sync_api import Download, Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.exporting import (
    PROGRESS,
    SLOW,
    cancel,
    closed,
    entries,
    exported,
    field,
    form,
    frame_count,
    frame_size,
    large_and_slow,
    opened,
    own_size,
    remembered,
    said,
    saved,
    small_and_quick,
    start,
    state,
)
from tests.browser.tab import Tab


def test_a_video_shows_its_progress_and_comes_by_itself(page: Page, tmp_path: Path) -> None:
    opened(page)
    own_size(page, 1280, 720)
    field(page, "Length in seconds", "15")  # long enough for its progress to be seen
    with page.expect_download(timeout=2 * SLOW) as coming:
        start(page).click()
        expect(said(page)).to_have_text(PROGRESS, timeout=SLOW)
        bar = page.get_by_role("progressbar", name="Progress of the export")
        expect(bar).to_have_attribute("aria-valuenow", re.compile(r"[1-9]\d*"))
        expect(start(page)).to_be_hidden()
    path = saved(coming.value, tmp_path)
    assert path.name == "hills-and-canyon-5-runs.mp4"
    assert frame_size(path) == (1280, 720)
    assert frame_count(path) == 15 * 30  # frames a second
    expect(start(page)).to_be_visible()
    link = page.locator(".export-action").get_by_role("link", name="Download hills-and-canyon-5-runs.mp4")
    with page.expect_download() as again:
        link.click()
    assert saved(again.value, tmp_path / "again").read_bytes() == path.read_bytes()


def test_a_cancelled_export_leaves_no_file_and_the_focus_at_hand(page: Page, server: Server) -> None:
    opened(page)
    large_and_slow(page)
    # By keyboard, so that the focus can be seen to stay at hand.
    start(page).press("Enter")
    expect(cancel(page)).to_be_focused()
    expect(said(page)).to_have_text(PROGRESS, timeout=SLOW)
    cancel(page).press("Enter")
    expect(start(page)).to_be_focused()
    expect(said(page)).to_have_text("Cancelled")
    expect(start(page)).to_be_visible()
    expect(entries(page)).to_contain_text("Cancelled")
    expect(entries(page).get_by_role("link", name="Download")).to_be_hidden()
    (kept,) = remembered(page)
    assert state(page, server, kept["id"])["kind"] == "cancelled"
    assert page.request.get(f"{server.address}/export/jobs/{kept['id']}/file").status == 404
    assert not (server.jobs / kept["id"] / "export.mp4").exists()


def test_a_reload_keeps_the_running_export(page: Page, server: Server) -> None:
    opened(page)
    large_and_slow(page)
    start(page).click()
    expect(said(page)).to_have_text(PROGRESS, timeout=SLOW)
    visit(page, page.url)
    button = page.get_by_role("button", name="Export", exact=True)
    expect(button.locator(".export-mark")).to_be_visible()
    expect(button).to_have_attribute("title", re.compile("1 export is under way"))
    opened(page)
    expect(entries(page)).to_contain_text(PROGRESS, timeout=SLOW)
    entries(page).get_by_role("button", name="Cancel").click()
    expect(entries(page)).to_contain_text("Cancelled")
    expect(button.locator(".export-mark")).to_be_hidden()
    assert state(page, server, remembered(page)[0]["id"])["kind"] == "cancelled"


def test_two_exports_at_once_both_come_and_a_failed_one_can_be_tried_again(page: Page, tmp_path: Path) -> None:
    opened(page)
    small_and_quick(page)
    coming: list[Download] = []

    def take(download: Download) -> None:
        coming.append(download)

    page.on("download", take)
    with page.expect_event("download", lambda _: len(coming) == 2, timeout=2 * SLOW):
        start(page).click()
        expect(entries(page)).to_have_count(1)
        form(page, "GIF")
        expect(start(page)).to_be_visible()
        start(page).click()
        expect(entries(page)).to_have_count(2)
        # Closing the dialog stops nothing.
        closed(page)
    opened(page)
    expect(entries(page).get_by_role("link", name="Download")).to_have_count(2)
    assert {frame_size(saved(one, tmp_path)) for one in coming} == {(240, 200)}
    assert {one.suggested_filename[-3:] for one in coming} == {"mp4", "gif"}
    page.remove_listener("download", take)
    a_failed_export_says_why_and_can_be_tried_again(page, tmp_path)


def test_an_export_whose_file_is_gone_has_expired(tab: Tab, server: Server, tmp_path: Path) -> None:
    page = tab.page  # where the browser logs that the file isn't found
    visit(page, server.address)
    opened(page)
    small_and_quick(page)
    exported(page, tmp_path)
    expect(entries(page).get_by_role("link", name="Download")).to_be_visible()
    shutil.rmtree(server.jobs / remembered(page)[0]["id"])
    closed(page)
    opened(page)
    expect(entries(page)).to_contain_text("Expired")
    expect(entries(page).get_by_role("link", name="Download")).to_be_hidden()


def test_too_many_exports_are_told_beside_the_button(page: Page) -> None:
    opened(page)
    own_size(page, 1000, 800)
    for seconds in range(60, 66):
        field(page, "Length in seconds", str(seconds))
        start(page).click()
        expect(start(page)).to_have_attribute("aria-disabled", "false")
    expect(said(page)).to_contain_text("At most 5 of your exports may be under way at a time")
    expect(entries(page)).to_have_count(5)
    assert {one["kind"] for one in remembered(page)} <= {"waiting", "drawing"}
    expect(entries(page).filter(has_text=re.compile(r"exports? before this one"))).not_to_have_count(0)
    for entry in entries(page).all():
        entry.get_by_role("button", name="Cancel").click()
    expect(entries(page).filter(has_text="Cancelled")).to_have_count(5)


def a_failed_export_says_why_and_can_be_tried_again(page: Page, tmp_path: Path) -> None:
    failed = {"id": "x" * 32, "kind": "failed", "format": "mp4", "name": "film.mp4", "problem": "The disk is full."}
    page.route("**/export/jobs", lambda route: route.fulfill(json=failed))
    start(page).click()
    expect(said(page)).to_have_text("The disk is full.")
    expect(start(page)).to_have_text("Try again")
    page.unroute("**/export/jobs")
    path = exported(page, tmp_path)
    assert frame_size(path) == (240, 200)
