"""The queue that tells workers which job is next: in SQLite beside the jobs, or in Redis. It carries ids only."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from huey import Huey, PriorityRedisHuey, SqliteHuey
from huey.api import TaskWrapper
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import SqliteStorage
from redis import ConnectionPool, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from fall_line.exports import ExportError
from fall_line.jobs import attempt
from fall_line.jobs.folder import Job, UnknownJob, find, root
from fall_line.settings import settings
from fall_line.validation import InputError

NAME = "fall-line"
CONNECT_SECONDS = 3
ANSWER_SECONDS = 5

log = logging.getLogger(__name__)


class _JsonSerializer(Serializer):
    """Messages as JSON: unlike pickles they can't run code, whoever else writes into the same Redis."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


def draw(id: str) -> None:
    """Draw a job in this process; it is queued again if the worker is stopped meanwhile."""
    try:
        job = find(id)
        if not attempt.draw(job):
            put(job)
    except (UnknownJob, FileNotFoundError, ExportError):  # it was removed, or the janitor will queue it
        return
    except OSError as error:
        log.error("A job can't be drawn now. %s", attempt.sentence(error))


def put(job: Job) -> None:
    """Queue a job. What was submitted first comes first, also when it is queued again; twice is once.

    Trainings need none: who trains looks into the job folder, so that no drawing waits for one.

    Raises:
        ExportError: the queue can't be reached.
        InputError: REDIS_URL can't be used.
    """
    if job.trains:
        return
    with _told():
        _task()(job.id, priority=-job.created)


def size() -> int:
    """Return how many jobs are queued.

    Raises:
        ExportError, InputError: as `put` does.
    """
    with _told():
        return huey().storage.queue_size()


def huey() -> Huey:
    """Return the queue of the present settings.

    Raises:
        ExportError, InputError: as `put` does.
    """
    with _told():
        return _task().huey


def place() -> str:
    """Return where the queue is, in words, without a password."""
    address = urlsplit(settings().redis_url)
    return f"Redis at {address.hostname}:{address.port or 6379}" if address.scheme else f"SQLite in {settings().folder}"


def _task() -> TaskWrapper:
    database = root() / "queue.db"
    if not settings().redis_url and not database.exists():
        SqliteStorage(NAME, filename=database)
    return _task_of(settings().redis_url, database, 0 if settings().redis_url else database.stat().st_ino)


@lru_cache(maxsize=4)
def _task_of(redis_url: str, database: Path, inode: int) -> TaskWrapper:  # noqa: ARG001, another file is another queue
    options: dict[str, Any] = {"results": False, "serializer": _JsonSerializer()}
    if redis_url:
        queue = PriorityRedisHuey(NAME, connection_pool=_connections(redis_url), **options)
    else:
        queue = SqliteHuey(NAME, filename=database, **options)
    return queue.task()(draw)


def _connections(url: str) -> ConnectionPool:
    # One more try, for a connection may have died while nobody used it.
    retry = Retry(NoBackoff(), 1)
    try:
        return ConnectionPool.from_url(
            url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=ANSWER_SECONDS, retry=retry
        )
    except ValueError:  # not quoted: there may be a password in it
        raise InputError("REDIS_URL must be an address like redis://127.0.0.1:6379/0.") from None


@contextmanager
def _told() -> Iterator[None]:
    """Turn what goes wrong with the queue into one sentence."""
    try:
        yield
    except RedisError:
        raise ExportError("The queue can't be reached: its Redis server doesn't answer. Try again later.") from None
    except (sqlite3.Error, OSError) as error:
        raise ExportError(f"The queue in the job folder can't be used ({error}). Try again later.") from None
