"""The export dialog: preview and choices, files, jobs with their progress, and what stays after a reload."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import imageio.v3 as imageio
import imageio_ffmpeg
import pytest
from playwright.sync_api import Download, Locator, Page, expect

from fall_line.exports import FORMATS
from tests.browser.conftest import Server, visit
from tests.browser.reading import settled
from tests.browser.tab import Tab

SLOW = 60_000  # ms for a drawing on a busy machine
PROGRESS = re.compile(r"Frame \d+ of \d+")


def opened(page: Page) -> Locator:
    """Open the dialog and wait for its preview."""
    page.get_by_role("button", name="Export", exact=True).click()
    expect(facts(page)).not_to_be_empty(timeout=SLOW)
    return page.get_by_role("dialog")


def closed(page: Page) -> None:
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def facts(page: Page) -> Locator:
    return page.locator(".export-facts")


def problem(page: Page) -> Locator:
    return page.locator(".export-problem")


def said(page: Page) -> Locator:
    """What the row with the Export button says."""
    return page.locator(".export-action .export-said")


def entries(page: Page) -> Locator:
    return page.locator(".export-entry")


def start(page: Page) -> Locator:
    return page.locator(".export-start")


def cancel(page: Page) -> Locator:
    return page.locator(".export-action").get_by_role("button", name="Cancel")


def form(page: Page, name: str) -> None:
    """Choose the format called `name`."""
    page.locator(".export-card").filter(has=page.get_by_text(name, exact=True)).click()


def field(page: Page, label: str, text: str) -> None:
    page.get_by_label(label, exact=True).fill(text)


def own_size(page: Page, width: int, height: int) -> None:
    page.locator("select[data-choice=size]").select_option("own")
    field(page, "Width in pixels", str(width))
    field(page, "Height in pixels", str(height))


def small_and_quick(page: Page) -> None:
    own_size(page, 240, 200)
    field(page, "Length in seconds", "0.3")


def large_and_slow(page: Page) -> None:
    page.locator("select[data-choice=size]").select_option("1920x1080")
    field(page, "Length in seconds", "35")


def preview(page: Page) -> str:
    return page.locator(".export-frame img").get_attribute("src") or ""


def exported(page: Page, tmp_path: Path) -> Path:
    """Press Export and return the file that comes by itself."""
    with page.expect_download(timeout=2 * SLOW) as coming:
        start(page).click()
    return saved(coming.value, tmp_path)


def saved(download: Download, tmp_path: Path) -> Path:
    path = tmp_path / download.suggested_filename
    download.save_as(path)
    return path


def frame_size(path: Path) -> tuple[int, int]:
    """The width and height of an animation's first frame."""
    if path.suffix == ".mp4":
        found = re.search(r"Video: h264.*?, (\d+)x(\d+)", _told_by_ffmpeg("-i", path))
        assert found is not None
        return int(found[1]), int(found[2])
    return imageio.imread(path, index=0).shape[1::-1]


def frame_count(path: Path) -> int:
    """How many frames a video has, all of them decoded."""
    found = re.findall(r"frame= *(\d+)", _told_by_ffmpeg("-i", path, "-f", "null", "-"))
    return int(found[-1])


def _told_by_ffmpeg(*arguments: str | Path) -> str:
    # Not by imageio_ffmpeg's own reader, which forks: beside other tests JAX may be loaded here.
    words = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostdin", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, check=False).stderr


def remembered(page: Page) -> list[dict[str, Any]]:
    """The last exports as the browser keeps them."""
    return json.loads(page.evaluate("localStorage.getItem('fall-line-exports')") or "[]")


def state(page: Page, server: Server, id: str) -> dict[str, Any]:
    return page.request.get(f"{server.address}/export/jobs/{id}").json()


# ---- preview and choices ----


def test_the_preview_follows_every_choice(page: Page) -> None:
    opened(page)
    seen = {preview(page)}

    def changes(act: Any) -> None:
        before = preview(page)
        act()
        page.wait_for_function("(old) => document.querySelector('.export-frame img').src !== old", arg=before)
        seen.add(preview(page))

    changes(lambda: page.locator(".export-segment").get_by_text("Dark").click())
    changes(lambda: page.get_by_role("checkbox", name="Loss curves").uncheck())
    changes(lambda: page.get_by_role("checkbox", name="Title").uncheck())
    changes(lambda: page.get_by_role("checkbox", name="Formula").check())
    changes(lambda: field(page, "Line width", "6"))
    changes(lambda: field(page, "Last step", "20"))
    changes(lambda: page.locator("select[data-choice=size]").select_option("1080x1080"))
    expect(facts(page)).to_contain_text("1080 × 1080 · 165 frames · 5.5 s · about")
    field(page, "Length in seconds", "2")
    field(page, "Hold the end", "0.5")
    field(page, "Frames a second", "20")
    expect(facts(page)).to_contain_text("50 frames · 2.5 s")
    field(page, "Number of steps a frame", "5")
    expect(page.get_by_role("radio", name="Steps a frame")).to_be_checked()
    field(page, "First step", "10")
    expect(facts(page)).to_contain_text("13 frames")
    assert len(seen) == 8


