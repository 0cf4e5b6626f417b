"""The export dialog: preview and choices, files, and what stays after a reload."""

import json
from pathlib import Path
from typing import Any

import imageio.v3 as imageio
from playwright.sync_api import Page, expect

from fall_line.exports import FORMATS
from tests.browser.conftest import visit
from tests.browser.exporting import (
    SLOW,
    closed,
    exported,
    facts,
    field,
    form,
    opened,
    own_size,
    preview,
    problem,
    remembered,
    said,
    saved,
    start,
)
from tests.browser.reading import settled


def test_the_preview_follows_every_choice_and_only_what_the_format_heeds_is_shown(page: Page) -> None:
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
    changes(lambda: page.locator(".export-segment").get_by_text("Slide").click())
    changes(lambda: field(page, "Own title", "Why momentum wins"))
    expect(page.get_by_role("checkbox", name="Title", exact=True)).to_be_checked()
    changes(lambda: field(page, "Line width", "6"))
    changes(lambda: field(page, "Last step", "20"))
    changes(lambda: page.locator("select[data-choice=size]").select_option("1080x1080"))
    expect(facts(page)).to_contain_text("1080 × 1080 · 165 frames · 5.5 s · about")
    field(page, "Length in seconds", "2")
    field(page, "Hold the end", "0.5")
    field(page, "Frames a second", "20")
    expect(facts(page)).to_contain_text("40 frames · 2 s")
    field(page, "Number of steps a frame", "5")
    expect(page.get_by_role("radio", name="Steps a frame")).to_be_checked()
    field(page, "First step", "10")
    expect(facts(page)).to_contain_text("13 frames")
    assert len(seen) == 10
    only_what_the_format_heeds_is_shown(page)


def only_what_the_format_heeds_is_shown(page: Page) -> None:
    for key, one in FORMATS.items():
        page.locator(f".export-card:has([value={key}])").click()
        expect(page.locator(f"[value={key}]")).to_be_checked()
        shown = {name for name in heeded(page) if name not in ("format", "size", "pace")}
        expected = set(one.heeds) - {"width", "height"}  # fields only of an own size
        assert shown == expected, key


def test_the_preview_has_the_files_proportions_and_grows_on_a_click(page: Page) -> None:
    opened(page)
    page.locator("select[data-choice=size]").select_option("1280x720")
    image, larger = page.locator(".export-frame img"), page.locator("dialog.export-larger")
    expect(image).to_have_js_property("naturalHeight", 316, timeout=SLOW)
    frame = page.locator(".export-frame").bounding_box()
    assert frame is not None
    assert abs((frame["width"] - 2) / (frame["height"] - 2) - 1280 / 720) < 0.02
    page.get_by_title("Show it larger").click()
    expect(larger).to_be_visible()
    expect(larger.locator("img")).to_have_js_property("naturalWidth", 1280, timeout=SLOW)
    page.keyboard.press("Escape")
    expect(larger).to_be_hidden()
    expect(start(page)).to_be_visible()
    page.get_by_title("Show it larger").click()
    expect(larger).to_be_visible()
    larger.locator("img").click()
    expect(larger).to_be_hidden()
    closed(page)


def heeded(page: Page) -> set[str]:
    """The choices whose controls can be seen."""
    controls = page.locator("[data-choice]")
    return set(controls.evaluate_all("all => all.filter(one => one.offsetParent).map(one => one.dataset.choice)"))


def test_a_wrong_size_or_pace_is_told_and_on_no_screen_anything_is_cut_off(page: Page) -> None:
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
    # And so is a pace of too many pixels.
    own_size(page, 4096, 4096)
    field(page, "Length in seconds", "60")
    expect(problem(page)).to_contain_text("billion pixels")
    own_size(page, 800, 800)
    field(page, "Length in seconds", "2")
    expect(problem(page)).to_be_hidden()
    closed(page)
    for size in ((390, 844), (820, 1180), (1440, 900)):
        nothing_is_cut_off(page, size)
        closed(page)


def test_choices_are_kept_over_a_reload_and_a_close_and_heeded(page: Page, tmp_path: Path) -> None:
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
    page.get_by_role("checkbox", name="Transparent background").uncheck()
    the_picture_has_the_chosen_size(page, tmp_path)


