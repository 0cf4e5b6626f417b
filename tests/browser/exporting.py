"""Works the export dialog as a reader does, and looks into the files that come."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import imageio.v3 as imageio
import imageio_ffmpeg
from playwright.sync_api import Download, Locator, Page, expect

from tests.browser.conftest import Server

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
