"""What the server answers about exports: previews, files, jobs, refusals."""

import base64
import csv
import io
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import imageio.v3 as imageio
import numpy as np
import pytest
from flask.testing import FlaskClient
from huey.storage import SqliteStorage

from app import server
from fall_line.components.export_dialog import offer
from fall_line.drawing import frames
from fall_line.drawing.choices import Choices, check_choices
from fall_line.experiments.experiment import Experiment
from fall_line.experiments.kinds import KINDS, Kind
from fall_line.experiments.published import OPENING, find
from fall_line.experiments.published_responses import find as response_find
from fall_line.exports import FORMATS
from fall_line.exports._staging import staged
from fall_line.jobs import queue
from fall_line.pages.browser_token import COOKIE as BROWSER
from tests.node import node

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "client" / "exporting").glob("*.ts"))
EXPERIMENT = find(OPENING).experiment.model_dump(mode="json")
TINY = {"width": 240, "height": 200, "duration": 0.3, "hold": 0, "fps": 10}
STILLS = [key for key, one in FORMATS.items() if not one.animated]
FILMS = [key for key, one in FORMATS.items() if one.animated]


@pytest.fixture(autouse=True)
def jobs_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A job folder of the test's own, whose database is closed after it."""
    monkeypatch.setenv("FALL_LINE_JOBS_FOLDER", str(tmp_path / "jobs"))
    monkeypatch.delenv("REDIS_URL", raising=False)
    opened, create = [], SqliteStorage._create_connection

    def remembered(storage: SqliteStorage) -> Any:
        opened.append(create(storage))
        return opened[-1]

    monkeypatch.setattr(SqliteStorage, "_create_connection", remembered)
    yield tmp_path / "jobs"
    queue._task_of.cache_clear()
    for connection in opened:
        connection.close()


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def wish(key: str, experiment: dict[str, Any] = EXPERIMENT, **choices: Any) -> dict[str, Any]:
    return {"kind": "surface", "format": key, "experiment": experiment, "choices": choices}


def ask(client: FlaskClient, address: str, question: Any) -> tuple[int, dict[str, Any]]:
    response = client.post(address, data=question if isinstance(question, bytes) else json.dumps(question))
    return response.status_code, response.get_json()


def preview(client: FlaskClient, key: str, **choices: Any) -> dict[str, Any]:
    status, answer = ask(client, "/export/preview", wish(key, **choices))
    assert status == 200, answer
    return answer


def picture(answer: dict[str, Any]) -> np.ndarray:
    assert answer["image"].startswith("data:image/png;base64,")
    return imageio.imread(base64.b64decode(answer["image"].partition(",")[2]), extension=".png")


# ---- previews ----


@pytest.mark.parametrize(
    ("size", "small"),
    [((1200, 800), (560, 374)), ((1080, 1920), (316, 560)), ((4096, 4096), (560, 560)), ((400, 300), (400, 300))],
)
def test_a_preview_is_small_and_has_the_files_proportions(
    client: FlaskClient, size: tuple[int, int], small: tuple[int, int]
) -> None:
    answer = preview(client, "png", width=size[0], height=size[1])
    assert picture(answer).shape[1::-1] == small
    assert (answer["width"], answer["height"]) == size


def test_a_preview_is_the_file_in_small(client: FlaskClient) -> None:
    small = picture(preview(client, "png", width=1120, height=800))[..., :3].astype(float)
    content = client.post("/export/file", data=json.dumps(wish("png", width=1120, height=800))).data
    large = imageio.imread(content, extension=".png").astype(float)
    halved = large.reshape(400, 2, 560, 2, 3).mean(axis=(1, 3))
    assert np.abs(halved - small).mean() < 6
    # The same comparison tells pictures of other choices apart.
    dark = picture(preview(client, "png", width=1120, height=800, theme="dark"))[..., :3]
    assert np.abs(halved - dark).mean() > 60


def test_the_facts_of_an_animation_are_those_of_its_timeline(client: FlaskClient) -> None:
    answer = preview(client, "gif", fps=60, duration=2, hold=1)
    assert (answer["frames"], answer["seconds"]) == (100, 2.0)
    assert answer["notes"] == ["This format shows at most 50 frames a second, so it plays at 50, not 60."]
    assert answer["bytes"] is None


def test_a_still_picture_has_one_frame_and_no_duration(client: FlaskClient) -> None:
    answer = preview(client, "png")
    assert (answer["frames"], answer["seconds"], answer["notes"]) == (1, 0.0, [])


