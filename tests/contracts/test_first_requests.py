"""Readers who come together to a server that has just begun get the same page."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# While Dash gets ready for its first request, which is held here, a second one is answered.
TOGETHER = """
import base64, hashlib, os, re, threading
import dash
from fall_line.pages import site

site._warm_up = lambda app: None
held, asked = threading.Event(), threading.Event()
own = dash.Dash.callback

def slowly(self, *given, **named):
    if threading.current_thread().name == "first":
        asked.set()
        held.wait()
    return own(self, *given, **named)

dash.Dash.callback = slowly
app = site.create_app()
first = threading.Thread(target=lambda: app.server.test_client().get("/"), name="first")
first.start()
while first.is_alive() and not asked.is_set():
    asked.wait(0.01)
second = app.server.test_client().get("/")
held.set()
first.join()
third = app.server.test_client().get("/")
for answer in (second, third):
    scripts = re.findall(r"<script>(.*?)</script>", answer.get_data(as_text=True), re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts]
    print(len(scripts), all(one in answer.headers["Content-Security-Policy"] for one in digests))
os._exit(0)
"""


def test_the_second_of_two_readers_does_not_see_half_a_site() -> None:
    words = [sys.executable, "-u", "-c", TOGETHER]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    second, third = ran.stdout.splitlines()
    assert second == third == "2 True"  # the page's own and Dash's of its pages
