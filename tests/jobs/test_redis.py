"""The queue in Redis, with a real server and real workers."""
# ruff: noqa: PLW0108, what is waited for names what it reads

import shutil
import socket
import subprocess
from collections import Counter

import pytest
import redis
from crew import DEADLINE, ended, kind, submit, told, until

from fall_line.exports import ExportError
from fall_line.jobs import queue

GONE = "The queue can't be reached: its Redis server doesn't answer. Try again later."


class Server:
    """A Redis server on a free port that keeps nothing; it can be killed and started again, empty."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self.start()

    def start(self):
        words = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*words, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        until(self.answers)

    def answers(self):
        try:
            with redis.Redis(port=self.port) as client:
                return client.ping()
        except redis.ConnectionError:
            return False

    def kill(self):
        self.process.kill()
        self.process.wait(DEADLINE)


@pytest.fixture
def server(tmp_path, monkeypatch):
    if not shutil.which("redis-server"):
        pytest.skip("redis-server isn't installed")
    server = Server(tmp_path)
    monkeypatch.setenv("REDIS_URL", f"redis://127.0.0.1:{server.port}/0")
    yield server
    server.kill()


@pytest.mark.usefixtures("server")
def test_two_workers_draw_each_job_once(crew, folder):
    ids = [submit(str(number), browser=str(number)) for number in range(12)]
    assert queue.size() == 12
    for _ in range(2):
        crew.start()
    assert {one.kind for one in ended(*ids)} == {"done"}
    drawn = [(title, pid) for title, pid, _ in told(folder, "drawn")]
    assert Counter(title for title, _ in drawn) == Counter(map(str, range(12)))
    assert not (folder / "queue.db").exists()


@pytest.mark.usefixtures("server")
def test_both_workers_draw(crew, folder):
    for _ in range(2):
        crew.start()
    for title in ("left", "right"):
        submit(title, "gated")
    began = until(lambda: len(found := told(folder, "begun")) == 2 and found)
    assert len({pid for _, pid, _ in began}) == 2


def test_messages_hold_no_code(server):
    id = submit()
    with redis.Redis(port=server.port) as client:
        (message,) = client.zrange("huey.redis.fallline", 0, -1)
    assert id.encode() in message
    assert message[8:9] == b"["


def test_redis_goes_and_comes_back(server, crew, folder):
    workers = [crew.start(), crew.start()]
    ended(submit("before"))
    drawn, waiting = [submit(f"gated{number}", "gated") for number in range(2)], [submit("waiting")]
    until(lambda: [kind(id) for id in drawn] == ["drawing"] * 2)
    server.kill()
    with pytest.raises(ExportError) as failed:
        submit("during")
    assert (str(failed.value), failed.value.__suppress_context__) == (GONE, True)
    until(lambda: all(worker.said.read_text() for worker in workers))
    for number in range(2):
        (folder / f"gated{number}").touch()
    assert {one.kind for one in ended(*drawn)} == {"done"}
    server.start()
    assert ended(*waiting, submit("after"))[0].kind == "done"
    assert Counter(title for title, _, _ in told(folder, "drawn")) == Counter(
        ["before", "gated0", "gated1", "waiting", "after"]
    )
    back = "The queue and the job folder can be used again."
    for worker in workers:
        until(lambda worker=worker: back in worker.said.read_text())
        assert worker.said.read_text().splitlines() == [GONE, back]
        assert worker.poll() is None


def test_a_worker_starts_without_redis_and_waits_for_it(server, crew):
    server.kill()
    worker = crew.start()
    until(lambda: worker.said.read_text())
    assert worker.said.read_text() == f"{GONE}\n"
    server.start()
    assert ended(submit())[0].kind == "done"
