"""The image starts what is there: every name in the Dockerfile is checked against the thing it names."""

import ast
import http.client
import json
import re
import shlex
import socket
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
from gunicorn.config import Config

from fall_line.settings import variable

ROOT = Path(__file__).parents[2]
LONGEST_REUSE = 300  # s for which Chromium keeps an idle connection; Firefox 115
IGNORED = "".join(f"\n{line}" for line in (ROOT / ".dockerignore").read_text().splitlines())


def instructions(name):
    """The arguments of every instruction of that name, continuation lines joined, comments left out."""
    text = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^\s*#.*\n", "", (ROOT / "Dockerfile").read_text()))
    return [line.partition(" ")[2].strip() for line in text.splitlines() if line.split(" ")[0] == name]


def start_commands():
    """The words of both start commands, the one in the background first, as the shell in the image would see them."""
    shell, option, line = json.loads(instructions("CMD")[-1])
    assert (shell, option) == ("sh", "-c")
    background, serve = line.replace("${PORT:-8050}", "8050").split(" & ")
    return shlex.split(background), shlex.split(serve)


def copied():
    """The paths that come from this folder, not from the other stage."""
    lines = [line.split() for line in instructions("COPY") if not line.startswith("--from")]
    return [source for *sources, _ in lines for source in sources]


def local_imports(path):
    """The top-level modules of this project that the file or any file of the package at `path` imports."""
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text()))]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    tops = {name.partition(".")[0] for name in names if name}
    return {top for top in tops if (ROOT / top / "__init__.py").exists() or (ROOT / f"{top}.py").exists()}


def everything_imported():
    found, waiting = set(), ["app", "fall_line"]
    while waiting:
        module = waiting.pop()
        found.add(module)
        path = ROOT / module if (ROOT / module).is_dir() else ROOT / f"{module}.py"
        waiting.extend(local_imports(path) - found)
    return found


@cache
def health():
    """The status and body of the health path as the app serves it, asked in a process of its own."""
    path = re.search(r"\{[^}]*\}(/\w+)", instructions("HEALTHCHECK")[0])[1]
    code = f"import app; answer = app.server.test_client().get({path!r}); print(answer.status_code, answer.text)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return ran.stdout.split()


def test_installs_the_compiled_requirements_with_their_hashes():
    install = next(line for line in instructions("RUN") if "pip install" in line).split()
    assert "--require-hashes" in install
    assert install[install.index("--requirement") + 1] == "requirements.txt"
    assert "requirements.txt" in copied()
    assert "$(ENVIRONMENT)/.installed-run: requirements.txt " in (ROOT / "Makefile").read_text()


def test_both_stages_have_the_same_pinned_python():
    first, second = (line.split()[0] for line in instructions("FROM"))
    assert first == second
    assert re.fullmatch(r"python:3\.\d+-slim", first)


def test_the_started_name_is_in_app():
    _, command = start_commands()
    assert command[:2] == ["exec", "gunicorn"]
    module, _, name = command[2].partition(":")
    tree = ast.parse((ROOT / f"{module}.py").read_text())
    imports = [alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert name in imports


def test_the_worker_is_started_as_a_module():
    python, option, module = start_commands()[0]
    assert (python, option) == ("python", "-m")
    words = [sys.executable, option, module, "--help"]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.startswith(f"usage: python -m {module} ")


def test_the_job_folder_is_the_users_own():
    variables = dict(re.findall(r"(\w+)=(\S+)", instructions("ENV")[0]))
    folder = Path(variables[variable("jobs_folder")])
    (user,) = instructions("USER")
    install = f"install --directory --owner {user} --group {user} --mode 0700 {folder.parent}"
    assert install in instructions("RUN")


def test_gunicorn_takes_its_options_and_loads_nothing_before_the_fork():
    config = Config()
    given = vars(config.parser().parse_args(start_commands()[1][2:]))
    assert given.pop("args") == ["app:server"]
    for name, value in given.items():
        if value is not None:
            config.set(name, value)
    assert config.worker_class_str == "gthread"
    assert config.worker_class.__name__ == "ThreadWorker"
    assert (config.workers, config.threads) == (1, 8)
    assert config.address == [("0.0.0.0", 8050)]
    assert config.preload_app is False


def ticks(_environment, start_response):
    """A page as small as can be, for gunicorn."""
    start_response("200 OK", [("Content-Length", "4")])
    return [b"tick"]


def asked_twice(port, pause):
    """The answers to two questions on one connection, the second after `pause` seconds."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.connect()
    line, answers = connection.sock, []
    for _ in range(2):
        connection.request("POST", "/", body=b"{}")
        answers.append(connection.getresponse().read())
        time.sleep(pause)
    assert connection.sock is line
    connection.close()
    return answers


def test_a_connection_outlives_the_time_in_which_browsers_reuse_it():
    words = start_commands()[1]
    options = words[words.index("--worker-class") : words.index("--bind")]
    assert int(options[options.index("--keep-alive") + 1]) > LONGEST_REUSE
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "tests.contracts.test_dockerfile:ticks", *options, "--bind"]
    with subprocess.Popen([*command, f"127.0.0.1:{port}"], cwd=ROOT, stderr=subprocess.PIPE, text=True) as gunicorn:
        next(line for line in gunicorn.stderr if "Booting worker" in line)
        try:
            assert asked_twice(port, pause=3) == [b"tick", b"tick"]  # gunicorn's own 2 s would have closed it
        finally:
            gunicorn.terminate()
            gunicorn.communicate(timeout=30)


def test_does_not_run_as_root():
    (user,) = instructions("USER")
    assert user not in ("root", "0")
    assert any(re.search(rf"useradd .*\b{user}$", line) for line in instructions("RUN"))


def test_the_health_path_is_served():
    assert health() == ["200", "OK"]


def test_the_health_check_is_valid_python():
    kind, _, command = instructions("HEALTHCHECK")[0].partition("CMD ")
    assert "--start-period" in kind
    program, option, code = json.loads(command)
    assert (program, option) == ("python", "-c")
    compile(code, "HEALTHCHECK", "exec")


@pytest.mark.parametrize("source", copied())
def test_what_is_copied_is_there_and_not_ignored(source):
    assert (ROOT / source).exists()
    assert f"\n{source}\n" not in f"{IGNORED}\n"


def test_everything_that_app_and_worker_import_is_copied():
    copies = {source.removesuffix(".py") for source in copied()}
    assert everything_imported() <= copies
    assert "assets" in copies
