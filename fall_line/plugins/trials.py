"""Has plugins tried out in processes of their own, some at a time, and outlives whatever becomes of those."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from fall_line.folders import ROOT
from fall_line.plugins.plugin_file import PluginError

LIMIT_SECONDS = 10.0  # for one file
GRACE_SECONDS = 5.0  # in which a process that is past its limit ends itself
START_SECONDS = 120.0  # until a process has loaded JAX
MOST_PROCESSES = 4


def faults(paths: list[Path], limit: float = LIMIT_SECONDS) -> dict[Path, PluginError | None]:
    """Return for each file why it can't be used, or None; each may take `limit` seconds."""
    crew = _Crew(paths, limit)
    count = min(len(paths), os.cpu_count() or 1, MOST_PROCESSES)
    if not count:
        return {}
    with ThreadPoolExecutor(count) as threads:
        try:
            for done in [threads.submit(crew.work) for _ in range(count)]:
                done.result()
        except BaseException:
            crew.stop()
            raise
    return crew.found


class _Crew:
    """Threads with a process each, which share what is to be done."""

    def __init__(self, paths: list[Path], limit: float) -> None:
        self.waiting, self.limit = deque(paths), limit
        self.found: dict[Path, PluginError | None] = {}
        self.processes: list[_Process] = []

    def work(self) -> None:
        """Try out file after file; a process that ended is followed by another."""
        process: _Process | None = None
        while path := self._next():
            if process is None:
                process = _Process(self.limit)
                self.processes.append(process)
            self.found[path] = process.ask(path)
            if process.ended:
                process = None
        if process is not None:
            process.stop()

    def stop(self) -> None:
        """Let all threads come to their end."""
        self.waiting.clear()
        for process in self.processes:
            process.kill()

    def _next(self) -> Path | None:
        try:
            return self.waiting.popleft()
        except IndexError:
            return None


class _Process:
    """A process that tries out one file after the other."""

    def __init__(self, limit: float) -> None:
        self.limit, self.ended = limit, False
        self.report = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115, closed by stop
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "fall_line.plugins.trial_process", str(limit)],
            env=os.environ | {"PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.report,
            text=True,
            # Ctrl+C reaches only the program itself.
            start_new_session=True,
        )
        self.started = False

    def ask(self, path: Path) -> PluginError | None:
        """Return why the file at `path` can't be used, or None."""
        if not self._ready():
            return self._gone(path)
        with self._killed_after(self.limit + GRACE_SECONDS):
            try:
                print(json.dumps(str(path)), file=self.process.stdin, flush=True)
                answer = json.loads(self._answer())
                return answer and PluginError(path.name, *answer)
            except (OSError, ValueError):  # no answer, or half of one
                return self._gone(path)

    def stop(self) -> None:
        """Let the process end, whatever threads are left in it."""
        self.process.communicate()
        self.report.close()

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()

    def _ready(self) -> bool:
        """Wait until the process can be asked, and return whether it can."""
        if not self.started:
            with self._killed_after(START_SECONDS):
                self.started = self._answer() == "ready\n"
        return self.started

    def _answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline()

    @contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        timer = Timer(seconds, self.process.kill)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _gone(self, path: Path) -> PluginError:
        """Return what ended the process over the file at `path`."""
        self.ended = True
        self.process.kill()
        code = self.process.wait()
        self.report.seek(0)
        report = self.report.read()
        self.stop()
        if not self.started:
            said = report.strip().splitlines()[-1:] or ["no reason was given"]
            return PluginError(path.name, None, f"it could not be tried out: {said[0]}")
        return PluginError(path.name, _line(report, path), _ending(code, report, self.limit))


def _ending(code: int, report: str, limit: float) -> str:
    if re.search("^Timeout", report, re.MULTILINE):
        return f"it was not done after {limit:g} seconds; does it loop for ever?"
    if code < 0 and code != -signal.SIGKILL:
        return f"it crashed the process that tried it out ({signal.strsignal(-code)})."
    return "it ended the process that tried it out."


def _line(report: str, path: Path) -> int | None:
    """Return the innermost line of `path` in a traceback of the module `faulthandler`."""
    name = str(path).encode("ascii", "backslashreplace").decode()
    found = re.search(rf'File "{re.escape(name[:500])}[^"]*", line (\d+)', report)
    return int(found[1]) if found else None
