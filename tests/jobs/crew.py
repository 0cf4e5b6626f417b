"""Processes for the tests of jobs: workers, what descends from them, and waiting for what they do."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from fall_line import jobs
from fall_line.drawing.choices import Choices
from fall_line.experiments.mending import check
from fall_line.exports._staging import scene

ROOT = Path(__file__).parents[2]
STRANGE = [sys.executable, str(Path(__file__).with_name("strange_worker.py"))]
DEADLINE = 40.0


def until(condition):
    """Wait until `condition()` is true, and return what it returned."""
    end = time.monotonic() + DEADLINE
    while not (met := condition()):
        assert time.monotonic() < end, f"waited in vain for {condition.__code__.co_names}"
        time.sleep(0.02)
    return met


@cache
def staged(**choices):
    experiment = check({"surface": "saddle", "steps": 20, "runs": [{"optimizer": "momentum"}]})
    return scene(experiment, Choices(**choices))


def submit(title="some", key="quick", browser="somebody", **choices):
    return jobs.submit(replace(staged(**choices), title=title), key, f"{title}.{key}", browser)


def kind(id):
    return jobs.state(id).kind


def ended(*ids):
    """Wait for the jobs' ends and return how they ended."""
    return [until(lambda id=id: (found := jobs.state(id)).kind not in ("waiting", "drawing") and found) for id in ids]


def told(folder, word):
    """The lines of that word that strange formats wrote: title, process, whether JAX was loaded."""
    log = folder / "told.log"
    lines = [line.split() for line in log.read_text().splitlines()] if log.exists() else []
    return [(title, int(pid), jax) for one, title, pid, jax in lines if one == word]


def processes():
    """Every process that isn't a zombie, as {id: (parent, command)}."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                name, _, rest = (folder / "stat").read_text().partition("(")[2].rpartition(")")
            except (FileNotFoundError, ProcessLookupError):
                continue
            status, parent = rest.split()[:2]
            if status != "Z":
                found[int(folder.name)] = (int(parent), name)
    return found


def descendants(pid):
    """The ids of all processes that descend from `pid`, without itself."""
    everything = processes()
    found, fresh = set(), {pid}
    while fresh:
        fresh = {one for one, (parent, _) in everything.items() if parent in fresh}
        found |= fresh
    return found


def alive(pids):
    return set(pids) & processes().keys()


class Crew:
    """Workers, each in a session of its own; all are gone after the test, with all that descends from them."""

    def __init__(self, notes: Path):
        self.notes, self.started = notes, []

    def start(self, *arguments, command=STRANGE, **environment):
        """Start a worker whose words on stderr go to its file `said`."""
        said = self.notes / f"said-{len(self.started)}"
        with said.open("wb") as stream:
            process = subprocess.Popen(
                [*command, *arguments],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=stream,
                start_new_session=True,
            )
        process.said = said
        self.started.append(process)
        return process

    def dismiss(self):
        for process in self.started:
            left = descendants(process.pid)
            for pid in {process.pid, *left}:
                if pid in left or process.poll() is None:
                    kill(pid, signal.SIGKILL)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(DEADLINE)
            process.stdin.close()


def kill(pid, number):
    with suppress(ProcessLookupError):
        os.kill(pid, number)
