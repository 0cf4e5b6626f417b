"""The wheel, installed into an empty environment, has everything: command, page, worker, library."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

import fall_line

ROOT = Path(__file__).parents[2]
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
LIBRARY = """
import json, sys
import fall_line as fl
import optax

def step(problem, point, state, *, eta):
    return point - eta * problem.gradient(point), state

rule = (lambda _: (), step)
runs = fl.descend(lambda x, y: (x**2 + 7*y**2)/2, start=(3, 1), steps=200,
                  runs=[fl.run("adam", learning_rate=0.1), fl.run(optax.adamw(0.05)), fl.run(rule, eta=0.2)])
runs.figure(), runs.save("race.png"), fl.descend("cross-method/wobbly").link()
print(json.dumps([fl.__file__, list(runs.losses.shape), sorted(runs.frame("dict")), runs.outcomes[0]]))
"""


def ran(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    ran(*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """The programs' folder of an environment that has the wheel and what the compiled requirements name."""
    place = tmp_path_factory.mktemp("environment") / "env"
    venv.create(place, with_pip=False)
    python = place / "bin" / "python"
    ran(
        *PIP,
        "--python",
        python,
        "install",
        "--no-compile",
        "--require-hashes",
        "--requirement",
        ROOT / "requirements.txt",
    )
    ran(*PIP, "--python", python, "install", "--no-compile", "--no-deps", wheel)
    # What the wheel says that it needs is all there, in versions that suit it.
    ran(*PIP, "--python", python, "check")
    return python.parent


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A folder where nothing of the project lies, and an environment that doesn't lead to it."""
    place = tmp_path_factory.mktemp("elsewhere")
    variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "REDIS_URL")}
    return {"cwd": place, "env": variables | {"HOME": str(place)}}


def test_it_holds_the_rooms_and_the_page_s_own_files(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"fall_line", "landscapes", "networks", "optimizers", f"fall_line-{fall_line.__version__}.dist-info"}
    for folder, inside in ((ROOT / "assets", "fall_line/assets"), (ROOT / "fall_line", "fall_line")):
        files = [one.relative_to(folder) for one in folder.rglob("*") if one.is_file() and one.suffix != ".pyc"]
        assert [one for one in files if f"{inside}/{one}" not in names] == []


def test_the_version_comes_from_one_place(wheel, environment, elsewhere):
    assert f"-{fall_line.__version__}-" in wheel.name
    assert ran(environment / "fall-line", "--version", **elsewhere) == f"Fall Line {fall_line.__version__}\n"
    assert "version = " not in (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.")[0]


def test_the_command_lists_and_exports(environment, elsewhere):
    assert "cross-method/wobbly" in ran(environment / "fall-line", "list", **elsewhere)
    told = ran(environment / "fall-line", "export", "cross-method/wobbly", "w.mp4", "--size", "400x300", **elsewhere)
    assert told == "Wrote 5 runs of 125 steps to w.mp4.\n"
    assert (elsewhere["cwd"] / "w.mp4").read_bytes()[4:8] == b"ftyp"


def test_a_wrong_word_is_told_by_the_command_s_name(environment, elsewhere):
    wrong = subprocess.run(
        [str(environment / "fall-line"), "frob"], capture_output=True, text=True, check=False, **elsewhere
    )
    assert wrong.returncode == 2
    assert wrong.stderr.endswith(" (fall-line --help tells more).\n")


def test_the_library_is_there(environment, elsewhere):
    file, shape, names, outcome = json.loads(ran(environment / "python", "-c", LIBRARY, **elsewhere))
    assert Path(file).is_relative_to(environment.parent)
    assert shape == [3, 201]
    assert {"run", "step", "x", "y", "loss"} <= set(names)
    assert outcome.startswith("Reached the minimum at (0, 0)")
    assert (elsewhere["cwd"] / "race.png").stat().st_size > 10_000


@pytest.fixture
def served(environment, elsewhere):
    """The address of the page that `fall-line` serves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = elsewhere["env"] | {"PORT": str(port), "FALL_LINE_JOBS_FOLDER": str(elsewhere["cwd"] / "jobs")}
    program = subprocess.Popen([environment / "fall-line"], cwd=elsewhere["cwd"], env=variables)
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: asked(f"{address}/health") == b"OK")
        yield address
    finally:
        program.send_signal(signal.SIGTERM)
        program.wait(20)


def asked(address, data=None):
    body = None if data is None else json.dumps(data).encode()
    try:
        request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
        return urllib.request.urlopen(request, timeout=60).read()
    except OSError:
        return b""


def until(holds, seconds=90):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


def test_the_page_and_its_worker_are_served_from_there(served):
    html = asked(f"{served}/").decode()
    assert "/assets/built/fall-line.js" in html
    files = [*(ROOT / "assets" / "vendor").glob("*.js"), *(ROOT / "assets" / "built").glob("fall-line.*s")]
    assert len(files) == 3
    for file in files:
        assert asked(f"{served}/{file.relative_to(ROOT)}") == file.read_bytes()
    experiment = {"surface": "wobbly", "runs": [{"optimizer": "adam"}]}
    assert json.loads(asked(f"{served}/explore/paths", experiment))["summary"].startswith("Wobbly, 125 steps")
    order = {"kind": "surface", "experiment": experiment, "format": "gif", "choices": {"width": 200, "height": 200}}
    job = json.loads(asked(f"{served}/export/jobs", order))
    until(lambda: json.loads(asked(f"{served}/export/jobs/{job['id']}"))["kind"] == "done")
