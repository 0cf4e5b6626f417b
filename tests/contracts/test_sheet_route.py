"""A sheet over HTTP: its bytes by an independent reader, in pieces, refusals, and how many may be under way at once."""

import json
import math
import struct
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import numpy as np
import pytest
from flask import Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import server
from fall_line.experiments.experiment import MAX_STEPS
from fall_line.experiments.mending import check
from fall_line.pages.explore import sheets
from fall_line.trajectories.run import fans, kept_step, last_finite
from fall_line.validation import InputError
from landscapes import find_surface
from optimizers import OPTIMIZERS

EXPERIMENT = {
    "surface": "himmelblau",
    "steps": 50,
    "runs": [{"optimizer": "gradient_descent"}, {"optimizer": "adam"}, {"optimizer": "momentum"}],
}
RATES = np.geomspace(1e-4, 10, 80).tolist()
VARY = [{"run": 2, "key": "learning_rate", "values": RATES}]
VIEW = [-4.0, 6.0, -3.0, 5.0]
BOX = [-14.0, 16.0, -11.0, 13.0]
QUESTION = {"experiment": EXPERIMENT, "view": VIEW, "vary": VARY}
BUSY = {"refused": "busy"}


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, nothing is left out."""
    monkeypatch.setattr(sheets, "PATIENCE", math.inf)


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def ask(client: FlaskClient, question: Any) -> TestResponse:
    """The whole answer, closed like a server's."""
    data = question if isinstance(question, bytes) else json.dumps(question)
    response = client.post("/explore/sheet", data=data, buffered=True)
    assert response.status_code == 200
    return response


def begin(client: FlaskClient) -> TestResponse:
    """An answer of which the first piece is there, the others follow as they are read."""
    return client.post("/explore/sheet", data=json.dumps(QUESTION))


# ---- a reader of the format, from its description ----


def parts(body: bytes) -> tuple[dict[str, Any] | None, list[bytes]]:
    """The header and the whole blocks at the beginning of `body`."""
    found = []
    while len(body) >= 4 and len(body) >= 4 + (length := struct.unpack_from("<I", body)[0]):
        found.append(body[4 : 4 + length])
        body = body[4 + length :]
    return (json.loads(found[0]), found[1:]) if found else (None, [])


def read(header: dict[str, Any], block: bytes) -> dict[str, Any]:
    """What stands in one block, `paths` being [run][seed] -> (end, points, heights)."""
    place, at, rows = struct.unpack_from("<I", block)[0], 4, header["steps"] + 1
    runs = []
    for _ in header["runs"]:
        kept, middle = struct.unpack_from("<iI", block, at)
        at, paths = at + 8, []
        for _ in range(header["seeds"]):
            end, count = struct.unpack_from("<iI", block, at)
            planes = np.frombuffer(block, np.uint8, 7 * rows, at + 8).reshape(7, rows).astype(np.int64)
            outside = np.frombuffer(block, "<f4", 2 * count, at + 8 + 7 * rows).reshape(count, 2)
            at += 8 + 7 * rows + 8 * count
            paths.append((end, *undone(header["box"], planes, outside)))
        runs.append({"kept": kept, "middle": middle, "paths": paths})
    assert at == len(block)
    return {"place": place, "runs": runs}


