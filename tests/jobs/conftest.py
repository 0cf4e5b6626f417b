"""A job folder and a crew of workers of its own for each test."""

import pytest
import strange_worker
from crew import Crew
from huey.storage import SqliteStorage

from fall_line import exports
from fall_line.jobs import queue


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The job folder, which isn't there yet; the app knows the strange formats too."""
    monkeypatch.setenv("FALL_LINE_JOBS_FOLDER", str(tmp_path / "jobs"))
    monkeypatch.setenv("FALL_LINE_JOBS_AT_ONCE", "1")
    monkeypatch.delenv("REDIS_URL", raising=False)
    for key, one in strange_worker.FORMATS.items():
        monkeypatch.setitem(exports.FORMATS, key, one)
    return tmp_path / "jobs"


@pytest.fixture(autouse=True)
def databases(monkeypatch):
    """Closes every database that a test has opened."""
    opened, create = [], SqliteStorage._create_connection

    def remembered(storage):
        opened.append(create(storage))
        return opened[-1]

    monkeypatch.setattr(SqliteStorage, "_create_connection", remembered)
    yield
    queue._task_of.cache_clear()
    for connection in opened:
        connection.close()


@pytest.fixture
def crew(tmp_path):
    crew = Crew(tmp_path)
    yield crew
    crew.dismiss()
