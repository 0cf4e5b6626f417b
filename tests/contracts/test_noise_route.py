"""`GET /explore/noise`: the random numbers that the server's own runs meet."""

import numpy as np
import pytest
from flask.testing import FlaskClient

from app import server
from fall_line.experiments.landscape import SHIFTS
from fall_line.trajectories.noise import normals, ranks

ASKED = {"kind": "normals", "seed": "3", "seeds": "2", "steps": "40"}


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def test_the_numbers_are_those_of_the_seeds_step_by_step(client):
    body = client.get("/explore/noise", query_string=ASKED).data
    told = np.frombuffer(body, "<f8").reshape(2, 40, 2)
    np.testing.assert_array_equal(told, [np.asarray(normals(seed, 10_001))[:40] for seed in (3, 4)])


def test_ranks_come_after_the_way_the_copies_lie(client):
    body = client.get("/explore/noise", query_string=ASKED | {"kind": "ranks"}).data
    np.testing.assert_array_equal(np.frombuffer(body, "<f8", 64).reshape(32, 2), SHIFTS)
    told = np.frombuffer(body, np.uint8, offset=512).reshape(2, 40, 32)
    np.testing.assert_array_equal(told, [np.asarray(ranks(seed, 10_001))[:40] for seed in (3, 4)])


def test_they_are_asked_for_again_in_vain(client):
    first = client.get("/explore/noise", query_string=ASKED)
    again = client.get("/explore/noise", query_string=ASKED, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "pink"}, "The kind of a noise table must be ‘normals’ or ‘ranks’."),
        ({"seed": "-1"}, "seed must be a whole number from 0 to 999999."),
        ({"seeds": "33"}, "seeds must be a whole number from 1 to 32."),
        ({"steps": "1e3"}, "steps must be a whole number from 1 to 10000."),
        ({"steps": "9" * 5000}, "steps must be a whole number from 1 to 10000."),
        ({"seeds": "32", "steps": "10000"}, "A noise table has at most 200000 steps of all seeds."),
        ({"steps": ""}, "steps must be a whole number from 1 to 10000."),
    ],
)
def test_what_is_wrong_is_said(client, wrong, sentence):
    answer = client.get("/explore/noise", query_string=ASKED | wrong)
    assert (answer.status_code, answer.json) == (400, {"problem": sentence})
