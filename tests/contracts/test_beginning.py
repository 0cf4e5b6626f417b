"""What a page begins with: its HTML, the picture of its experiment, its files, and the answers that a browser keeps."""

import base64
import gzip
import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

import brotli
import numpy as np
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import server
from fall_line.experiments.link import from_query
from fall_line.experiments.mending import check
from fall_line.experiments.published import OPENING, find
from fall_line.figures.levels import contour_levels
from fall_line.figures.theme import PALETTES
from fall_line.folders import ASSETS
from fall_line.pages import compressed_files
from fall_line.pages.explore import beginning
from fall_line.pages.explore import first_picture as drawing
from fall_line.pages.explore.beginning import opened
from fall_line.pages.explore.first_picture import UNITS, first_picture
from fall_line.trajectories.loss import domain_losses
from fall_line.trajectories.run import run

EXPERIMENT = find(OPENING).experiment
QUESTION = {"surface": "booth", "parameters": {}, "steps": 20, "runs": [{"optimizer": "adam"}]}


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pictures are waited for, however long they take."""
    monkeypatch.setattr(drawing, "PATIENCE", 60)
    drawing._begun.cache_clear()
    yield
    drawing._begun.cache_clear()


@pytest.fixture
def unpictured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages begin without pictures, of which only a few are drawn at a time."""
    monkeypatch.setattr(beginning, "first_picture", lambda _: "")


def opening(html: str) -> Any:
    found = re.search(r'id="opening">(.*?)</script>', html)
    assert found is not None
    return json.loads(found[1])


# ---- the HTML ----


@pytest.mark.usefixtures("patient")
def test_the_page_begins_with_the_experiment_of_its_address(client: FlaskClient) -> None:
    html = client.get("/?surface=booth&start=1,2&run=adam").get_data(as_text=True)
    told = opening(html)
    assert (told["experiment"]["surface"], told["experiment"]["start"]) == ("booth", [1, 2])
    assert told["domain"] == list(from_query("surface=booth")[0].surface.domain)
    assert html.count('<svg id="first-picture"') == 1


def test_the_opening_page_begins_with_the_opening_experiment(client: FlaskClient) -> None:
    assert opening(client.get("/").get_data(as_text=True))["experiment"] == EXPERIMENT.model_dump(mode="json")


def test_a_page_without_a_picture_begins_with_its_frames(client: FlaskClient) -> None:
    html = client.get("/response").get_data(as_text=True)
    assert 'class="response shell"' in html
    assert opening(html) is None
    assert opening(client.get("/nowhere").get_data(as_text=True)) is None


def test_a_link_that_cannot_be_read_begins_like_the_page_it_leads_to(client: FlaskClient) -> None:
    answer = client.get("/?surface=moon&steps=many")
    assert answer.status_code == 200
    assert opening(answer.get_data(as_text=True))["experiment"]["surface"] == from_query("surface=moon")[0].surface.key


def test_a_link_that_is_no_text_begins_with_what_can_be_read(client: FlaskClient) -> None:
    answer = client.get("/", environ_overrides={"QUERY_STRING": "surface=booth&label=\xff"})
    assert answer.status_code == 200
    assert opening(answer.get_data(as_text=True))["experiment"]["surface"] == "booth"


def test_what_a_link_says_ends_no_script(client: FlaskClient) -> None:
    html = client.get("/?run=adam,label=</script><script>alert(1)</script>").get_data(as_text=True)
    assert "<script>alert" not in html
    assert opening(html)["experiment"]["runs"][0]["label"] == "</script><script>alert(1)</script>"


def test_every_file_is_named_once_in_the_head_and_is_there(client: FlaskClient) -> None:
    html = client.get("/").get_data(as_text=True)
    head = html.partition("</head>")[0]
    named = re.findall(r'(?:src|href)="(/[^"]+)"', html)
    for address in {one for one in named if "/assets/" in one or "/_dash-component-suites/" in one}:
        assert address in head
        answer = client.get(unescape(address), buffered=True)
        assert answer.status_code == 200, address
        # Dash names this one without its version, so that a browser must ask whether it is still the same.
        kept = (answer.cache_control.max_age or 0) >= 31_536_000
        assert kept or (address.endswith("/async-graph.js") and answer.headers["ETag"]), address
    assert not any(
        unused in address
        for address in named
        for unused in ("dash_table", "polyfill", "mathjax", "highlight", "markdown")
    )


def test_only_the_script_in_the_head_may_stand_in_the_page(client: FlaskClient) -> None:
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    inline = re.findall(
        r"<script(?: id=\"_dash-renderer\"[^>]*)?>(.*?)</script>", answer.get_data(as_text=True), re.DOTALL
    )
    assert len(inline) > 1
    for script in inline:
        assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in policy
    assert "unsafe-eval" not in policy


