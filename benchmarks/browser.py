"""A server in a process of its own and a Chromium that tells when something was painted."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
# The page's modules are there as `client`. Inputs are noted when the browser made them, paints in the first task after
# the frame that shows a drawing.
PROBE = """
addEventListener('DOMContentLoaded', async () => {
    const script = document.getElementById('fall-line');
    if (script) window.client = await import(script.src);
});
window.probe = { inputs: [], paints: [], frames: [] };
for (const kind of ['pointerdown', 'pointermove'])
    document.addEventListener(kind, (event) => { if (event.buttons) probe.inputs.push(event.timeStamp); }, true);
window.painted = () => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => probe.paints.push(performance.now());
    channel.port2.postMessage(0);
});
const mark = performance.mark.bind(performance);
performance.mark = (name, ...rest) => { if (name === 'fallline:drawn') painted(); return mark(name, ...rest); };
"""


@contextmanager
def served(*command: str) -> Iterator[str]:
    """Run `python COMMAND…` with a free PORT, also written for {port}, and yield its address once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1"}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, *(one.format(port=port) for one in command)],
        cwd=ROOT,
        env=environment,
        stdout=quiet,
        stderr=quiet,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"nothing answers at {address}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a headless Chromium, the system's own."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
