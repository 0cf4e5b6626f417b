"""Keeps a worker beside the development server, so that one command is all that has to be started."""

import atexit
import subprocess
import sys
import threading
import time

from fall_line.folders import ROOT

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0
PATIENCE_SECONDS = 10.0
UNUSABLE_SETTINGS = 2


def keep_worker() -> None:
    """Start a worker in a process of its own, start it anew when it dies, and stop it when this process ends.

    Whichever way this process ends: the worker's standard input is then closed, and it stops.
    """
    keeper = _Keeper()
    atexit.register(keeper.stop)
    threading.Thread(target=keeper.keep, name="worker keeper", daemon=True).start()


class _Keeper:
    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._starting = threading.Lock()
        self._worker: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        """Run workers, one after the other, until stopped. The shorter they live the longer the pause."""
        pause = FIRST_PAUSE_SECONDS
        while (worker := self._start()) is not None:
            started = time.monotonic()
            if worker.wait() == UNUSABLE_SETTINGS:
                return
            lived = time.monotonic() - started
            pause = FIRST_PAUSE_SECONDS if lived > LONGEST_PAUSE_SECONDS else min(2 * pause, LONGEST_PAUSE_SECONDS)
            self._stopping.wait(pause)

    def stop(self) -> None:
        """Stop the worker and wait for its end."""
        with self._starting:
            self._stopping.set()
        if self._worker is None or self._worker.stdin is None:
            return
        self._worker.stdin.close()
        try:
            self._worker.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self._worker.kill()

    def _start(self) -> subprocess.Popen[bytes] | None:
        with self._starting:
            if self._stopping.is_set():
                return None
            # In a session of its own: Ctrl+C reaches only this process, whose end the worker notices.
            self._worker = subprocess.Popen(
                [sys.executable, "-m", "fall_line.jobs.worker", "--beside"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                start_new_session=True,
            )
            return self._worker
