"""What the app does with jobs: submit, look, cancel, fetch."""

import hashlib
import re
import secrets
import shutil
import threading
import time
from pathlib import Path
from typing import Any

from fall_line.drawing.frames import Drawable
from fall_line.drawing.scene_file import save
from fall_line.exports import FORMATS, ExportError
from fall_line.jobs import folder, queue
from fall_line.jobs.attempt import sentence
from fall_line.jobs.folder import Job, State, UnknownJob, root, unfinished, write_whole
from fall_line.jobs.presence import somebody_works
from fall_line.settings import settings
from fall_line.validation import InputError, quoted

LONGEST_NAME = 100

_submitting = threading.Lock()


def submit(scene: Drawable, format_key: str, name: str, browser: str) -> str:
    """Queue the drawing of `scene` and return the job's id, which nobody can guess.

    `name` is the name that the reader's file should have; its suffix becomes the format's. `browser` is whatever
    tells one reader from another.

    Raises:
        InputError: too many jobs wait already, or there is no such format to be drawn.
        ExportError: the queue can't be reached, or the job folder can't be written.
    """
    if format_key not in FORMATS or FORMATS[format_key].draw is None:
        drawn = ", ".join(key for key, one in FORMATS.items() if one.draw)
        raise InputError(f"The format is {quoted(format_key)}; it must be one of {drawn}.")
    order: dict[str, Any] = {
        "format": format_key,
        "name": _name(name, format_key),
        "browser": _hash(browser),
        "created": time.time(),
    }
    try:
        with _submitting:
            _refuse_too_many(order["browser"])
            job = _made(scene, order)
    except OSError as error:
        raise ExportError(sentence(error)) from None
    try:
        queue.put(job)
    except (ExportError, InputError) as problem:
        job.remove()
        raise ExportError(str(problem)) from None
    return job.id


def state(id: str) -> State:
    """Return how the job stands.

    Raises:
        UnknownJob: there is no such job, or its time is over.
    """
    job = find(id)
    try:
        return _state(job)
    except FileNotFoundError:  # removed in between
        raise UnknownJob(id) from None


def cancel(id: str) -> None:
    """Stop the work on a job, if it isn't over; doing so twice is doing it once.

    Raises:
        UnknownJob: there is no such job, or its time is over.
    """
    job = find(id)
    if job.kind() not in ("done", "failed"):
        try:
            job.cancelled.touch()
        except FileNotFoundError:  # removed in between
            raise UnknownJob(id) from None


def file(id: str) -> Path:
    """Return the finished file.

    Raises:
        UnknownJob: there is no such job, or it isn't done, or its time is over.
    """
    job = find(id)
    if job.kind() != "done" or not job.file.is_file():
        raise UnknownJob(id)
    return job.file


def find(id: str) -> Job:
    """Return the export called `id`.

    Raises:
        UnknownJob: there is none, or its time is over.
    """
    job = folder.find(id)
    if job.trains:
        raise UnknownJob(id)
    return job


def _name(wished: str, suffix: str) -> str:
    """Return `wished` as a file name that every system takes, with the suffix."""
    stem = wished.removesuffix(f".{suffix}")
    stem = re.sub(r"[^\w .,()+=-]+", "-", stem.encode(errors="ignore").decode()).strip(" .-")
    return f"{stem[:LONGEST_NAME].rstrip(' .-') or 'fall-line'}.{suffix}"


def _hash(browser: str) -> str:
    return hashlib.sha256(browser.encode(errors="replace")).hexdigest()


def _refuse_too_many(browser: str) -> None:
    limits, under_way = settings(), unfinished()
    under_way = [(job, kind) for job, kind in under_way if not job.trains]
    if sum(kind == "waiting" for _, kind in under_way) >= limits.max_waiting:
        raise InputError(f"At most {limits.max_waiting} exports may wait at a time; try again in a minute.")
    if sum(job.order["browser"] == browser for job, _ in under_way) >= limits.max_waiting_per_browser:
        raise InputError(
            f"At most {limits.max_waiting_per_browser} of your exports may be under way at a time; "
            "wait for one or cancel one."
        )


def _made(scene: Drawable, order: dict[str, Any]) -> Job:
    """Make the job's folder, which is there as a whole or not at all."""
    id = secrets.token_urlsafe(24)
    draft = root() / f".{id}.new"
    try:
        draft.mkdir(mode=0o700)
        save(scene, Job(draft).scene)
        write_whole(draft / "job.json", order)
        return Job(draft.rename(draft.with_name(id)))
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _state(job: Job) -> State:
    kind, order = job.kind(), job.order
    about: dict[str, Any] = {"id": job.id, "format": order["format"], "name": order["name"], "kind": kind}
    if kind == "waiting":
        waiting = [one.id for one, other in unfinished() if other == "waiting" and not one.trains]
        about |= {"ahead": waiting.index(job.id) if job.id in waiting else 0}
    elif kind in ("drawing", "done"):
        done, total = job.progress()
        about |= {"done": done, "total": total}
    if kind == "done":
        about |= {"size": job.file.stat().st_size, "expires": job.expires()}
    elif kind == "failed":
        about |= {"problem": job.problem()}
    return State(**about, worker=somebody_works())