@pytest.mark.parametrize("key", FORMATS)
def test_only_what_the_format_heeds_is_shown(page: Page, key: str) -> None:
    opened(page)
    page.locator(f".export-card:has([value={key}])").click()
    shown = {name for name in heeded(page) if name not in ("format", "size", "pace")}
    expected = set(FORMATS[key].heeds) - {"width", "height"}  # fields only of an own size
    assert shown == expected


def heeded(page: Page) -> set[str]:
    """The choices whose controls can be seen."""
    controls = page.locator("[data-choice]")
    return set(controls.evaluate_all("all => all.filter(one => one.offsetParent).map(one => one.dataset.choice)"))


def test_a_wrong_size_is_told_and_stays_as_typed(page: Page) -> None:
    opened(page)
    own_size(page, 801, 800)
    sentence = "Width is 801; it must be an even whole number of pixels from 200 to 4096."
    expect(problem(page)).to_have_text(sentence)
    width = page.get_by_label("Width in pixels")
    expect(width).to_have_value("801")
    expect(width).to_have_attribute("aria-invalid", "")
    expect(width).to_have_attribute("aria-describedby", "export-problem")
    start(page).click()
    expect(start(page)).to_have_attribute("aria-disabled", "false")
    expect(problem(page)).to_have_text(sentence)
    assert remembered(page) == []
    width.fill("802")
    expect(problem(page)).to_be_hidden()
    expect(facts(page)).to_contain_text("802 × 800")
    expect(width).not_to_have_attribute("aria-invalid", "")


def test_a_pace_of_too_many_pixels_is_told(page: Page) -> None:
    opened(page)
    own_size(page, 4096, 4096)
    field(page, "Length in seconds", "60")
    expect(problem(page)).to_contain_text("billion pixels")


def test_choices_are_kept_over_a_reload_and_a_close(page: Page) -> None:
    opened(page)
    form(page, "PNG")
    own_size(page, 642, 480)
    page.get_by_role("checkbox", name="Transparent background").check()
    closed(page)
    opened(page)
    expect(page.get_by_label("Width in pixels")).to_have_value("642")
    visit(page, page.url)
    opened(page)
    expect(page.locator("[value=png]")).to_be_checked()
    expect(page.get_by_label("Width in pixels")).to_have_value("642")
    expect(page.get_by_role("checkbox", name="Transparent background")).to_be_checked()
    expect(facts(page)).to_contain_text("642 × 480")


def test_the_players_step_can_be_taken_over(page: Page) -> None:
    page.evaluate("fallLine.explore.parts.player.seek(40)")
    opened(page)
    before = preview(page)
    page.get_by_role("button", name="Up to step 40, where the player stands").click()
    expect(page.get_by_label("Last step", exact=True)).to_have_value("40")
    page.wait_for_function("(old) => document.querySelector('.export-frame img').src !== old", arg=before)


def test_the_pages_theme_is_the_files(page: Page) -> None:
    page.get_by_role("button", name="Switch between light and dark").click()
    opened(page)
    expect(page.locator("[data-choice=theme][value=dark]")).to_be_checked()
    page.get_by_role("checkbox", name="Formula").check()
    closed(page)
    page.get_by_role("button", name="Switch between light and dark").click()
    opened(page)
    expect(page.locator("[data-choice=theme][value=light]")).to_be_checked()


# ---- files ----


def test_a_picture_has_the_chosen_size(page: Page, tmp_path: Path) -> None:
    opened(page)
    form(page, "PNG")
    own_size(page, 642, 480)
    path = exported(page, tmp_path)
    assert path.name == "hills-and-canyon-5-runs.png"
    assert imageio.imread(path).shape == (480, 642, 3)
    expect(said(page)).to_contain_text("hills-and-canyon-5-runs.png")
    with page.expect_download() as again:
        page.locator(".export-action").get_by_role("link", name="Download").click()
    assert saved(again.value, tmp_path / "again").read_bytes() == path.read_bytes()


def test_what_the_reader_has_zoomed_to_is_exported(page: Page, tmp_path: Path) -> None:
    opened(page)
    whole = preview(page)
    closed(page)
    box = page.locator("#surface-plot .nsewdrag").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6)
    page.mouse.wheel(0, -400)
    page.wait_for_function("() => fallLine.explore.page.shown !== null")
    settled(page)
    shown = page.evaluate("fallLine.explore.page.shown")
    opened(page)
    page.wait_for_function("(old) => document.querySelector('.export-frame img').src !== old", arg=whole)
    form(page, "JSON")
    path = exported(page, tmp_path)
    assert json.loads(path.read_text(encoding="utf-8"))["view"] == shown


# ---- jobs ----


