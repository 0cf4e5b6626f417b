"""Trainings that take long: offered, made by jobs as they would be in place, shared, found again; and failures."""

import base64
import json
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask.testing import FlaskClient

from app import server
from fall_line.experiments.training_experiment import TrainingExperiment, check
from fall_line.jobs import attempt, trainer, training_process, trainings
from fall_line.jobs.folder import LOST_TRAINING, Job, jobs
from fall_line.pages.browser_token import COOKIE
from fall_line.pages.train import long_trainings
from fall_line.pages.train import trained as kept
from fall_line.training import cost
from fall_line.training.history import History
from fall_line.training.train import train
from fall_line.training.under_way import Made

TINY = {"task": "xor", "layers": [4], "steps": 250, "runs": [{"optimizer": "adam"}, {"optimizer": "momentum"}]}
FAILS = [sys.executable, "-c", "import sys; sys.exit(3)"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The job folder of this test alone, in which no worker works; every step is taken to last a second."""
    monkeypatch.setenv("FALL_LINE_JOBS_FOLDER", str(tmp_path / "jobs"))
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.setattr(cost, "STEP", 1.0)
    return tmp_path / "jobs"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Nothing has been trained, nor is anything while the site warms up, and nothing stays."""
    for thread in threading.enumerate():
        if "_warm_up" in thread.name:
            thread.join()
    kept._kept.clear()
    long_trainings._light.cache_clear()
    yield
    kept._kept.clear()


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def ask(client: FlaskClient, experiment: Any = TINY, **more: Any) -> dict[str, Any]:
    address = "/train/job" if "job" in more else "/train/answers"
    return client.post(address, data=json.dumps({"experiment": experiment, **more})).get_json()


def standing(client: FlaskClient, experiment: Any = TINY, **more: Any) -> str:
    return ask(client, experiment, **more)["job"]["kind"]


def started(client: FlaskClient, experiment: Any = TINY) -> Job:
    """Start a job and return it."""
    before = {job.id for job in jobs()}
    assert standing(client, experiment, job="start") == "waiting"
    (job,) = (job for job in jobs() if job.id not in before)
    return job


def steps(answer: dict[str, Any]) -> list[list[int]]:
    return [[one["step"] for one in seeds] for seeds in answer["trainings"]]


def all_done(answer: dict[str, Any]) -> bool:
    return all(one["done"] for seeds in answer["trainings"] for one in seeds)


def columns(training: dict[str, Any]) -> np.ndarray:
    return np.frombuffer(base64.b64decode(training["columns"]), dtype="<f4").reshape(4, -1)


def same(one: History, other: History) -> bool:
    """Whether two histories agree to the last bit."""
    pairs = zip(one, other, strict=True)
    return all(np.array_equal(a, b, equal_nan=True) and a.dtype == b.dtype for a, b in pairs)


def histories(experiment: Any) -> list[History]:
    found = [one.history for one in kept.every(check(experiment))]
    return [one for one in found if one is not None]


def in_place(experiment: Any) -> list[History]:
    """The same trainings as the page makes them while a reader waits."""
    kept._kept.clear()
    return [one for seeds in kept.trained(check(experiment)) for one in seeds]


def test_what_takes_long_is_offered_with_an_estimate_and_nothing_begins(client: FlaskClient) -> None:
    for _ in range(2):
        answer = ask(client)
        assert answer["job"] == {"kind": "offered", "problem": "", "takes": "8.3 minutes"}
        assert steps(answer) == [[0], [0]]
        assert [one["outcome"] for one in answer["reports"]] == ["waiting", "waiting"]
    assert list(jobs()) == []
    assert client.get_cookie(COOKIE) is None


def test_many_wide_networks_are_offered_with_an_estimate(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    many = {"task": "digits", "layers": [64] * 4, "batch": 64, "steps": 10_000, "runs": [{"optimizer": "adam"}] * 16}
    offered = ask(client, many)["job"]
    assert offered["kind"] == "offered"
    assert re.fullmatch(r"[\d.]+ (seconds|minutes)", offered["takes"])


def test_what_would_take_hours_is_refused_with_what_would_take_less(client: FlaskClient) -> None:
    answer = ask(client, TINY | {"steps": 3000}, job="start")
    assert answer["problem"] == (
        "2 runs of 3000 steps would train for about 1.7 hours; at most 60 minutes can be asked for. "
        "Fewer steps, runs or seeds, narrower layers or smaller batches take less."
    )
    assert list(jobs()) == []


@pytest.mark.parametrize("change", [{}, {"seeds": 2, "validation": 0.25, "patience": 20}])
def test_a_job_trains_what_is_trained_in_place_to_the_last_bit(client: FlaskClient, change: dict[str, Any]) -> None:
    asked = TINY | change
    assert attempt.draw(started(client, asked))
    answer = ask(client, asked)
    assert answer["job"] is None
    assert all_done(answer)
    got = histories(asked)
    wanted = in_place(asked)
    assert len(got) == 2 * asked.get("seeds", 1)
    assert all(same(*pair) for pair in zip(got, wanted, strict=True))
    assert answer["reports"] == ask(client, asked)["reports"]


def test_a_training_that_a_job_has_made_goes_on_as_one_made_in_place(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt.draw(started(client))
    ask(client)
    monkeypatch.undo()  # short again
    longer = check(TINY | {"steps": 400})
    assert [one.step for one in kept.every(longer)] == [250, 250]
    got = [one for seeds in kept.trained(longer) for one in seeds]
    for history, run in zip(got, longer.runs, strict=True):
        assert same(history, train(longer, run, 0))


def test_what_is_under_way_is_told_as_far_as_it_has_come(client: FlaskClient) -> None:
    job, experiment = started(client), check(TINY)
    assert job.claim(1)
    partly = _partly(experiment)
    trainer._Teller(job, experiment)(partly)
    answer = ask(client)
    assert answer["job"]["kind"] == "drawing"
    assert steps(answer) == [[100], [0]]
    assert not all_done(answer)
    told = columns(answer["trainings"][0][0])
    assert np.array_equal(told[0], train(experiment, experiment.runs[0], 0).loss[:100].astype("<f4"))
    assert answer["reports"][0]["outcome"] == "training, 100 of 250"


def _partly(experiment: TrainingExperiment) -> list[Made]:
    first, other = kept.every(experiment)
    first.advance()
    made = [first._made, other._made]
    kept._kept.clear()
    return made


def test_two_who_ask_for_the_same_share_one_job_which_ends_when_neither_wants_it(client: FlaskClient) -> None:
    other, third = server.test_client(), server.test_client()
    job = started(client)
    assert standing(other, job="start") == "waiting"
    assert [one.id for one in jobs()] == [job.id]
    assert (ask(client)["job"]["asked"], ask(third)["job"]["asked"]) == (True, False)
    assert standing(third, job="cancel") == "offered"  # who has not asked for it can't take it from others
    assert standing(client, job="cancel") == "offered"
    assert job.kind() == "waiting"
    assert standing(other, job="cancel") == "offered"
    assert job.kind() == "cancelled"
    assert standing(client) == "offered"
    assert started(client).id != job.id


def test_many_threads_that_ask_at_once_make_one_job() -> None:
    clients = [server.test_client() for _ in range(6)]
    threads = [threading.Thread(target=ask, args=(one,), kwargs={"job": "start"}) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (job,) = jobs()
    assert len(list(job.path.glob("asked-*"))) == 6


def test_a_server_that_begins_anew_finds_what_is_under_way_and_what_is_done(client: FlaskClient) -> None:
    job = started(client)
    kept._kept.clear()
    assert standing(server.test_client()) == "waiting"
    assert attempt.draw(job)
    kept._kept.clear()
    hidden = TINY | {"runs": [one | {"hidden": True} for one in TINY["runs"]]}  # type: ignore[operator]
    for asked in (TINY, hidden):
        answer = ask(server.test_client(), asked)
        assert answer["job"] is None
        assert all_done(answer)


def test_only_what_is_not_made_is_ordered(client: FlaskClient) -> None:
    attempt.draw(started(client))
    ask(client)
    runs = [{"optimizer": "momentum"}, {"optimizer": "rmsprop"}]
    answer = ask(client, TINY | {"runs": runs})
    assert (answer["job"]["kind"], steps(answer)) == ("offered", [[250], [0]])
    assert answer["job"]["takes"] == "4.2 minutes"
    job = started(client, TINY | {"runs": runs})
    assert [run["optimizer"] for run in job.order["experiment"]["runs"]] == ["rmsprop"]


def test_what_is_left_is_trained_in_place_if_it_is_short(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt.draw(started(client))
    monkeypatch.setenv("FALL_LINE_TRAINING_SECONDS", "300")
    kept._kept.clear()
    runs = [*TINY["runs"], {"optimizer": "rmsprop"}]  # type: ignore[misc]
    answer = ask(client, TINY | {"runs": runs})
    assert answer["job"] is None
    assert steps(answer)[:2] == [[250], [250]]
    assert steps(answer)[2][0] > 0


def test_a_full_queue_says_so_and_what_can_be_done(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FALL_LINE_MAX_TRAININGS", "2")
    for seed in range(2):
        started(client, TINY | {"seed": seed})
    answer = ask(client, TINY | {"seed": 2}, job="start")
    assert answer["problem"] == (
        "The queue of long trainings is full, 2 at most; start this one in some minutes, or make it shorter: "
        "fewer steps, runs or seeds."
    )
    assert standing(client, TINY | {"seed": 2}) == "offered"
    assert [ask(client, TINY | {"seed": seed})["job"]["ahead"] for seed in range(2)] == [0, 1]
    monkeypatch.setenv("FALL_LINE_MAX_TRAININGS", "9")
    assert ask(client, TINY | {"seed": 2}, job="start")["problem"] == (
        "At most 2 of your long trainings may be under way at a time; wait for one or cancel one."
    )
    assert standing(server.test_client(), TINY | {"seed": 2}, job="start") == "waiting"


def test_a_training_that_fails_says_so_and_can_be_started_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = started(client)
    monkeypatch.setattr(training_process, "COMMAND", FAILS)
    assert attempt.draw(job)
    failed = ask(client)["job"]
    assert (failed["kind"], failed["problem"], failed["takes"]) == (
        "failed",
        attempt.UNEXPECTED_TRAINING,
        "8.3 minutes",
    )
    again = started(client)
    for number in (1, 2):
        again.claim(number)
        again.lose(number)
    assert ask(client)["job"]["problem"] == LOST_TRAINING


def test_what_the_process_cannot_train_is_told_in_its_own_words(client: FlaskClient) -> None:
    job = started(client)
    order = json.loads((job.path / "job.json").read_text())
    order["experiment"]["task"] = "chess"  # e.g. of a plugin that the worker has not
    (job.path / "job.json").write_text(json.dumps(order))
    attempt.draw(Job(job.path))
    assert Job(job.path).problem().startswith("Task is ‘chess’; it must be one of")


@pytest.mark.parametrize("spoiled", [b"", b"no archive", None])
def test_a_file_that_is_gone_or_spoiled_is_told_and_can_be_made_again(
    client: FlaskClient, spoiled: bytes | None
) -> None:
    job = started(client)
    attempt.draw(job)
    if spoiled is None:
        job.file.unlink()
    else:
        job.file.write_bytes(spoiled)
    offered = ask(client)["job"]
    assert (offered["kind"], offered["problem"]) == ("offered", long_trainings.GONE)
    started(client)


def test_files_are_made_of_what_a_job_has_trained(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    wish = {"kind": "training", "experiment": TINY, "format": "csv", "choices": {}}

    def file() -> Any:
        return client.post("/export/file", data=json.dumps(wish))

    assert "would train for about 8.3 minutes; at most 2 minutes" in file().get_json()["problem"]
    attempt.draw(started(client))
    monkeypatch.setattr("fall_line.exports._trained.train", None)  # nothing is trained for it
    rows = [line.split(",") for line in file().text.splitlines()]
    place = rows[0].index("loss")
    losses = [float(row[place]) for row in rows[1:] if row[0] == "1"]
    assert losses == train(check(TINY), check(TINY).runs[0], 0).loss.tolist()


def test_what_is_trained_is_no_export(client: FlaskClient) -> None:
    job = started(client)
    for address in (f"/export/jobs/{job.id}", f"/export/jobs/{job.id}/file"):
        assert client.get(address).status_code == 404
    assert client.post(f"/export/jobs/{job.id}/cancel").status_code == 404
    assert job.kind() == "waiting"


def test_what_was_trained_stays_as_long_as_files_do(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    job = started(client)
    attempt.draw(job)
    monkeypatch.setenv("FALL_LINE_KEEP_SECONDS", "1")
    ended = job.ended()
    assert ended is not None
    monkeypatch.setattr("fall_line.jobs.folder.time.time", lambda: ended + 2)
    assert standing(client) == "offered"
    assert trainings.of_keys(set(job.order["keys"])) == []
