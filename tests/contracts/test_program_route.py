"""`GET /explore/program`: modules for the browser, and what is said where there is none."""

import gzip
import json
import logging
import re
import subprocess

import optax
import pytest
from flask.testing import FlaskClient

import optimizers
from app import server
from fall_line.experiments.response_experiment import answering
from fall_line.pages.explore import programs
from fall_line.translation.untranslatable import UntranslatableError
from landscapes._own import own_surface
from optimizers._own import own_optimizer


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


@pytest.mark.parametrize(
    ("kind", "key", "exports"),
    [
        ("rule", "adam", "step"),
        ("response", "adam", "step"),
        ("surface", "wobbly", "slope"),
        ("surface", "formula:x^2 + a*y^2", "curvature"),
    ],
)
def test_a_module_comes_and_is_asked_for_again_in_vain(client, kind, key, exports):
    address = "/explore/program", {"kind": kind, "key": key}
    first = client.get(address[0], query_string=address[1])
    assert (first.status_code, first.mimetype) == (200, "text/javascript")
    assert f"export function {exports}(" in first.text
    again = client.get(address[0], query_string=address[1], headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def asked(client, key, version, **headers):
    query = {"kind": "surface", "key": key, "version": version}
    return client.get("/explore/program", query_string=query, headers=headers)


def test_only_what_can_not_change_is_kept_for_good(client):
    """The address has the version of the code; what was made in this process may be another thing in the next."""
    [version] = re.findall(r'data-programs="(\w+)"', client.get("/").text)
    for key in ("wobbly", "formula:x^2 + y^2"):
        assert "immutable" in asked(client, key, version).headers["Cache-Control"]
        for other in ("", "another"):
            assert asked(client, key, other).headers["Cache-Control"] == "private, no-cache"
    own = own_surface(lambda x, y: x**2 + y**2)
    for key in (own.key, "no such surface"):
        assert asked(client, key, version).headers["Cache-Control"] == "private, no-cache"


def test_a_module_is_compressed(client):
    plain = asked(client, "wobbly", "")
    small = asked(client, "wobbly", "", **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2
    again = {"Accept-Encoding": "gzip", "If-None-Match": small.headers["ETag"]}
    assert asked(client, "wobbly", "", **again).status_code == 304


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("rule", "nothing"),
        ("response", "newton"),
        ("surface", "formula:x +"),
        ("surface", ""),
        ("colour", "adam"),
        ("", ""),
    ],
)
def test_where_there_is_none_the_module_is_empty(client, kind, key):
    answer = client.get("/explore/program", query_string={"kind": kind, "key": key})
    assert (answer.status_code, answer.text) == (200, programs.NONE)


def test_what_can_not_be_translated_is_said_in_the_log(client, monkeypatch, caplog):
    def refuse(_):
        raise UntranslatableError("The operation lgamma can't be translated.")

    programs.program.cache_clear()
    monkeypatch.setattr(programs, "rule_module", refuse)
    with caplog.at_level(logging.WARNING):
        answer = client.get("/explore/program", query_string={"kind": "rule", "key": "adam"})
    programs.program.cache_clear()
    assert answer.text == programs.NONE
    assert caplog.messages == ["The rule adam is walked by the server alone. The operation lgamma can't be translated."]


def test_every_method_of_the_catalogue_has_one():
    assert [key for key in optimizers.OPTIMIZERS if programs.program("rule", key) == programs.NONE] == []
    assert [key for key in answering() if programs.program("response", key) == programs.NONE] == []


def test_the_programs_of_all_methods_come_as_one_module(client, tmp_path):
    """Read by Node: each has what the module of the method alone has."""
    both = {}
    for kind, keys in (("rule", optimizers.OPTIMIZERS), ("response", answering())):
        path = tmp_path / f"{kind}.mjs"
        path.write_text(client.get("/explore/programs", query_string={"kind": kind}).text)
        script = (
            f"const {{ programs }} = await import({json.dumps(path.as_uri())});"
            "console.log(JSON.stringify(Object.entries(programs).map(([key, one]) => "
            "[key, one.memory, String(one.begin), String(one.step)])));"
        )
        words = ["node", "--input-type=module", "-e", script]
        both[kind] = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
        assert [key for key, *_ in both[kind]] == list(keys)
        for key, memory, begin, step in both[kind]:
            alone = re.sub(r"^\s+", "", programs.program(kind, key), flags=re.MULTILINE)
            assert f"export const memory = {memory};" in alone
            assert begin in alone
            assert step in alone
    assert both["rule"] != both["response"]


def test_the_programs_of_all_methods_are_kept_for_good_and_without_those_made_here(client, monkeypatch):
    [version] = re.findall(r'data-programs="(\w+)"', client.get("/").text)
    own = own_optimizer(optax.sgd(0.1), {})
    monkeypatch.setitem(optimizers.OPTIMIZERS, own.key, own)
    assert programs.program("rule", own.key) != programs.NONE
    for asked_version, control in ((version, "immutable"), ("another", "no-cache"), ("", "no-cache")):
        answer = client.get("/explore/programs", query_string={"kind": "rule", "version": asked_version})
        assert control in answer.headers["Cache-Control"]
        assert own.key not in answer.text
    assert client.get("/explore/programs", query_string={"kind": "colour"}).text == "export const programs = {\n};\n"