def the_picture_has_the_chosen_size(page: Page, tmp_path: Path) -> None:
    path = exported(page, tmp_path)
    assert path.name == "hills-and-canyon-5-runs.png"
    assert imageio.imread(path).shape == (480, 642, 3)
    expect(said(page)).to_contain_text("hills-and-canyon-5-runs.png")
    with page.expect_download() as again:
        page.locator(".export-action").get_by_role("link", name="Download").click()
    assert saved(again.value, tmp_path / "again").read_bytes() == path.read_bytes()


def test_the_players_step_can_be_taken_over_and_the_pages_theme_is(page: Page) -> None:
    page.evaluate("client.playing.seek(40)")
    opened(page)
    before = preview(page)
    page.get_by_role("button", name="Up to step 40, where the player stands").click()
    expect(page.get_by_label("Last step", exact=True)).to_have_value("40")
    page.wait_for_function("(old) => document.querySelector('.export-frame img').src !== old", arg=before)
    closed(page)
    the_pages_theme_is_the_files(page)


def the_pages_theme_is_the_files(page: Page) -> None:
    page.get_by_role("button", name="Switch between light and dark").click()
    opened(page)
    expect(page.locator("[data-choice=theme][value=dark]")).to_be_checked()
    page.get_by_role("checkbox", name="Formula").check()
    closed(page)
    page.get_by_role("button", name="Switch between light and dark").click()
    opened(page)
    expect(page.locator("[data-choice=theme][value=light]")).to_be_checked()


# ---- files ----


def test_what_the_reader_has_zoomed_to_is_exported(page: Page, tmp_path: Path) -> None:
    opened(page)
    whole = preview(page)
    closed(page)
    box = page.locator("#surface-plot .nsewdrag").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6)
    page.mouse.wheel(0, -400)
    page.wait_for_function("() => client.explore.state.shown !== null")
    settled(page)
    shown = page.evaluate("client.explore.state.shown")
    opened(page)
    page.wait_for_function("(old) => document.querySelector('.export-frame img').src !== old", arg=whole)
    form(page, "JSON")
    path = exported(page, tmp_path)
    assert json.loads(path.read_text(encoding="utf-8"))["view"] == shown


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


def nothing_is_cut_off(page: Page, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page)
    if size[0] < 700:  # it fills the screen, once it has slid in
        page.wait_for_function(
            "(size) => { const box = document.querySelector('.mantine-Modal-content').getBoundingClientRect();"
            " return [box.x, box.y, box.width, box.height].join() === `0,0,${size}` }",
            arg=list(size),
        )
    wide = page.evaluate(
        "[...document.querySelectorAll('.export-inside *:not(.only-spoken)')]"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)"
        ".filter((one) => getComputedStyle(one).display !== 'inline' && !one.matches('.export-lines, .export-name'))"
        ".map((one) => one.className)"
    )
    assert wide == []
    expect(start(page)).to_be_in_viewport(ratio=1)


def test_a_table_is_chosen_with_label_and_values_and_a_decimal_comma(page: Page, tmp_path: Path) -> None:
    opened(page)
    form(page, "CSV")
    lines = page.locator(".export-lines")
    expect(lines).to_contain_text("run,optimizer,step", timeout=SLOW)
    page.get_by_role("checkbox", name="Label and values").check()
    page.get_by_role("checkbox", name="Decimal comma").check()
    expect(lines).to_contain_text(
        "run;optimizer;step;x;y;loss;gradient_x;gradient_y;chaotic_from_step;label;learning_rate", timeout=SLOW
    )
    expect(page.get_by_label("Line width")).to_be_hidden()
    header, first = exported(page, tmp_path).read_text(encoding="utf-8").splitlines()[:2]
    row = dict(zip(header.split(";"), first.split(";"), strict=True))
    assert (row["x"], row["label"], row["learning_rate"]) == ("-2,7999999999999998", "Nesterov", "0,01")
    page.get_by_role("checkbox", name="Quartiles over the seeds").check()
    expect(lines).to_contain_text("lower_quartile;median;upper_quartile", timeout=SLOW)
