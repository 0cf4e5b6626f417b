"""The job folder, which app and workers share. How a job stands follows from which files are in its own folder.

job.json    what is to be made; it comes into being with the folder
scene.npz   what is to be drawn
so-far.npz  what is told of trainings that are under way
asked-…     a browser that asked for the training; there is one for each
attempt-1   a worker draws it: the progress, touched each second while that worker lives
lost-1      that worker is gone; the job waits for the next attempt
result.json it is done, or failed
cancel      nobody wants it any more, whatever else is there
"""

import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from fall_line.settings import settings

Kind = Literal["waiting", "drawing", "done", "failed", "cancelled"]

ID = re.compile(r"[A-Za-z0-9_-]{32}")
MOST_ATTEMPTS = 2
LOST = "The worker that drew it stopped in the middle, twice; try a smaller size or fewer frames."
LOST_TRAINING = "The worker that trained it stopped in the middle, twice; try fewer steps, runs or seeds."
TRAINING = "training"  # the format of a job that trains


class UnknownJob(KeyError):  # noqa: N818, the name says it
    """There is no such job, or its file has been removed."""


@dataclass(frozen=True)
class State:
    """How a job stands.

    Attributes:
        id: the job's.
        format: its format's key.
        name: the name that its file should have for the reader.
        kind: waiting, drawing, done, failed or cancelled; the last three are for good.
        ahead: how many other jobs wait to be drawn before it, while it waits.
        done, total: frames, 0 of 0 before it is known how many there are.
        problem: the sentence that says why it failed, or "".
        size: of the finished file, bytes.
        expires: the Unix time at which the finished file is removed.
        worker: whether a worker lives that could draw it.
    """

    id: str
    format: str
    name: str
    kind: Kind
    ahead: int = 0
    done: int = 0
    total: int = 0
    problem: str = ""
    size: int = 0
    expires: float | None = None
    worker: bool = False


@dataclass(frozen=True)
class Job:
    """A job's own folder. Reading from it raises FileNotFoundError once the folder has been removed."""

    path: Path

    @property
    def id(self) -> str:
        return self.path.name

    @cached_property
    def order(self) -> dict[str, Any]:
        """What was ordered: format, name, browser, created."""
        return json.loads((self.path / "job.json").read_text(encoding="utf-8"))

    @property
    def created(self) -> float:
        """The Unix time at which it was submitted."""
        return self.order["created"]

    @property
    def trains(self) -> bool:
        """Whether it trains networks, and draws nothing."""
        return self.order["format"] == TRAINING

    @property
    def so_far(self) -> Path:
        return self.path / "so-far.npz"

    @property
    def scene(self) -> Path:
        return self.path / "scene.npz"

    @property
    def file(self) -> Path:
        """Where the finished file is."""
        return self.path / f"export.{self.order['format']}"

    @property
    def cancelled(self) -> Path:
        return self.path / "cancel"

    @property
    def result(self) -> Path:
        return self.path / "result.json"

    def attempt(self, number: int) -> Path:
        return self.path / f"attempt-{number}"

    def lost(self, number: int) -> Path:
        return self.path / f"lost-{number}"

    @property
    def number(self) -> int:
        """The number of the attempt that is under way or comes next, from 1 on."""
        return next(number for number in range(1, MOST_ATTEMPTS + 2) if not self.lost(number).exists())

    def kind(self) -> Kind:
        """Return how it stands."""
        if self.cancelled.exists():
            return "cancelled"
        if self.result.exists():
            return "failed" if _read(self.result)["problem"] else "done"
        if self.number > MOST_ATTEMPTS:
            return "failed"
        return "drawing" if self.attempt(self.number).exists() else "waiting"

    def ended(self) -> float | None:
        """Return the Unix time at which it was done, failed or cancelled, or None."""
        for end in (self.cancelled, self.result, self.lost(MOST_ATTEMPTS)):
            if end.exists():
                return end.stat().st_mtime
        return None

    def expires(self) -> float | None:
        """Return the Unix time at which it is removed, or None if it hasn't ended."""
        ended = self.ended()
        return None if ended is None else ended + settings().keep_seconds

    def problem(self) -> str:
        """Return why it failed, or ""."""
        if self.result.exists():
            return str(_read(self.result)["problem"])
        return LOST_TRAINING if self.trains else LOST

    def progress(self) -> tuple[int, int]:
        """Return how many frames are done of how many."""
        try:
            told = _read(self.attempt(self.number))
        except FileNotFoundError:  # its worker stopped just now
            told = {}
        return told.get("done", 0), told.get("total", 0)

    def claim(self, number: int) -> bool:
        """Begin attempt `number` and return True, or False if another worker has begun it."""
        try:
            self.attempt(number).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def lose(self, number: int) -> bool:
        """Give attempt `number` up for lost and return True, or False if somebody else has."""
        try:
            self.lost(number).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def finish(self, problem: str) -> None:
        """Say that it is done or, with a problem, failed. Makes room first, for the disk may be full."""
        self.sweep(keep_file=not problem)
        size = 0 if problem else self.file.stat().st_size
        write_whole(self.result, {"problem": problem, "size": size})

    def sweep(self, keep_file: bool = False) -> None:
        """Remove what only an unfinished job needs, and the file unless it is to be kept."""
        self.remove_drafts()
        self.scene.unlink(missing_ok=True)
        self.so_far.unlink(missing_ok=True)
        if not keep_file:
            self.file.unlink(missing_ok=True)

    def remove_drafts(self) -> None:
        """Remove what was half written, also by a worker that is gone."""
        for draft in self.path.glob("*.part*"):
            draft.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove it as if it had never been."""
        remove_folder(self.path)


def write_whole(path: Path, data: dict[str, Any]) -> None:
    """Make or replace the JSON file at `path`; whoever reads it sees the old or the new one."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        draft.write_text(json.dumps(data), encoding="utf-8")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def remove_folder(path: Path) -> None:
    """Remove a folder so that nobody sees it half empty."""
    going = path.with_name(f".{path.name}.gone")
    try:
        path.rename(going)
    except FileNotFoundError:  # somebody else removes it
        return
    shutil.rmtree(going, ignore_errors=True)


def root() -> Path:
    """Return the job folder, made for this user alone if there is none.

    Raises:
        OSError: it can't be made.
    """
    folder = settings().folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def find(id: str) -> Job:
    """Return the job called `id`.

    Raises:
        UnknownJob: there is none, or its time is over.
    """
    if not ID.fullmatch(id):
        raise UnknownJob(id)
    job = Job(settings().folder / id)
    try:
        over = expired(job)
        job.order  # noqa: B018, the folder is there and whole
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise UnknownJob(id) from None
    if over:
        raise UnknownJob(id)
    return job


def expired(job: Job) -> bool:
    """Return whether it ended so long ago that it is to be removed."""
    expires = job.expires()
    return expires is not None and expires <= time.time()


def jobs() -> Iterator[Job]:
    """Yield every job in the folder; any of them may be removed at any time."""
    for entry in sorted(os.scandir(root()), key=lambda entry: entry.name):
        if ID.fullmatch(entry.name):
            yield Job(Path(entry.path))


def unfinished() -> list[tuple[Job, Kind]]:
    """Return the jobs that wait or are drawn, in the order in which they were submitted."""
    found = []
    for job in jobs():
        try:
            kind = job.kind()
            if kind in ("waiting", "drawing"):
                found.append((job.created, job.id, job, kind))
        except (FileNotFoundError, ValueError):  # removed just now, or spoiled by a crash of the machine
            continue
    return [(job, kind) for _, _, job, kind in sorted(found)]


def _read(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if text else {}
