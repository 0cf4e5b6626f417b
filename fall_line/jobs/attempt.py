"""One attempt of a worker at one job: claim it, do it while telling that both live, and say how it ended."""

import errno
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from fall_line.drawing.scene_file import load
from fall_line.exports import FORMATS, ExportError
from fall_line.jobs import training_process
from fall_line.jobs.folder import Job, write_whole
from fall_line.validation import InputError

PULSE_SECONDS = 1.0
TELL_SECONDS = 0.2
STALLED_SECONDS = 300.0
FULL = "The disk is full: there is no room for the file. Free some space and try again."
UNEXPECTED = "Something went wrong while it was drawn; the worker's log says what. Other choices may work."
UNEXPECTED_TRAINING = "Something went wrong while it was trained; the worker's log says what. Other values may work."

log = logging.getLogger(__name__)

# Set by the worker in whose process this runs.
stopping: Callable[[], bool] = lambda: False  # noqa: E731


class Unwanted(Exception):  # noqa: N818, nothing went wrong
    """The work is no longer wanted here: it was cancelled, the worker stops, or another attempt has taken over."""


class _Watch:
    """Tells the progress of an attempt, and ends it when nobody wants it any more."""

    def __init__(self, job: Job, number: int) -> None:
        self.job, self.number = job, number
        self.told = self.heard = time.monotonic()

    def superseded(self) -> bool:
        """Return whether this worker was given up for lost, e.g. because its machine slept."""
        return self.job.lost(self.number).exists() or self.job.result.exists()

    def check(self) -> None:
        """Raise Unwanted if nobody wants it any more."""
        if stopping() or self.job.cancelled.exists() or self.superseded():
            raise Unwanted

    def __call__(self, done: int, total: int) -> None:
        self.heard = time.monotonic()
        self.check()
        if done in (0, total) or self.heard - self.told >= TELL_SECONDS:
            write_whole(self.job.attempt(self.number), {"done": done, "total": total})
            self.told = self.heard


def draw(job: Job) -> bool:
    """Draw `job`, unless somebody else does or nobody wants it. Return False if it must be queued again."""
    if job.kind() != "waiting":
        return True
    if stopping():
        return False
    number = job.number
    if not job.claim(number):
        return True
    watch = _Watch(job, number)
    with _pulse(job.attempt(number), watch):
        job.remove_drafts()
        problem = _drawn(job, watch)
    return watch.superseded() or _settled(job, number, problem)


def sentence(error: OSError) -> str:
    """Return what a reader should know about `error`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL
    return f"The file can't be written: {error.strerror or error}."


def _drawn(job: Job, watch: _Watch) -> str:
    """Make the job's file and return "", or the sentence that says why there is none."""
    unexpected = UNEXPECTED_TRAINING if job.trains else UNEXPECTED
    try:
        _make(job, watch)
        return "" if job.file.is_file() else unexpected
    except Unwanted:
        return unexpected
    except (ExportError, InputError) as error:
        return str(error)
    except OSError as error:
        return sentence(error)
    except Exception:
        log.exception("A job of the format %s failed.", job.order["format"])
        return unexpected


def _make(job: Job, watch: _Watch) -> None:
    if job.trains:
        training_process.train(job.path, watch, watch.check)
        return
    draw_file = FORMATS[job.order["format"]].draw
    assert draw_file is not None
    draw_file(load(job.scene), job.file, watch)


def _settled(job: Job, number: int, problem: str) -> bool:
    """Say how the attempt ended. Return False if the job waits again because the worker stops."""
    if job.cancelled.exists():
        job.sweep()
    elif problem and stopping():
        job.remove_drafts()
        job.attempt(number).unlink()
        return False
    else:
        job.finish(problem)
    return True


@contextmanager
def _pulse(attempt: Path, watch: _Watch) -> Iterator[None]:
    """Touch the attempt's file each second, so that nobody takes it for lost while, say, the surface is drawn.

    A drawing that stands still for minutes ends its process; it then counts as lost.
    """
    over = threading.Event()

    def beat() -> None:
        while not over.wait(PULSE_SECONDS):
            with suppress(FileNotFoundError):
                os.utime(attempt)
            if time.monotonic() - watch.heard > STALLED_SECONDS:
                log.error("A drawing stood still for %d s and was given up.", STALLED_SECONDS)
                os._exit(1)

    thread = threading.Thread(target=beat, name="pulse", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
