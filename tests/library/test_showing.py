"""`show` serves the page from the process that asked, with what was made there, to frames of notebooks."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Asked in a process of its own: Dash makes one app a process.
PROGRAM = """
import json, urllib.request
import jax.numpy as jnp
import numpy as np
import fall_line as fl
from networks import Data, Task

def sign_steps(problem, point, state, *, eta):
    return point - eta * jnp.sign(problem.gradient(point)), state

rule = (lambda point: (), sign_steps)
runs = fl.descend(lambda x, y: (x**2 + 7 * y**2) / 2, start=(3, 1), steps=20, runs=[fl.run(rule, eta=0.25), "adam"])
told = runs.summary
frame = fl.show(runs, height=500)
again = fl.show("cross-method/wobbly")
address = frame.src.partition("?")[0]

def posted(path, data):
    request = urllib.request.Request(address + path, json.dumps(data).encode(), {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request))

inputs = np.linspace(-1, 1, 40)[None]
task = Task("mine", "My parabola", lambda: Data(inputs, inputs**2), "squared", "See.", "mine", layers=(3,), steps=9)
trained = fl.show(fl.train(task, runs=["adam"])).src
key = trained.partition("task=")[2].partition("&")[0]
learned = posted("train/answers", {"experiment": {"task": key, "runs": [{"optimizer": "adam"}]}})
page = urllib.request.urlopen(frame.src)
experiment = runs.experiment.model_dump(mode="json")
answer = posted("explore/paths", experiment)
asked = {"surface": experiment["surface"], "parameters": {}, "levels": "automatic", "view": None}
contour = posted("explore/contour", asked | {"width": 400, "theme": "light", "revision": 1})
print(json.dumps({
    "status": page.status, "policy": page.headers["Content-Security-Policy"], "height": frame.height,
    "same": again.src.startswith(address), "summary": answer["summary"], "told": told,
    "task": key, "learned": learned["trainings"][0][0]["step"],
    "contour": len(contour["data"]), "listed": experiment["surface"], "src": frame.src,
}))
"""


@pytest.fixture(scope="module")
def shown():
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_page_is_served_from_loopback(shown):
    assert shown["status"] == 200
    assert shown["src"].startswith("http://127.0.0.1:")
    assert shown["height"] == 500
    assert shown["same"], "one server serves all cells"


def test_it_may_be_framed_by_notebooks_on_this_machine_alone(shown):
    (framed,) = [part for part in shown["policy"].split("; ") if part.startswith("frame-ancestors")]
    hosts = framed.split()[1:]
    assert "http://localhost:*" in hosts
    assert {host.partition("://")[2].partition(":")[0] for host in hosts if "://" in host} <= {"localhost", "127.0.0.1"}


def test_what_was_made_in_python_is_there(shown):
    assert shown["summary"] == shown["told"]
    assert shown["contour"] >= 1
    assert f"surface={shown['listed']}" in shown["src"]
    assert shown["task"].startswith("own-")
    assert shown["learned"] == 9
