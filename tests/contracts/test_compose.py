"""What compose.yaml starts is there: every command, module, variable and folder in it is checked."""

import json
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from gunicorn.config import Config

from fall_line.settings import Settings, settings, variable

ROOT = Path(__file__).parents[2]


def parsed(text):
    """The data of a YAML text that has only nested mappings, plain scalars, and flow lists written as JSON."""
    top = {}
    open_mappings = [(-1, top)]
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent, key, value = re.fullmatch(r"( *)([\w-]+):(?: (.+))?", line).groups()
        while open_mappings[-1][0] >= len(indent):
            open_mappings.pop()
        inside = open_mappings[-1][1]
        assert key not in inside
        if value is None:
            inside[key] = {}
            open_mappings.append((len(indent), inside[key]))
        else:
            inside[key] = json.loads(value) if value[0] in "[{" or value in ("true", "false") else value
    return top


COMPOSE = parsed((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = ("app", "worker")


def dockerfile(pattern):
    (found,) = re.findall(pattern, (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    return found


def test_there_are_app_worker_and_redis():
    assert set(SERVICES) == {*OURS, "redis"}
    assert all(one["init"] is True for one in SERVICES.values())
    assert all(set(one.get("depends_on", [])) <= set(SERVICES) for one in SERVICES.values())


@pytest.mark.parametrize("name", OURS)
def test_variables_are_settings_that_can_be_read(name):
    environment = SERVICES[name]["environment"]
    assert set(environment) <= {variable(one.name) for one in fields(Settings)}
    assert settings(environment).redis_url == "redis://redis:6379/0"


def test_app_and_worker_share_queue_and_folder():
    app, worker = (SERVICES[name] for name in OURS)
    assert app["environment"] == worker["environment"]
    assert app["volumes"] == worker["volumes"]
    volume, _, place = app["volumes"][0].partition(":")
    assert volume in COMPOSE["volumes"]
    folder = settings(app["environment"]).folder
    assert folder.parent == Path(place)
    assert str(folder) == dockerfile(r"FALL_LINE_JOBS_FOLDER=(\S+)")


def test_the_app_is_served_as_in_the_image_and_to_this_machine_alone():
    served = dockerfile(r"exec (gunicorn .*)\"\]").replace("${PORT:-8050}", "8050")
    assert " ".join(SERVICES["app"]["command"]) == served
    assert SERVICES["app"]["ports"] == ["127.0.0.1:8050:8050"]
    assert Config().parser().parse_args(SERVICES["app"]["command"][1:]).args == ["app:server"]
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["app"]


def test_the_worker_and_its_health_check_are_commands_that_are_there():
    python, *words = SERVICES["worker"]["command"]
    assert (python, words) == ("python", ["-m", "fall_line.jobs.worker"])
    kind, python, *check = SERVICES["worker"]["healthcheck"]["test"]
    assert (kind, python, check[:2]) == ("CMD", "python", words)
    ran = subprocess.run([sys.executable, *words, "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert check[2] in ran.stdout


def test_redis_keeps_nothing_and_is_pinned():
    redis = SERVICES["redis"]
    assert re.fullmatch(r"redis:\d+-alpine", redis["image"])
    assert redis["command"] == ["redis-server", "--save", "", "--appendonly", "no"]
    assert "volumes" not in redis
