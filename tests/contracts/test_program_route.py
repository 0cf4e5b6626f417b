"""`GET /explore/program`: modules for the browser, and what is said where there is none."""

import gzip
import logging
import re

import pytest
from flask.testing import FlaskClient

import optimizers
from app import server
from fall_line.experiments.response_experiment import answering
from fall_line.pages.explore import programs
from fall_line.translation.untranslatable import UntranslatableError
from landscapes._own import own_surface


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