def test_a_video_shows_its_progress_and_comes_by_itself(page: Page, tmp_path: Path) -> None:
    opened(page)
    own_size(page, 1280, 720)
    with page.expect_download(timeout=2 * SLOW) as coming:
        start(page).click()
        expect(said(page)).to_have_text(PROGRESS, timeout=SLOW)
        bar = page.get_by_role("progressbar", name="Progress of the export")
        expect(bar).to_have_attribute("aria-valuenow", re.compile(r"[1-9]\d*"))
        expect(start(page)).to_be_hidden()
    path = saved(coming.value, tmp_path)
    assert path.name == "hills-and-canyon-5-runs.mp4"
    assert frame_size(path) == (1280, 720)
    assert frame_count(path) == 165
    expect(start(page)).to_be_visible()
    link = page.locator(".export-action").get_by_role("link", name="Download hills-and-canyon-5-runs.mp4")
    with page.expect_download() as again:
        link.click()
    assert saved(again.value, tmp_path / "again").read_bytes() == path.read_bytes()


def test_a_cancelled_export_leaves_no_file(page: Page, server: Server) -> None:
    opened(page)
    large_and_slow(page)
    start(page).click()
    expect(said(page)).to_have_text(PROGRESS, timeout=SLOW)
    cancel(page).click()
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


def test_two_exports_at_once_both_come(page: Page, tmp_path: Path) -> None:
    opened(page)
    small_and_quick(page)
    coming: list[Download] = []

    def take(download: Download) -> None:
        coming.append(download)

    page.on("download", take)
    start(page).click()
    expect(entries(page)).to_have_count(1)
    form(page, "GIF")
    expect(start(page)).to_be_visible()
    start(page).click()
    expect(entries(page)).to_have_count(2)
    expect(entries(page).get_by_role("link", name="Download")).to_have_count(2, timeout=2 * SLOW)
    assert {frame_size(saved(one, tmp_path)) for one in coming} == {(240, 200)}
    assert {one.suggested_filename[-3:] for one in coming} == {"mp4", "gif"}
    page.remove_listener("download", take)


def test_closing_the_dialog_stops_nothing(page: Page, tmp_path: Path) -> None:
    opened(page)
    small_and_quick(page)
    form(page, "WebP")
    with page.expect_download(timeout=2 * SLOW) as coming:
        start(page).click()
        expect(entries(page)).to_have_count(1)
        closed(page)
    assert frame_size(saved(coming.value, tmp_path)) == (240, 200)


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


def test_a_failed_export_says_why_and_can_be_tried_again(page: Page, tmp_path: Path) -> None:
    failed = {"id": "x" * 32, "kind": "failed", "format": "mp4", "name": "film.mp4", "problem": "The disk is full."}
    opened(page)
    small_and_quick(page)
    page.route("**/export/jobs", lambda route: route.fulfill(json=failed))
    start(page).click()
    expect(said(page)).to_have_text("The disk is full.")
    expect(start(page)).to_have_text("Try again")
    page.unroute("**/export/jobs")
    path = exported(page, tmp_path)
    assert frame_size(path) == (240, 200)


def test_a_lost_server_is_told_and_the_export_goes_on(
    elsewhere: Callable[..., Page], serve: Callable[..., Server], tmp_path: Path
) -> None:
    own, page = serve(), elsewhere()
    visit(page, own.address)
    opened(page)
    own_size(page, 1280, 720)
    start(page).click()
    expect(said(page)).to_have_text(PROGRESS, timeout=SLOW)
    own.stop()
    expect(said(page)).to_contain_text("The server does not answer", timeout=SLOW)
    with page.expect_download(timeout=2 * SLOW) as coming:
        own.start()
    assert frame_count(saved(coming.value, tmp_path)) == 165
    own.stop()


# ---- reach ----


def test_everything_can_be_done_by_keyboard(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="Export", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[value=mp4]")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[value=png]")).to_be_focused()
    expect(page.locator("[value=png]")).to_be_checked()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.export-start')"):
            break
    with page.expect_download(timeout=SLOW) as coming:
        page.keyboard.press("Enter")
    assert imageio.imread(saved(coming.value, tmp_path)).shape == (800, 1200, 3)
    closed(page)
    expect(page.get_by_role("button", name="Export", exact=True)).to_be_focused()


def test_cancelling_by_keyboard_keeps_the_focus(page: Page) -> None:
    opened(page)
    large_and_slow(page)
    start(page).press("Enter")
    expect(cancel(page)).to_be_focused()
    cancel(page).press("Enter")
    expect(start(page)).to_be_focused()


@pytest.mark.parametrize("size", [(390, 844), (820, 1180), (1440, 900)])
def test_nothing_is_cut_off(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page)
    dialog = page.locator(".mantine-Modal-content").bounding_box()
    assert dialog is not None
    if size[0] < 700:
        assert (dialog["x"], dialog["y"], dialog["width"], dialog["height"]) == (0, 0, *size)
    wide = page.evaluate(
        "[...document.querySelectorAll('.export-inside *:not(.only-spoken)')]"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)"
        ".filter((one) => getComputedStyle(one).display !== 'inline' && !one.matches('.export-lines, .export-name'))"
        ".map((one) => one.className)"
    )
    assert wide == []
    expect(start(page)).to_be_in_viewport(ratio=1)
