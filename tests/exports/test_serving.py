"""Without a command the page is served where the environment says, or one sentence tells why it can't be."""

import errno
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from fall_line import command_line
from fall_line.serving import ROUTES, network_address

ROOT = Path(__file__).parents[2]


def no_serving(*_):
    raise AssertionError("nothing should be served")


def refusal(capsys):
    """The one sentence that serving is refused with."""
    assert command_line.main([], no_serving) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, ("127.0.0.1", 8050)),
        ({"HOST": "", "PORT": ""}, ("127.0.0.1", 8050)),
        ({"HOST": "0.0.0.0", "PORT": "65535"}, ("0.0.0.0", 65535)),
        ({"HOST": "::1", "PORT": "1"}, ("::1", 1)),
    ],
)
@pytest.mark.parametrize("arguments", [[], ["serve"]])
def test_serves_where_the_environment_says(environment, expected, arguments, monkeypatch):
    served = []
    for name in ("HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert command_line.main(arguments, lambda host, port: served.append((host, port))) == 0
    assert served == [expected]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.1.1", "localhost", "::1"])
def test_what_listens_on_this_machine_alone_has_no_address_in_the_network(host):
    assert network_address(host, 8050) == ""


def test_what_listens_at_one_address_is_found_there():
    assert network_address("192.168.1.4", 8050) == "http://192.168.1.4:8050"
    assert network_address("fd00::7", 80) == "http://[fd00::7]:80"


@pytest.mark.parametrize("host", ROUTES)
def test_a_machine_in_no_network_has_no_address_in_it(host, monkeypatch):
    class Alone(socket.socket):
        def connect(self, _):
            raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket, "socket", Alone)
    assert network_address(host, 8050) == ""


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80.5", "http", "８０５０", "8_050", " 8050", "9" * 5000])
def test_unusable_ports(port, capsys, monkeypatch):
    monkeypatch.setenv("PORT", port)
    sentence = refusal(capsys)
    assert "PORT" in sentence
    assert "from 1 to 65535" in sentence


def test_an_unusable_host(capsys, monkeypatch):
    monkeypatch.setenv("HOST", "a..b")
    assert "HOST is ‘a..b’" in refusal(capsys)


def test_other_failures_of_the_system_are_not_disguised():
    def broken(*_):
        raise FileNotFoundError(errno.ENOENT, "assets")

    with pytest.raises(FileNotFoundError, match="assets"):
        command_line.main([], broken)


def test_ctrl_c_while_starting_is_silent(capsys):
    def stopped(*_):
        raise KeyboardInterrupt

    assert command_line.main([], stopped) == 130
    assert capsys.readouterr() == ("", "")


def test_a_port_in_use_is_told_at_once():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        environment = {**os.environ, "HOST": "127.0.0.1", "PORT": port}
        words = [sys.executable, "app.py"]
        ran = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    assert f"PORT is {port}" in ran.stderr
    assert "already in use" in ran.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_the_page_is_served_quietly_until_ctrl_c(host):
    with socket.create_server((host, 0)) as free:
        port = str(free.getsockname()[1])
    environment = {**os.environ, "HOST": host, "PORT": port}
    network = network_address(host, int(port))
    words = [sys.executable, "app.py"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, cwd=ROOT, env=environment, **pipes) as process:
        line = process.stdout.readline()
        others = process.stdout.readline() if network else ""
        with urlopen(f"{network or f'http://127.0.0.1:{port}'}/health", timeout=30) as answer:
            status = answer.status
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=60)
    assert line == f"Fall Line is at http://127.0.0.1:{port} — stop it with Ctrl+C\n"
    assert others == (f"Others in your network find it at {network}\n" if network else "")
    assert (status, process.returncode, *rest) == (200, 0, "", "")


ENDED_AT = """
import threading
from fall_line.pages import site

kept = site.{step}
def {step}(*given):
    threading.main_thread().join()  # Python ends: no thread can be started any more
    return kept(*given)

site.{step} = {step}
site.create_app()
"""


@pytest.mark.parametrize("step", ["answer", "response_answer", "visit"])
def test_a_program_that_ends_while_it_warms_up_is_silent(step):
    words = [sys.executable, "-c", ENDED_AT.format(step=step)]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