def undone(box: list[float], planes: np.ndarray, outside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    x, y = (summed(planes[k] * 256 + planes[k + 1], 16) for k in (0, 2))
    bits = summed(planes[4] * 65536 + planes[5] * 256 + planes[6], 20)
    points = np.stack([box[0] + x * (box[1] - box[0]) / 65534, box[2] + y * (box[3] - box[2]) / 65534], axis=1)
    points[x == 65535] = outside
    return points, (bits.astype(np.uint32) << 12).view(np.float32)


def summed(zigzag: np.ndarray, bits: int) -> np.ndarray:
    differences = np.where(zigzag % 2 == 1, -(zigzag + 1) // 2, zigzag // 2)
    return np.cumsum(differences) % 2**bits


# ---- bytes ----


def read_all(response: TestResponse) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Header and blocks of a whole answer."""
    assert response.mimetype == "application/octet-stream"
    assert response.headers["Content-Encoding"] == "gzip"
    header, blocks = parts(zlib.decompress(response.data, 16 + zlib.MAX_WBITS))
    assert header is not None
    return header, [read(header, block) for block in blocks]


def agrees(path: tuple, exact: Any, box: list[float], floor: float) -> None:
    """Within half a step of the box inside it, equal as float32 outside, and heights within 2⁻¹² of themselves."""
    end, points, heights = path
    assert end == last_finite(exact)
    half = np.array([box[1] - box[0], box[3] - box[2]]) / 65534 / 2
    with np.errstate(over="ignore", invalid="ignore"):
        near = (np.abs(points - exact.points) <= half * (1 + 1e-9)).all(axis=1)
        same = np.array(exact.points.astype(np.float32) == points) | np.isnan(points) & np.isnan(exact.points)
        low = np.abs(heights - (exact.losses - floor)) <= 2.0**-11.9 * np.abs(exact.losses - floor)
    assert (near | same.all(axis=1)).all()
    assert (low | ~np.isfinite(heights)).all()
    np.testing.assert_array_equal(np.isfinite(heights), np.abs(exact.losses) < np.finfo(np.float32).max)


def test_a_sheet_has_a_header_and_a_block_for_each_value(client: FlaskClient) -> None:
    header, blocks = read_all(ask(client, QUESTION))
    floor = find_surface("himmelblau").minima[0].loss
    assert header == {"runs": [2], "seeds": 1, "steps": 50, "box": BOX, "floor": floor}
    assert [block["place"] for block in blocks] == list(range(80))
    for block, rate in zip(blocks, RATES, strict=True):
        runs = [*EXPERIMENT["runs"][:2], {"optimizer": "momentum", "hypers": {"learning_rate": rate}}]
        exact = fans(check(EXPERIMENT | {"runs": runs}))[2]
        (run,) = block["runs"]
        assert (run["kept"], run["middle"], len(run["paths"])) == (-1, 0, 1)
        agrees(run["paths"][0], exact.paths[0], BOX, floor)


def test_all_runs_and_seeds_of_a_stop_are_in_its_block(client: FlaskClient) -> None:
    noisy = EXPERIMENT | {"surface": "rotated_quadratic", "noise": "additive", "sigma": 0.5, "seeds": 3}
    noisy |= {"return_best": True}
    angles = [-90, -12.5, 0, 90]
    header, blocks = read_all(
        ask(client, {"experiment": noisy, "view": VIEW, "vary": [{"run": None, "key": "angle", "values": angles}]})
    )
    assert (header["runs"], header["seeds"]) == ([0, 1, 2], 3)
    for block, angle in zip(blocks, angles, strict=True):
        one = check(noisy | {"parameters": {"angle": angle}})
        for run, fan in zip(block["runs"], fans(one), strict=True):
            assert (run["kept"], run["middle"]) == (kept_step(one, fan.median), fan.middle)
            for path, exact in zip(run["paths"], fan.paths, strict=True):
                agrees(path, exact, BOX, header["floor"] or 0.0)


def test_the_steps_have_one_block_of_the_longest_paths(client: FlaskClient) -> None:
    header, (block,) = read_all(ask(client, QUESTION | {"vary": "steps"}))
    assert (header["runs"], header["steps"], block["place"]) == ([0, 1, 2], MAX_STEPS, 0)
    for run, fan in zip(block["runs"], fans(check(EXPERIMENT | {"steps": MAX_STEPS})), strict=True):
        agrees(run["paths"][0], fan.median, BOX, header["floor"])


def test_first_stops_can_be_read_before_the_last_are_walked(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked = []
    make = sheets.sheet

    def noted(*asked: Any) -> Iterator[list]:
        for stops in make(*asked):
            walked.append(len(stops))
            yield stops

    monkeypatch.setattr(sheets, "sheet", noted)
    squeezed, body, seen = zlib.decompressobj(16 + zlib.MAX_WBITS), b"", []
    response = begin(client)
    for piece in response.iter_encoded():
        body += squeezed.decompress(piece)
        header, blocks = parts(body)
        assert header is not None
        assert len(body) == 4 + len(json.dumps(header, separators=(",", ":"))) + sum(4 + len(one) for one in blocks)
        seen.append((len(blocks), sum(walked)))
    response.close()
    assert seen == [(0, 0), (32, 32), (64, 64), (80, 80), (80, 80)]
    assert squeezed.eof


def test_what_is_not_walked_in_time_is_left_out(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "PATIENCE", 0.0)
    _, blocks = read_all(ask(client, QUESTION))
    assert [block["place"] for block in blocks] == list(range(32))


# ---- refusals ----

NUMBERS, ORDER = "it must be four numbers.", "it must be low and high of x, then of y."
LIST = "A sheet is asked for with a list of numbers that vary."
HUGE = {"experiment": EXPERIMENT | {"steps": MAX_STEPS, "runs": EXPERIMENT["runs"] * 5}}
SCHEDULED = {"optimizer": "adam", "schedules": {"learning_rate": {"kind": "cosine"}}}
STEPS_CHANGE = "With a schedule or several seeds the number of steps changes the paths themselves."
REFUSED = [
    (None, "A sheet is asked for with an object."),
    ([], "A sheet is asked for with an object."),
    ("sheet", "A sheet is asked for with an object."),
    (7, "A sheet is asked for with an object."),
    ({}, "An experiment must be an object with a list of runs, not None."),
    (QUESTION | {"experiment": {"runs": [], "surface": "moon"}}, "Surface is ‘moon’; it must be one of"),
    (QUESTION | {"experiment": EXPERIMENT | {"steps": 0}}, "Steps is 0; it must be a whole number from 1 to 10000."),
    ({"experiment": EXPERIMENT, "vary": VARY}, f"View is None; {NUMBERS}"),
    (QUESTION | {"view": VIEW[:3]}, f"View is [-4.0, 6.0, -3.0]; {NUMBERS}"),
    (QUESTION | {"view": "wide"}, f"View is ‘wide’; {NUMBERS}"),
    (QUESTION | {"view": {"x_low": 0}}, f"View is {{'x_low': 0}}; {NUMBERS}"),
    (QUESTION | {"view": ["-4", "6", "-3", "5"]}, f"View is ['-4', '6', '-3', '5']; {NUMBERS}"),
    (QUESTION | {"view": [None, 6, -3, 5]}, f"View is [None, 6, -3, 5]; {NUMBERS}"),
    (QUESTION | {"view": [False, True, False, True]}, f"View is [False, True, False, True]; {NUMBERS}"),
    (QUESTION | {"view": [6, -4, -3, 5]}, f"View is [6, -4, -3, 5]; {ORDER}"),
    (QUESTION | {"view": [-4, 6, 5, 5]}, f"View is [-4, 6, 5, 5]; {ORDER}"),
    ({"experiment": EXPERIMENT, "view": VIEW}, LIST),
    (QUESTION | {"vary": "angle"}, LIST),
    (QUESTION | {"vary": VARY[0]}, LIST),
    (QUESTION | {"vary": [VARY[0] | {"run": 3}]}, "There is no run 3."),
    (QUESTION | {"vary": [VARY[0] | {"run": True}]}, "There is no run True."),
    (QUESTION | {"vary": [VARY[0] | {"key": "epsilon"}]}, "There is no number ‘epsilon’ to vary."),
    (QUESTION | {"vary": [VARY[0] | {"values": [0.1, 11]}]}, "Learning rate is 11; it must be from 0.0001 to 10."),
    (QUESTION | {"vary": [VARY[0] | {"values": ["0.1"]}]}, "Learning rate is ‘0.1’; it must be from 0.0001 to 10."),
    (QUESTION | {"vary": [VARY[0], VARY[0] | {"run": 0, "values": [1]}]}, "All numbers that vary must have the same"),
    (
        QUESTION | HUGE | {"vary": [VARY[0] | {"run": run} for run in range(15) if run % 3 != 1]},
        "These paths are too many and too long to be made ready for a whole slider.",
    ),
    (QUESTION | {"vary": "steps", "experiment": EXPERIMENT | {"runs": [SCHEDULED]}}, STEPS_CHANGE),
    (QUESTION | {"vary": "steps", "experiment": EXPERIMENT | {"noise": "additive", "seeds": 2}}, STEPS_CHANGE),
]


@pytest.mark.parametrize(("question", "sentence"), REFUSED)
def test_a_wrong_question_gets_one_sentence(client: FlaskClient, question: Any, sentence: str) -> None:
    answer = ask(client, question).get_json()
    assert list(answer) == ["problem"]
    assert answer["problem"].startswith(sentence)
    assert answer["problem"].endswith(".")


GARBAGE = [b"", b"{", b"\xff\xfe", b"{'view': 1}", json.dumps(QUESTION).encode()[:-1], b'{"view": [1e999, 1, 0, 1]}']


@pytest.mark.parametrize("body", GARBAGE)
def test_what_is_not_json_gets_a_sentence_too(client: FlaskClient, body: bytes) -> None:
    response = client.post("/explore/sheet", data=body)
    assert (response.status_code, response.get_json()) == (400, {"problem": "This isn't JSON."})


@pytest.mark.parametrize("edge", [math.nan, math.inf, -math.inf])
def test_a_view_that_is_not_finite_is_refused(edge: float) -> None:
    """JSON can't carry it, other callers might."""
    with pytest.raises(InputError, match=r"it must be low and high of x, then of y\.$"):
        sheets.sheet_answer(QUESTION | {"view": [-4, 6, -3, edge]})


@pytest.mark.parametrize("view", [[-1e308, 1e308, -1e308, 1e308], [0, 5e-324, 0, 5e-324]])
def test_beside_a_view_without_measure_all_points_are_written_out(client: FlaskClient, view: list[float]) -> None:
    body = zlib.decompress(ask(client, QUESTION | {"view": view}).data, 16 + zlib.MAX_WBITS)
    header, blocks = parts(body)
    assert header is not None
    start = np.float32(check(EXPERIMENT).start)
    for block in blocks:
        ((path,),) = [run["paths"] for run in read(header | {"box": BOX}, block)["runs"]]
        np.testing.assert_array_equal(path[1][0], start)
    assert len(blocks) == len(RATES)


# ---- how many at once ----


def begun(client: FlaskClient, stack: ExitStack) -> TestResponse:
    """An answer that is closed when `stack` is."""
    response = begin(client)
    stack.callback(response.close)
    return response


def free_places(client: FlaskClient) -> int:
    """How many sheets can be begun before one is refused."""
    with ExitStack() as stack:
        for count in range(sheets.AT_ONCE + 2):
            if begun(client, stack).mimetype == "application/json":
                return count
    raise AssertionError("nobody is ever refused")


def test_the_fifth_at_once_is_refused_and_places_are_given_back(client: FlaskClient) -> None:
    assert sheets.AT_ONCE == 4
    with ExitStack() as stack:
        first = [begun(client, stack) for _ in range(4)]
        assert {response.mimetype for response in first} == {"application/octet-stream"}
        refused = ask(client, QUESTION)
        assert refused.get_json() == BUSY
        assert refused.headers.get("Content-Encoding") != "gzip"
    assert free_places(client) == 4


def test_an_answer_that_was_read_to_its_end_gives_its_place_back(client: FlaskClient) -> None:
    for _ in range(6):
        read_all(ask(client, QUESTION))
    assert free_places(client) == 4


def test_an_answer_that_was_half_read_gives_its_place_back_when_it_is_closed(client: FlaskClient) -> None:
    for _ in range(6):
        response = begin(client)
        pieces = response.iter_encoded()
        assert next(pieces)
        assert next(pieces)
        response.close()
    assert free_places(client) == 4


def test_an_answer_of_which_nothing_was_read_gives_its_place_back(client: FlaskClient) -> None:
    for _ in range(6):
        with server.test_request_context():
            answer = sheets.sheet_answer(QUESTION)
        assert isinstance(answer, Response)
        answer.close()
    assert free_places(client) == 4


def test_a_refused_question_takes_no_place(client: FlaskClient) -> None:
    for question, _ in REFUSED:
        assert "problem" in ask(client, question).get_json()
    assert free_places(client) == 4


def test_an_answer_that_fails_on_its_way_gives_its_place_back(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any) -> bytes:
        raise RuntimeError("no more")

    with monkeypatch.context() as patched:
        patched.setattr(sheets, "blocks", failing)
        for _ in range(6):
            response = begin(client)
            with pytest.raises(RuntimeError, match="no more"):
                list(response.iter_encoded())
            response.close()
    assert free_places(client) == 4


def test_methods_with_any_number_of_hyperparameters_are_sent(client: FlaskClient) -> None:
    """Every number that a slider of the page may move, at its default and its ends."""
    for method in ("gradient_descent", "adamax_p"):
        for hyper in OPTIMIZERS[method].hypers:
            experiment = EXPERIMENT | {"steps": 5, "runs": [{"optimizer": method}]}
            values = [hyper.low, hyper.default, hyper.high]
            vary = [{"run": 0, "key": hyper.key, "values": values}]
            _, blocks = read_all(ask(client, {"experiment": experiment, "view": VIEW, "vary": vary}))
            assert [block["place"] for block in blocks] == [0, 1, 2]