def test_the_size_of_what_is_made_at_once_is_exact_and_that_of_an_animation_about_right(client: FlaskClient) -> None:
    for key in ("png", "svg", "html"):
        size = len(client.post("/export/file", data=json.dumps(wish(key))).data)
        assert ask(client, "/export/weight", wish(key)) == (200, {"bytes": size, "exact": True})
    status, answer = ask(client, "/export/weight", wish("gif"))
    assert (status, answer["exact"]) == (200, False)
    assert answer["bytes"] > 1000


def test_a_larger_preview_is_larger_and_a_title_of_ones_own_is_in_picture_and_name(client: FlaskClient) -> None:
    _, answer = ask(client, "/export/preview", wish("png", width=3200, height=1600) | {"large": True})
    assert picture(answer).shape[:2] == (800, 1600)
    own = preview(client, "png", heading="Why momentum wins")
    assert (picture(own) != picture(preview(client, "png"))).any()
    response = client.post("/export/file", data=json.dumps(wish("png", heading="Why momentum wins")))
    assert 'filename="why-momentum-wins-' in response.headers["Content-Disposition"]


def test_text_that_has_no_room_is_refused(client: FlaskClient) -> None:
    runs = [{"optimizer": "adam", "label": "A rather long name that goes on and on"} for _ in range(16)]
    _, answer = ask(client, "/export/preview", wish("png", EXPERIMENT | {"runs": runs}, text_size="large"))
    assert answer["problem"].startswith("Text_size is ‘large’, in which title and names find no room in ")


def test_a_preview_shows_the_last_step_shown(client: FlaskClient) -> None:
    early, late = (picture(preview(client, "png", last_step=step)) for step in (3, 125))
    again = picture(preview(client, "mp4", last_step=125))
    assert (early != late).any()
    assert (again[..., :3] == late[..., :3]).all()


def test_a_preview_shows_the_view(client: FlaskClient) -> None:
    zoomed = EXPERIMENT | {"view": [-1, 0, -1, 0]}
    _, answer = ask(client, "/export/preview", wish("png", zoomed))
    assert (picture(answer) != picture(preview(client, "png"))).any(axis=2).mean() > 0.2


def test_a_transparent_preview_has_no_background(client: FlaskClient) -> None:
    alpha = picture(preview(client, "png", transparent=True))[..., 3]
    assert alpha[0, 0] == 0
    assert alpha.max() == 255


def test_text_is_previewed_by_its_first_lines_and_its_exact_size(client: FlaskClient) -> None:
    answer = preview(client, "csv")
    content = client.post("/export/file", data=json.dumps(wish("csv"))).data
    lines = answer["text"].splitlines()
    assert lines[0] == "run,optimizer,step,x,y,loss,gradient_x,gradient_y,chaotic_from_step"
    assert lines[-1] == "…"
    assert lines[:-1] == content.decode().splitlines()[: len(lines) - 1]
    assert (answer["bytes"], answer["exact"]) == (len(content), True)


# ---- files ----


@pytest.mark.parametrize("key", STILLS)
def test_a_file_comes_with_its_name_and_type(client: FlaskClient, key: str) -> None:
    response = client.post("/export/file", data=json.dumps(wish(key)))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="hills-and-canyon-5-runs.{key}"'
    assert response.mimetype == FORMATS[key].media_type
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_picture_has_the_chosen_size(client: FlaskClient) -> None:
    content = client.post("/export/file", data=json.dumps(wish("png", width=642, height=422))).data
    assert imageio.imread(content, extension=".png").shape == (422, 642, 3)


def test_a_table_has_a_row_for_every_step_of_every_run(client: FlaskClient) -> None:
    content = client.post("/export/file", data=json.dumps(wish("csv"))).get_data(as_text=True)
    assert len(list(csv.reader(io.StringIO(content)))) == 1 + 5 * 126


def test_the_experiment_comes_back_from_its_file(client: FlaskClient) -> None:
    content = client.post("/export/file", data=json.dumps(wish("json"))).data
    assert Experiment.model_validate(json.loads(content)) == Experiment.model_validate(EXPERIMENT)


def test_a_name_counts_the_runs_that_are_shown(client: FlaskClient) -> None:
    runs = [{"optimizer": "adam"}, {"optimizer": "adam", "hidden": True}]
    response = client.post("/export/file", data=json.dumps(wish("png", {"surface": "booth", "runs": runs}, **TINY)))
    assert 'filename="booth-1-run.png"' in response.headers["Content-Disposition"]


