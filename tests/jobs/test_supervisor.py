"""The worker beside the development server: there as long as the server is, and no longer."""

import os
import signal
import sys

import pytest
from crew import DEADLINE, alive, descendants, ended, kill, processes, submit, until

# Stands for the development server: it serves until Ctrl+C.
SERVER = """
import signal, sys, time
from fall_line.jobs.supervisor import keep_worker

keep_worker()
try:
    while True:
        time.sleep(60)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.fixture
def server(crew, folder):
    """A server whose worker is there, and the ids of all processes of that worker."""
    server = crew.start(command=[sys.executable, "-c", SERVER])
    until(lambda: list(folder.glob("workers/*")))
    server.family = until(lambda: len(found := descendants(server.pid)) >= 3 and found)
    yield server
    for pid in server.family:
        kill(pid, signal.SIGKILL)


def test_after_ctrl_c_nothing_is_left_and_nothing_said(server):
    os.killpg(server.pid, signal.SIGINT)
    assert server.wait(DEADLINE) == 130
    assert not alive(server.family)
    assert server.said.read_text() == ""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_worker_ends_with_a_server_that_is_killed(number, server):
    os.kill(server.pid, number)
    assert server.wait(DEADLINE) == -number
    until(lambda: not alive(server.family))
    assert server.said.read_text() == ""


def test_a_worker_that_dies_is_started_again(server):
    (worker,) = (pid for pid in server.family if processes()[pid][0] == server.pid)
    os.kill(worker, signal.SIGKILL)
    until(lambda: not alive(server.family))
    assert ended(submit(key="png"))[0].kind == "done"
