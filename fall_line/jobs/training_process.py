"""A training in a process of its own, which loads JAX and ends with its job; this one watches it."""

import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fall_line.exports import ExportError
from fall_line.folders import ROOT

LOOK_SECONDS = 0.2  # from one look to the next whether it is still wanted
PROBLEM = b"!"  # begins the line that says in a sentence why nothing is trained
COMMAND = [sys.executable, "-m", "fall_line.jobs.trainer"]


class TrainingFailed(Exception):  # noqa: N818, it has
    """The process ended before the training did."""


def train(job: Path, progress: Callable[[int, int], None], check: Callable[[], None]) -> None:
    """Train what is ordered in the folder `job`, where the file will be; tell `progress` of steps and of all steps.

    Whatever `progress` and `check` raise ends the process.

    Raises:
        ExportError: it can't be trained; the text says why.
        TrainingFailed: the process ended before the training did; what it said of it is in the worker's log.
    """
    with _process(job) as process:
        for line in _lines(process, check):
            if line.startswith(PROBLEM):
                raise ExportError(line.removeprefix(PROBLEM).decode())
            progress(*map(int, line.split()))
        if process.wait():
            raise TrainingFailed(f"The process that trains ended with {process.returncode}.")


@contextmanager
def _process(job: Path) -> Iterator[subprocess.Popen[bytes]]:
    # In a session of its own: signals of the terminal reach only this process, which ends that one.
    process = subprocess.Popen(
        [*COMMAND, str(job)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()


def _lines(process: subprocess.Popen[bytes], check: Callable[[], None]) -> Iterator[bytes]:
    """Yield what it prints, line by line, and look meanwhile whether it is still wanted."""
    assert process.stdout is not None
    left = b""
    while True:
        ready, _, _ = select.select([process.stdout], [], [], LOOK_SECONDS)
        check()
        if not ready:
            continue
        said = os.read(process.stdout.fileno(), 65536)
        if not said:
            return
        *lines, left = (left + said).split(b"\n")
        yield from lines