@pytest.mark.parametrize("key", FILMS)
def test_an_animation_is_no_file_on_the_spot(client: FlaskClient, key: str) -> None:
    status, answer = ask(client, "/export/file", wish(key))
    assert (status, list(answer)) == (200, ["problem"])


# ---- refusals ----


@pytest.mark.parametrize("address", ["/export/preview", "/export/file", "/export/jobs"])
@pytest.mark.parametrize(
    ("question", "words"),
    [
        (wish("avi"), "Format is ‘avi’; it must be one of csv, gif"),
        (wish(["png"]), "Format is ['png']; it must be one of"),
        ({"experiment": EXPERIMENT}, "Format is None; it must be one of"),
        (wish("png", {"runs": []}), "There are 0 runs; there must be 1 to 16."),
        ({"kind": "surface", "format": "png"}, "An experiment must be an object"),
        (wish("png") | {"kind": "response"}, "View is None; it must be one of curves, methods, signals, run."),
        (wish("png") | {"kind": "moon"}, "Kind is ‘moon’; it must be one of surface, response, training."),
        (wish("png") | {"kind": ["surface"]}, "Kind is ['surface']; it must be one of"),
        (wish("png", width=801), "Width is 801; it must be an even whole number of pixels from 200 to 4096."),
        (wish("png", fps="fast"), "Fps is ‘fast’; it must be a whole number from 10 to 60."),
        (wish("png", colour="red"), "There is no choice ‘colour’; the choices are"),
        (wish("png") | {"choices": [1]}, "Choices must be an object"),
        ([], "An export is asked for with an object."),
        (b"3", "An export is asked for with an object."),
    ],
)
def test_what_cannot_be_used_gets_one_sentence(client: FlaskClient, address: str, question: Any, words: str) -> None:
    status, answer = ask(client, address, question)
    assert (status, list(answer)) == (200, ["problem"])
    assert answer["problem"].startswith(words)
    assert answer["problem"].endswith(".")


@pytest.mark.parametrize(("address", "key"), [("preview", "png"), ("file", "png"), ("jobs", "mp4")])
def test_steps_beyond_the_experiment_get_one_sentence(client: FlaskClient, address: str, key: str) -> None:
    _, answer = ask(client, f"/export/{address}", wish(key, last_step=126))
    assert answer["problem"] == "The last step is 126; it must be at most 125, the experiment's number of steps."


def test_too_many_pixels_get_one_sentence(client: FlaskClient, jobs_folder: Path) -> None:
    _, answer = ask(client, "/export/jobs", wish("mp4", width=4096, height=4096, duration=30))
    assert "billion pixels" in answer["problem"]
    assert not [one for one in jobs_folder.glob("*") if (one / "job.json").exists()]