@pytest.mark.usefixtures("unpictured")
def test_the_root_says_that_the_page_is_embedded_before_anything_is_painted(client: FlaskClient) -> None:
    html = client.get("/?surface=booth&embed=1&hide=rail,header&theme=dark").get_data(as_text=True)
    root = html.partition("<head>")[0]
    assert (
        'data-embedding="embed=1&amp;hide=rail,header&amp;theme=dark" data-hide="rail header" data-theme="dark"' in root
    )
    assert opening(html)["experiment"]["surface"] == "booth"
    whole = client.get("/?surface=booth&hide=%22%3E%3Cscript%3E").get_data(as_text=True).partition("<head>")[0]
    assert '<html lang="en">' in whole


@pytest.mark.usefixtures("unpictured")
@pytest.mark.parametrize(("path", "runs"), [("/?run=adam&run=momentum", 2), ("/response?run=adam", 1), ("/", 5)])
def test_the_shell_keeps_room_for_the_rows_that_will_come(client: FlaskClient, path: str, runs: int) -> None:
    assert f'style="--rows: {runs}"' in client.get(path).get_data(as_text=True)


# ---- the picture ----


def paths(svg: str, group: str) -> list[tuple[str, np.ndarray]]:
    """Style and points of each path in the picture's surface or in its `first-paths`."""
    surface, _, runs = svg.partition('<g class="first-paths">')
    found = re.findall(r'<path style="([^"]*)" d="M(-?\d+) (-?\d+)l([^"]*)"', runs if group == "runs" else surface)
    return [
        (style, np.cumsum([(int(x), int(y)), *(tuple(map(int, way.split())) for way in pairs(ways))], axis=0))
        for style, x, y, ways in found
        if group == "runs"
    ] or [(style, np.zeros((0, 2))) for style, *_ in found]


def pairs(ways: str) -> list[str]:
    words = ways.split()
    return [" ".join(words[k : k + 2]) for k in range(0, len(words), 2)]


@pytest.mark.usefixtures("patient")
def test_the_picture_has_the_paths_where_the_plot_has_them() -> None:
    drawn = paths(first_picture(EXPERIMENT), "runs")
    view = EXPERIMENT.shown
    scale = UNITS / max(view.x_high - view.x_low, view.y_high - view.y_low)
    walked = [one.points for one in run(EXPERIMENT)]
    assert len(drawn) == len(walked)
    for (style, points), path, made in zip(drawn, walked, EXPERIMENT.runs, strict=True):
        wanted = np.stack([(path[:, 0] - view.x_low) * scale, (view.y_high - path[:, 1]) * scale], axis=1)
        assert points[0] == pytest.approx(wanted[0], abs=0.5)
        assert points[-1] == pytest.approx(wanted[-1], abs=0.5)
        distance = np.min(np.hypot(*(points[:, None] - wanted[None]).transpose(2, 0, 1)), axis=0)
        assert distance.max() < 1
        assert style == f"--l:{PALETTES['light'].runs[made.style % 8]};--d:{PALETTES['dark'].runs[made.style % 8]}"


@pytest.mark.usefixtures("patient")
def test_the_picture_has_a_band_for_every_level_and_no_hidden_run() -> None:
    runs = [{"optimizer": "adam"}, {"optimizer": "adagrad", "hidden": True}]
    experiment: Any = check({"surface": "hills_and_canyon", "runs": runs})
    svg = first_picture(experiment)
    levels = contour_levels(experiment.surface, domain_losses(experiment.landscape), experiment.levels)
    assert 0.6 * len(levels) < len(paths(svg, "surface")) <= len(levels) + 1
    assert len(paths(svg, "runs")) == sum(not one.hidden for one in experiment.runs) == 1


def test_a_page_does_not_wait_for_a_picture_that_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_drawing", ThreadPoolExecutor(max_workers=1))
    monkeypatch.setattr(drawing, "_drawn", lambda _: time.sleep(0.6) or "<svg/>")
    drawing._begun.cache_clear()
    begun = time.monotonic()
    assert first_picture(EXPERIMENT) == ""
    assert time.monotonic() - begun < 0.5
    time.sleep(0.7)
    assert first_picture(EXPERIMENT) == "<svg/>"
    drawing._begun.cache_clear()


def test_a_picture_that_cannot_be_drawn_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> str:
        raise FloatingPointError("no")

    monkeypatch.setattr(drawing, "_drawn", broken)
    drawing._begun.cache_clear()
    assert first_picture(EXPERIMENT) == ""
    drawing._begun.cache_clear()


def test_only_a_few_pictures_wait_to_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    go, drawn = threading.Event(), []
    monkeypatch.setattr(drawing, "_rooms", threading.BoundedSemaphore(drawing.WAITING))
    monkeypatch.setattr(drawing, "_drawing", ThreadPoolExecutor(max_workers=1))
    monkeypatch.setattr(drawing, "PATIENCE", 0.01)
    monkeypatch.setattr(drawing, "_drawn", lambda one: drawn.append(one.steps) or str(go.wait(20)))
    drawing._begun.cache_clear()
    many = [EXPERIMENT.model_copy(update={"steps": 40 + k}) for k in range(3 * drawing.WAITING)]
    assert {first_picture(one) for one in many} == {""}
    go.set()
    monkeypatch.setattr(drawing, "PATIENCE", 20)
    assert first_picture(many[drawing.WAITING - 1]) == "True"
    assert drawn == [40 + k for k in range(drawing.WAITING)]
    assert first_picture(many[-1]) == "True"  # it was refused, not forgotten
    drawing._begun.cache_clear()


