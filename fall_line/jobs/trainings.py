"""Long trainings as jobs: whoever asks for one that is under way already shares it.

A job has trainings of one experiment, each of which has a key: what two trainings have in common if they are the same.
Jobs are found by these keys, so that a page that is loaded anew, or another reader's, finds its own.
"""

import fcntl
import hashlib
import secrets
import time
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from fall_line.exports import ExportError
from fall_line.jobs.attempt import sentence
from fall_line.jobs.folder import TRAINING, Job, Kind, expired, jobs, remove_folder, root, unfinished, write_whole
from fall_line.jobs.presence import somebody_works
from fall_line.settings import settings
from fall_line.validation import InputError

MOST_OF_ONE = 2  # that one browser may have under way
LIVE = ("waiting", "drawing")


class Order(NamedTuple):
    """What is to be trained.

    Attributes:
        experiment: ready for JSON.
        keys: of its trainings, run by run and of each seed by seed.
        room: bytes of weights that are kept of each training.
    """

    experiment: dict[str, Any]
    keys: Sequence[str]
    room: int


class Standing(NamedTuple):
    """How a job stands.

    Attributes:
        kind: waiting, drawing (it is trained), done, failed or cancelled.
        ahead: how many other trainings come before it.
        problem: the sentence that says why it failed, or "".
        asked: whether this browser has asked for it.
        worker: whether a worker lives that could train it.
    """

    kind: Kind
    ahead: int
    problem: str
    asked: bool
    worker: bool


def of_keys(keys: Set[str]) -> list[Job]:
    """Return the jobs that have one of these trainings, the newest first.

    Raises:
        ExportError: the job folder can't be used.
    """
    try:
        found = [job for job in jobs() if _has(job, keys)]
        return sorted(found, key=lambda job: job.created, reverse=True)
    except OSError as error:
        raise ExportError(sentence(error)) from None


def ask(order: Order, browser: str) -> None:
    """Queue a training for `browser`, or share those that are under way already.

    Raises:
        InputError: too many wait.
        ExportError: the job folder can't be written.
    """
    try:
        with _alone():
            live = [job for job in of_keys(set(order.keys)) if job.kind() in LIVE]
            if not live:
                _refuse_too_many(browser)
                live = [_made(order)]
            for job in live:
                join(job, browser)
    except OSError as error:
        raise ExportError(sentence(error)) from None


def join(job: Job, browser: str) -> None:
    """Let `browser` want what is under way too."""
    with suppress(FileNotFoundError):
        _asker(job, browser).touch()


def leave(job: Job, browser: str) -> None:
    """Let `browser` want a training no more; it is stopped if nobody else wants it."""
    with suppress(FileNotFoundError), _alone():
        if not _asker(job, browser).exists():
            return
        _asker(job, browser).unlink()
        if not list(job.path.glob("asked-*")) and job.kind() in LIVE:
            job.cancelled.touch()


def standing(job: Job, browser: str) -> Standing:
    """Return how `job` stands for `browser`.

    Raises:
        FileNotFoundError: it has been removed.
    """
    kind = job.kind()
    before = [one.id for one, _ in unfinished() if one.trains]
    ahead = before.index(job.id) if kind == "waiting" and job.id in before else 0
    problem = job.problem() if kind == "failed" else ""
    return Standing(kind, ahead, problem, _asker(job, browser).exists(), somebody_works())


def _has(job: Job, keys: Set[str]) -> bool:
    try:
        return job.trains and not expired(job) and not keys.isdisjoint(job.order["keys"])
    except (FileNotFoundError, ValueError):  # removed just now, or spoiled by a crash of the machine
        return False


def _asker(job: Job, browser: str) -> Path:
    return job.path / f"asked-{hashlib.sha256(browser.encode(errors='replace')).hexdigest()}"


@contextmanager
def _alone() -> Iterator[None]:
    """Let no other thread or process ask or leave meanwhile."""
    with (root() / "trainings.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _refuse_too_many(browser: str) -> None:
    most, under_way = settings().max_trainings, [job for job, _ in unfinished() if job.trains]
    if len(under_way) >= most:
        raise InputError(
            f"The queue of long trainings is full, {most} at most; start this one in some minutes, or make it shorter: "
            "fewer steps, runs or seeds."
        )
    if sum(_asker(job, browser).exists() for job in under_way) >= MOST_OF_ONE:
        raise InputError(
            f"At most {MOST_OF_ONE} of your long trainings may be under way at a time; wait for one or cancel one."
        )


def _made(order: Order) -> Job:
    """Make the job's folder, which is there as a whole or not at all."""
    id = secrets.token_urlsafe(24)
    draft = root() / f".{id}.new"
    try:
        draft.mkdir(mode=0o700)
        write_whole(draft / "job.json", {"format": TRAINING, "created": time.time(), **order._asdict()})
        return Job(draft.rename(draft.with_name(id)))
    except BaseException:
        remove_folder(draft)
        raise