@pytest.mark.parametrize("address", ["/export/preview", "/export/file", "/export/jobs"])
@pytest.mark.parametrize("question", [b"", b"no json", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_json_is_refused(client: FlaskClient, address: str, question: bytes) -> None:
    status, answer = ask(client, address, question)
    assert (status, list(answer)) == (400, ["problem"])


# ---- jobs ----


def test_a_job_waits_and_the_browser_is_remembered_by_a_cookie(client: FlaskClient) -> None:
    response = client.post("/export/jobs", data=json.dumps(wish("gif", **TINY)))
    state = response.get_json()
    assert (state["kind"], state["format"], state["ahead"]) == ("waiting", "gif", 0)
    assert state["name"] == "hills-and-canyon-5-runs.gif"
    cookie = response.headers["Set-Cookie"]
    assert re.match(rf"{BROWSER}=[\w-]{{32}};", cookie)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert client.get(f"/export/jobs/{state['id']}").get_json() == state


def test_a_browser_keeps_its_token_and_a_forged_one_is_replaced(client: FlaskClient) -> None:
    client.post("/export/jobs", data=json.dumps(wish("gif", **TINY)))
    token = client.get_cookie(BROWSER).value
    client.post("/export/jobs", data=json.dumps(wish("gif", **TINY)))
    assert client.get_cookie(BROWSER).value == token
    client.set_cookie(BROWSER, "short")
    client.post("/export/jobs", data=json.dumps(wish("gif", **TINY)))
    assert len(client.get_cookie(BROWSER).value) == 32


def test_each_browser_has_its_own_limit(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FALL_LINE_MAX_WAITING_PER_BROWSER", "2")
    answers = [ask(client, "/export/jobs", wish("gif", **TINY))[1] for _ in range(3)]
    assert [answer.get("ahead") for answer in answers[:2]] == [0, 1]
    assert answers[2]["problem"].startswith("At most 2 of your exports may be under way at a time;")
    _, elsewhere = ask(server.test_client(), "/export/jobs", wish("gif", **TINY))
    assert elsewhere["ahead"] == 2


@pytest.mark.parametrize("method", ["post", "delete"])
def test_a_cancelled_job_is_over_and_has_no_file(client: FlaskClient, method: str) -> None:
    _, state = ask(client, "/export/jobs", wish("gif", **TINY))
    answer = getattr(client, method)(f"/export/jobs/{state['id']}/cancel")
    assert (answer.status_code, answer.get_json()["kind"]) == (200, "cancelled")
    assert client.get(f"/export/jobs/{state['id']}").get_json()["kind"] == "cancelled"
    assert client.get(f"/export/jobs/{state['id']}/file").status_code == 404


@pytest.mark.parametrize("id", ["nothing", "x" * 32, "..", "%00", "x" * 5000])
@pytest.mark.parametrize(("method", "end"), [("get", ""), ("get", "/file"), ("post", "/cancel"), ("delete", "/cancel")])
def test_a_job_that_is_not_there_gets_404_and_a_sentence(client: FlaskClient, id: str, method: str, end: str) -> None:
    response = getattr(client, method)(f"/export/jobs/{id}{end}")
    assert response.status_code == 404
    if response.is_json:  # some of these are no address of a job at all
        assert list(response.get_json()) == ["problem"]


@pytest.mark.parametrize("key", STILLS)
def test_what_is_made_at_once_takes_no_job(client: FlaskClient, key: str) -> None:
    status, answer = ask(client, "/export/jobs", wish(key))
    assert (status, list(answer)) == (200, ["problem"])


@pytest.fixture
def worker(jobs_folder: Path) -> Iterator[None]:  # noqa: ARG001
    """A worker as it is started beside the server; it inherits the job folder."""
    command = [sys.executable, "-m", "fall_line.jobs.worker"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    yield
    process.terminate()
    process.wait(30)


@pytest.mark.usefixtures("worker")
def test_a_job_is_drawn_and_its_file_fetched(client: FlaskClient) -> None:
    _, state = ask(client, "/export/jobs", wish("gif", **TINY))
    deadline = time.monotonic() + 120
    while state["kind"] in ("waiting", "drawing"):
        assert time.monotonic() < deadline, state
        time.sleep(0.1)
        state = client.get(f"/export/jobs/{state['id']}").get_json()
    assert state["kind"] == "done", state
    with client.get(f"/export/jobs/{state['id']}/file") as response:
        content = response.data
    assert imageio.imread(content, extension=".gif").shape[1:3] == (200, 240)
    assert len(content) == state["size"]
    assert response.mimetype == "image/gif"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "hills-and-canyon-5-runs.gif" in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].startswith("attachment")


# ---- answers to a signal ----

ANSWERS = response_find("response/adam/rectangles").experiment


def response_wish(key: str, **choices: Any) -> dict[str, Any]:
    return wish(key, ANSWERS.model_dump(mode="json"), **choices) | {"kind": "response"}


@pytest.mark.parametrize("key", ["png", "mp4"])
def test_a_preview_of_answers_is_the_picture_in_small(client: FlaskClient, key: str) -> None:
    status, answer = ask(client, "/export/preview", response_wish(key, width=1120, height=800, last_step=120))
    assert status == 200
    scene = staged(ANSWERS, Choices(width=560, height=400, last_step=120))
    assert np.array_equal(picture(answer), frames.picture(scene))
    assert answer["frames"] == {"png": 1, "mp4": 165}[key]


@pytest.mark.parametrize("key", [key for key in STILLS if "response" in FORMATS[key].kinds])
def test_a_file_of_answers_comes_with_its_name_and_type(client: FlaskClient, key: str, tmp_path: Path) -> None:
    response = client.post("/export/file", data=json.dumps(response_wish(key)))
    assert response.headers["Content-Disposition"] == f'attachment; filename="response-rectangles-3-runs.{key}"'
    assert response.mimetype == FORMATS[key].media_type
    FORMATS[key].export(ANSWERS, tmp_path / "same")
    assert response.data == (tmp_path / "same").read_bytes()


def test_epochs_beyond_the_signal_get_one_sentence(client: FlaskClient) -> None:
    for address, key in (("preview", "png"), ("file", "svg"), ("jobs", "mp4")):
        _, answer = ask(client, f"/export/{address}", response_wish(key, last_step=300))
        assert answer["problem"].startswith("The last step is 300; it must be at most 299")


@pytest.mark.usefixtures("worker")
def test_answers_are_drawn_as_a_job(client: FlaskClient, tmp_path: Path) -> None:
    _, state = ask(client, "/export/jobs", response_wish("webp", **TINY))
    deadline = time.monotonic() + 120
    while state["kind"] in ("waiting", "drawing"):
        assert time.monotonic() < deadline, state
        time.sleep(0.1)
        state = client.get(f"/export/jobs/{state['id']}").get_json()
    assert state["kind"] == "done", state
    with client.get(f"/export/jobs/{state['id']}/file") as response:
        drawn = imageio.imread(response.data, extension=".webp", index=None)
    assert "response-rectangles-3-runs.webp" in response.headers["Content-Disposition"]
    FORMATS["webp"].export(ANSWERS, tmp_path / "same.webp", Choices(**TINY))
    assert np.array_equal(drawn, imageio.imread(tmp_path / "same.webp", index=None))


# ---- the dialog and the server agree ----


def test_the_dialog_of_answers_offers_nothing_that_only_surfaces_have() -> None:
    assert offer("surface")["counted"] == "step"
    assert offer("response")["counted"] == "epoch"
    formats = [one for group in offer("response")["groups"] for one in group["formats"]]
    assert not any("loss_panel" in one["heeds"] for one in formats)
    assert not any("step" in one["words"].split() for one in formats)


@pytest.mark.parametrize("kind", KINDS)
def test_every_format_of_a_kind_is_offered_once(kind: Kind) -> None:
    offered = [one["key"] for group in offer(kind)["groups"] for one in group["formats"]]
    assert sorted(offered) == sorted(key for key, one in FORMATS.items() if kind in one.kinds)
    assert all(one["words"] for group in offer(kind)["groups"] for one in group["formats"])


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_untouched_dialog_asks_for_are_the_defaults(kind: Kind) -> None:
    program = """(choices, offer) => {
        const of = (format) => choices.asked({ ...choices.fresh(offer), format }, offer, "light");
        return Object.fromEntries(offer.groups.flatMap((group) => group.formats).map(({ key }) => [key, of(key)]));
    }"""
    asked = node("exporting/choices.ts", program, offer(kind))
    assert set(asked) == {key for key, one in FORMATS.items() if kind in one.kinds}
    for key, choices in asked.items():
        assert check_choices(choices) == Choices()
        assert set(choices) == FORMATS[key].heeded(kind)


def test_every_choice_has_its_control() -> None:
    form = "\n".join(path.read_text(encoding="utf-8") for path in MODULES if path.name.startswith("form"))
    heeded = set().union(*(one.heeds for one in FORMATS.values()))
    assert {name for name in heeded if not re.search(rf"\b{name}\b", form)} == set()


def test_every_address_that_the_dialog_asks_is_a_route() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    asked = {re.sub(r"\$\{[^}]*\}", "<id>", one) for one in re.findall(r'["`](export/[^"`]*)["`]', text)}
    routes = {
        rule.rule.removeprefix("/") for rule in server.url_map.iter_rules() if rule.endpoint.startswith("export.")
    }
    assert asked == routes


GREAT = {
    "surface": "simple_quad",
    "steps": 10_000,
    "noise": "additive",
    "seeds": 32,
    "runs": [{"optimizer": "gradient_descent"}] * 4,
}


def test_a_table_that_is_too_long_for_the_page_is_refused_before_it_is_made(client: FlaskClient) -> None:
    question = {"kind": "surface", "format": "csv", "experiment": GREAT, "choices": {}}
    for address in ("preview", "file"):
        answer = client.post(f"/export/{address}", data=json.dumps(question)).get_json()
        assert answer["problem"].startswith("This table would have 1,280,128 rows; the page makes 1,000,000 at most.")
    question["choices"] = {"statistics": True}
    answer = client.post("/export/preview", data=json.dumps(question)).get_json()
    assert answer["text"].startswith("run,optimizer,step,seeds,lower_quartile,median,upper_quartile,within_tolerance")


def test_seeds_that_would_take_too_long_are_refused_before_they_are_walked(client: FlaskClient) -> None:
    long = GREAT | {"runs": [{"optimizer": "lbfgs"}] * 4}
    question = {"kind": "surface", "format": "csv", "experiment": long, "choices": {}}
    exported = client.post("/export/preview", data=json.dumps(question)).get_json()["problem"]
    shown = client.post("/explore/paths", data=json.dumps(long)).get_json()["problem"]
    assert exported == shown
    assert "it walks 4 at most" in shown