def test_a_program_that_ends_draws_no_picture_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = ThreadPoolExecutor(max_workers=1)
    ended.shutdown()
    monkeypatch.setattr(drawing, "_drawing", ended)
    drawing._begun.cache_clear()
    assert [first_picture(EXPERIMENT) for _ in range(drawing.WAITING + 1)] == [""] * (drawing.WAITING + 1)


def test_many_paths_are_left_to_the_page() -> None:
    view = EXPERIMENT.shown
    long = EXPERIMENT.model_copy(update={"steps": 10_000})
    assert drawing._paths(long, drawing._Place(view, 1.0)) == ""


# ---- compressed files ----


@pytest.mark.parametrize(("encoding", "plain"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_file_is_compressed_once_and_is_the_same(client: FlaskClient, encoding: str, plain: Any) -> None:
    script = "/assets/built/fall-line.js"
    until = time.monotonic() + 60
    asked = {"headers": {"Accept-Encoding": f"{encoding}, deflate"}, "buffered": True}
    while (answer := client.get(script, **asked)).content_encoding != encoding:
        assert time.monotonic() < until
        time.sleep(0.2)
    whole = (ASSETS / "built" / "fall-line.js").read_bytes()
    assert plain(answer.data) == whole
    assert len(answer.data) < 0.4 * len(whole)
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("kept", [b"", b"not what it was", brotli.compress(b"another file")])
def test_what_an_earlier_start_kept_is_looked_at_before_it_is_sent(kept: bytes) -> None:
    body = bytes(range(256)) * 4
    name = f"{hashlib.sha256(body).hexdigest()[:40]}.br"
    place = compressed_files._file(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(kept)
    assert compressed_files._read(name, "br", body) is None
    place.write_bytes(brotli.compress(body))
    assert brotli.decompress(compressed_files._read(name, "br", body) or b"") == body
    place.unlink()


def test_a_browser_that_knows_no_compression_gets_the_file_as_it_is(client: FlaskClient) -> None:
    answer = client.get("/assets/built/fall-line.css", headers={"Accept-Encoding": "identity"}, buffered=True)
    assert answer.data == (ASSETS / "built" / "fall-line.css").read_bytes()
    assert answer.content_encoding is None


# ---- answers that are kept ----


def asked(client: FlaskClient, question: Any, **headers: str) -> TestResponse:
    return client.get("/explore/paths", query_string={"q": json.dumps(question)}, headers=headers)


def test_a_question_in_the_address_has_the_answer_of_a_posted_one(client: FlaskClient) -> None:
    posted = client.post("/explore/paths", data=json.dumps(QUESTION))
    assert asked(client, QUESTION).data == posted.data
    assert "ETag" not in posted.headers


def test_a_kept_answer_is_not_sent_again(client: FlaskClient) -> None:
    tag = asked(client, QUESTION).headers["ETag"]
    again = asked(client, QUESTION, **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert asked(client, QUESTION | {"steps": 21}, **{"If-None-Match": tag}).status_code == 200
    assert client.get("/explore/paths").status_code == 400
    question = {"q": json.dumps(QUESTION)}
    assert client.head("/explore/paths", query_string=question).headers["ETag"] == tag


def test_a_refusal_and_what_minima_are_searched_for_are_not_kept(client: FlaskClient) -> None:
    assert "ETag" not in asked(client, QUESTION | {"surface": "moon"}).headers
    typed = QUESTION | {"surface": f"formula:x^2 + {time.time_ns() % 997 + 2}*y^2"}
    answer = asked(client, typed)
    assert ("ETag" in answer.headers) == (answer.get_json()["minima"] == "known")


@pytest.mark.parametrize(("distance", "encoding"), [("near", "identity"), ("far", "zstd")])
def test_a_small_answer_is_compressed_for_a_reader_who_is_far(
    client: FlaskClient, distance: str, encoding: str
) -> None:
    answer = asked(client, QUESTION, **{"Accept-Encoding": "zstd, br, gzip", "Fall-Line-Distance": distance})
    assert answer.headers["Content-Encoding"] == encoding


def test_a_link_with_more_seeds_than_the_page_can_walk_opens_with_fewer_and_says_so() -> None:
    experiment, problems = opened("surface=simple_quad&steps=10000&noise=additive&seeds=32&run=lbfgs&run=lbfgs")
    assert experiment.seeds == 9
    (problem,) = problems
    assert problem.startswith("32 seeds of these 2 runs with 10000 steps would keep the page busy for long; it walks 9")
    assert opened("surface=simple_quad&noise=additive&seeds=32&run=lbfgs")[1] == []
