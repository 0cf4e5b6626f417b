"""Looks after the job folder: lost jobs are drawn once more, forgotten ones are queued, old ones are removed."""

import time
from contextlib import suppress

from fall_line.jobs import presence, queue
from fall_line.jobs.folder import Job, expired, jobs, remove_folder, root, unfinished

LEASE_SECONDS = 15.0
ABANDONED_SECONDS = 86400.0
MOST_TRAINED_BYTES = 2_000_000_000  # of the files of all trainings that are over


class Janitor:
    """One for each worker; any number of them can look after the same folder."""

    def __init__(self) -> None:
        # When which touch of an attempt's file was first seen, by this process's clock. It stands still while the
        # machine sleeps, so that no worker is taken for dead because everybody slept.
        self._pulses: dict[str, tuple[int, float]] = {}

    def tidy(self) -> None:
        """Do all that is to be done now.

        Raises:
            ExportError: the queue can't be reached.
            OSError: the job folder can't be written.
        """
        for job in jobs():
            try:
                self._look_after(job)
            except FileNotFoundError:  # another janitor removed it
                continue
            except ValueError:  # spoiled by a crash of the machine
                job.remove()
        _remove_oldest_trainings()
        presence.forget_the_dead()
        _remove_leftovers()
        if queue.size() == 0:
            for job, kind in unfinished():
                if kind == "waiting":
                    queue.put(job)

    def _look_after(self, job: Job) -> None:
        number, kind = job.number, job.kind()
        if kind == "drawing":
            if self._silent(job, number) and job.lose(number):
                self._take_back(job)
        else:
            self._pulses.pop(job.id, None)
            if expired(job) or (kind == "waiting" and time.time() - job.created > ABANDONED_SECONDS):
                job.remove()

    def _silent(self, job: Job, number: int) -> bool:
        """Return whether attempt `number` gave no sign of life for the time of the lease."""
        touched, now = job.attempt(number).stat().st_mtime_ns, time.monotonic()
        seen, since = self._pulses.get(job.id, (None, now))
        if touched != seen:
            self._pulses[job.id] = (touched, now)
            return False
        return now - since > LEASE_SECONDS

    def _take_back(self, job: Job) -> None:
        if job.kind() == "waiting":
            queue.put(job)
        else:
            job.sweep()


def _remove_oldest_trainings() -> None:
    """Remove what was trained first, where all that was trained takes too much room."""
    files = []
    for job in jobs():
        with suppress(FileNotFoundError, ValueError):
            if job.trains and job.kind() == "done":
                state = job.file.stat()
                files.append((state.st_mtime, state.st_size, job))
    left = sum(size for _, size, _ in files)
    for _, size, job in sorted(files, key=lambda one: one[0]):
        if left <= MOST_TRAINED_BYTES:
            return
        job.remove()
        left -= size


def _remove_leftovers() -> None:
    """Remove folders in whose making or removing somebody was killed."""
    for path in root().glob(".*.*"):
        with suppress(FileNotFoundError):
            if path.suffix in (".new", ".gone") and time.time() - path.stat().st_mtime > ABANDONED_SECONDS:
                remove_folder(path)
