"""A hundred readers at once, on two cores: how long they wait for an answer, and what each costs the server.

    python -m benchmarks.readers [--readers 100] [--seconds 60] [--pages walks asks]

Each reader looks at nine runs of 125 steps and, over and over, reaches a slider, drags it for three seconds, rests,
drags the start for three seconds and rests. Two pages are told apart, one after the other before the same server,
gunicorn as the Dockerfile starts it:

    walks   fetches the programs once and keeps them; while the hand moves it asks nothing, at rest for the exact answer
    asks    asks at every move, one question at a time, the newest next: the page without programs
"""

import argparse
import http.client
import json
import os
import random
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import numpy as np

from benchmarks.browser import served
from benchmarks.experiments import nine_runs

GUNICORN = (
    *("-m", "gunicorn", "app:server", "--worker-class", "gthread", "--workers", "1", "--threads", "8"),
    *("--keep-alive", "310", "--bind", "127.0.0.1:{port}"),
)
FRAME = 1 / 60  # s
DRAG, PAUSE, REST = 3.0, 0.1, 3.0  # s: a drag, from its last move to the question at rest, and until the next
PAGES = ("walks", "asks")
PROGRAMS = (("program", {"kind": "surface", "key": "hills_and_canyon"}), ("programs", {"kind": "rule"}))
Experiment = dict


class Reader:
    """One reader with one connection, who notes how long each answer took, in ms."""

    def __init__(self, address: str, version: str, seed: int) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc)
        self.version, self.random = version, random.Random(seed)
        self.waits: list[float] = []
        self.programs: set[str] = set()

    def ask(self, way: str, place: str, question: Experiment | None = None) -> None:
        """Ask and read the answer to its end."""
        begun = time.perf_counter()
        body = None if question is None else json.dumps(question)
        self.connection.request(way, place, body, {"Content-Type": "application/json", "Accept-Encoding": "gzip"})
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{place} is answered with status {answer.status}.")
        self.waits.append(1000 * (time.perf_counter() - begun))

    def hover(self) -> None:
        """Fetch the programs that the reader hasn't got yet."""
        for place, asked in PROGRAMS:
            if place not in self.programs:
                self.ask("GET", f"/explore/{place}?{urlencode(asked | {'version': self.version})}")
                self.programs.add(place)

    def moves(self, what: str) -> Iterator[Experiment]:
        """Yield what is shown after each move, a frame apart at least, as long as a drag lasts."""
        experiment = nine_runs(125)
        end = time.perf_counter() + DRAG
        while time.perf_counter() < end:
            begun = time.perf_counter()
            if what == "start":
                experiment["start"] = [self.random.uniform(-2.5, 2.5), self.random.uniform(-2.5, 2.5)]
            else:
                experiment["runs"][0]["hypers"] = {"learning_rate": 10 ** self.random.uniform(-3, -1)}
            yield experiment
            time.sleep(max(0.0, begun + FRAME - time.perf_counter()))

    def visit(self, page: str, end: float) -> None:
        """Drag slider and start in turn until the clock says `end`."""
        time.sleep(self.random.uniform(0, 2 * (DRAG + PAUSE + REST)))  # readers don't come all at once
        while time.perf_counter() < end:
            for what in ("slider", "start"):
                if page == "walks":
                    self.hover()
                last = nine_runs(125)
                for last in self.moves(what):
                    if page == "asks":
                        self.ask("POST", "/explore/paths", last)
                time.sleep(PAUSE)
                self.ask("POST", "/explore/paths", last)
                time.sleep(REST)


def cpu_seconds() -> float:
    """Return what the processes that this one started have used so far, those that they started included, in s."""
    parents, used = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(folder.name)], used[int(folder.name)] = int(words[1]), int(words[11]) + int(words[12])
    ours, found = {os.getpid()}, set[int]()
    while ours:
        ours = {one for one, parent in parents.items() if parent in ours}
        found |= ours
    return sum(used[one] for one in found) / os.sysconf("SC_CLK_TCK")


def measured(address: str, version: str, page: str, readers: int, seconds: float) -> tuple[np.ndarray, float]:
    """Return the ms of all answers, and the server's CPU seconds a reader and minute."""
    crowd = [Reader(address, version, seed) for seed in range(readers)]
    before, begun = cpu_seconds(), time.perf_counter()
    threads = [threading.Thread(target=one.visit, args=(page, begun + seconds)) for one in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    minutes = (time.perf_counter() - begun) / 60
    return np.concatenate([one.waits for one in crowd]), (cpu_seconds() - before) / readers / minutes


def main() -> None:
    """Measure what is chosen and print a line a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=100, help="how many, 100 unless given")
    parser.add_argument("--seconds", type=float, default=60, help="how long a page is read, 60 unless given")
    parser.add_argument("--pages", nargs="+", choices=PAGES, default=list(PAGES), help="both unless given")
    given = parser.parse_args()
    costs = {}
    print(f"{given.readers} readers, {'page':<8}{'answers':>9}{'p50 ms':>9}{'p95 ms':>9}{'CPU s a reader-minute':>24}")
    with served(*GUNICORN) as address:
        first = Reader(address, "", 0)
        first.ask("GET", "/")
        first.ask("POST", "/explore/paths", nine_runs(125))  # compiles
        first.connection.request("GET", "/")
        found = re.search(r'data-programs="(\w+)"', first.connection.getresponse().read().decode())
        first.version = found[1] if found else ""
        first.hover()  # translates
        for page in given.pages:
            waits, costs[page] = measured(address, first.version, page, given.readers, given.seconds)
            p50, p95 = np.quantile(waits, [0.5, 0.95])
            print(f"{'':>13}{page:<8}{len(waits):9d}{p50:9.1f}{p95:9.1f}{costs[page]:24.3f}", flush=True)
    if len(costs) == 2:
        ratio = costs["walks"] / costs["asks"]
        print(f"CPU of the page that walks: {ratio:.2f} of the one that asks; aims: p95 < 100 ms, CPU <= 0.10")


if __name__ == "__main__":
    main()
