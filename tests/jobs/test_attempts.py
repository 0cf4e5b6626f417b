"""One attempt at one job, and what the janitor makes of jobs that nobody looks after; all in this process."""
# ruff: noqa: ARG001, every format takes the same three arguments

import logging
import os
import time
from dataclasses import replace

import pytest
import strange_worker
from crew import staged, submit

from fall_line import exports, jobs
from fall_line.jobs import attempt, janitor, presence, queue
from fall_line.jobs.folder import LOST, Job
from fall_line.jobs.janitor import Janitor


def draw_with(monkeypatch, draw):
    monkeypatch.setitem(exports.FORMATS, "quick", replace(strange_worker.FORMATS["quick"], draw=draw))


def names(job):
    return sorted(path.name for path in job.path.iterdir())


def silent(job, number=1):
    """Begin an attempt whose worker is gone."""
    job.claim(number)
    old = time.time() - 3600
    os.utime(job.attempt(number), (old, old))


@pytest.fixture
def make(folder):
    return lambda *words, **options: Job(folder / submit(*words, **options))


@pytest.fixture
def patient(monkeypatch):
    """A janitor that takes a worker for lost at the second look."""
    monkeypatch.setattr(janitor, "LEASE_SECONDS", 0.0)
    return Janitor()


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("full", "The disk is full: there is no room for the file. Free some space and try again."),
        ("forbidden", "The file can't be written: Permission denied."),
        ("refused", "The encoder is missing."),
        ("broken", attempt.UNEXPECTED),
        ("empty", attempt.UNEXPECTED),
    ],
)
def test_a_failure_is_one_sentence_and_no_file(key, sentence, make):
    job = make(key=key)
    assert attempt.draw(job)
    found = jobs.state(job.id)
    assert (found.kind, found.problem, found.size) == ("failed", sentence, 0)
    assert names(job) == ["attempt-1", "job.json", "result.json"]
    with pytest.raises(jobs.UnknownJob):
        jobs.file(job.id)


def test_an_unexpected_failure_is_logged_with_its_place(make, caplog):
    with caplog.at_level(logging.ERROR):
        attempt.draw(make(key="broken"))
    assert "strange_worker.py" in caplog.text
    assert "ZeroDivisionError: a bug" in caplog.text


def test_the_format_gets_the_scene_that_was_submitted(monkeypatch, make):
    got = []

    def draw(scene, path, progress):
        got.append(scene)
        path.write_text("")

    draw_with(monkeypatch, draw)
    attempt.draw(make("one of many", width=640, height=480, theme="dark"))
    scene, expected = got[0], staged(width=640, height=480, theme="dark")
    assert (scene.title, scene.choices) == ("one of many", expected.choices)
    assert (scene.losses == expected.losses).all()
    assert (scene.points == expected.points).all()


def test_a_job_that_is_drawn_is_not_begun_again(make, folder):
    job = make()
    job.claim(1)
    assert attempt.draw(job)
    assert not (folder / "told.log").exists()
    assert jobs.state(job.id).kind == "drawing"


def test_cancelling_stops_the_work_at_the_next_frame(monkeypatch, make):
    frames = []

    def draw(scene, path, progress):
        path.with_name(".half.part.quick").write_text("half")
        for number in range(100):
            frames.append(number)
            if number == 3:
                jobs.cancel(job.id)
            progress(number, 100)

    draw_with(monkeypatch, draw)
    job = make()
    assert attempt.draw(job)
    assert frames == [0, 1, 2, 3]
    assert jobs.state(job.id).kind == "cancelled"
    assert names(job) == ["attempt-1", "cancel", "job.json"]


def test_cancelled_at_the_last_moment_leaves_no_file(monkeypatch, make):
    def draw(scene, path, progress):
        path.write_text("whole")
        jobs.cancel(job.id)

    draw_with(monkeypatch, draw)
    job = make()
    attempt.draw(job)
    assert jobs.state(job.id).kind == "cancelled"
    assert not job.file.exists()


def test_a_worker_that_stops_puts_the_job_back(monkeypatch, make):
    def draw(scene, path, progress):
        path.with_name(".half.part.quick").write_text("half")
        monkeypatch.setattr(attempt, "stopping", lambda: True)
        progress(1, 2)

    draw_with(monkeypatch, draw)
    job = make()
    queue.huey().storage.flush_queue()
    queue.draw(job.id)
    assert jobs.state(job.id).kind == "waiting"
    assert names(job) == ["job.json", "scene.npz"]
    assert queue.size() == 1


def test_a_failure_that_comes_of_stopping_is_none(monkeypatch, make):
    def draw(scene, path, progress):
        monkeypatch.setattr(attempt, "stopping", lambda: True)
        raise BrokenPipeError

    draw_with(monkeypatch, draw)
    job = make()
    assert not attempt.draw(job)
    assert jobs.state(job.id).kind == "waiting"


def test_a_worker_that_stops_begins_nothing(monkeypatch, make):
    monkeypatch.setattr(attempt, "stopping", lambda: True)
    job = make()
    assert not attempt.draw(job)
    assert names(job) == ["job.json", "scene.npz"]


def test_an_attempt_taken_for_lost_ends_and_says_nothing(monkeypatch, make):
    reached = []

    def draw(scene, path, progress):
        job.lose(1)
        progress(1, 2)
        reached.append("the end")

    draw_with(monkeypatch, draw)
    job = make()
    assert attempt.draw(job)
    assert reached == []
    assert jobs.state(job.id).kind == "waiting"


def test_the_pulse_goes_on_while_no_frame_is_done(monkeypatch, make):
    monkeypatch.setattr(attempt, "PULSE_SECONDS", 0.01)
    pulses = set()

    def draw(scene, path, progress):
        end = time.monotonic() + 20
        while len(pulses) < 3 and time.monotonic() < end:
            pulses.add(job.attempt(1).stat().st_mtime_ns)
        path.write_text("")

    draw_with(monkeypatch, draw)
    job = make()
    attempt.draw(job)
    assert len(pulses) == 3


def test_a_lost_job_waits_again_and_fails_after_the_second_loss(make, patient):
    job = make()
    queue.huey().storage.flush_queue()
    silent(job)
    patient.tidy()
    assert jobs.state(job.id).kind == "drawing"
    patient.tidy()
    assert jobs.state(job.id).kind == "waiting"
    assert queue.size() == 1
    silent(job, 2)
    patient.tidy()
    patient.tidy()
    found = jobs.state(job.id)
    assert (found.kind, found.problem) == ("failed", LOST)
    assert not job.scene.exists()


def test_two_janitors_take_a_loss_for_one(make, patient):
    job, other = make(), Janitor()
    silent(job)
    for one in (patient, other, patient, other):
        one.tidy()
    assert job.lost(1).exists()
    assert not job.lost(2).exists()


def test_a_job_with_a_pulse_is_not_lost(make, patient):
    job = make()
    job.claim(1)
    for second in range(3):
        os.utime(job.attempt(1), (second, second))
        patient.tidy()
    assert jobs.state(job.id).kind == "drawing"


def test_a_job_is_not_lost_before_the_lease_is_over(make):
    job, keeper = make(), Janitor()
    silent(job)
    for _ in range(3):
        keeper.tidy()
    assert jobs.state(job.id).kind == "drawing"


def test_what_has_ended_is_removed_after_its_time(monkeypatch, make):
    done, failed, cancelled, waiting = make(), make(key="full"), make(), make()
    attempt.draw(done)
    attempt.draw(failed)
    jobs.cancel(cancelled.id)
    Janitor().tidy()
    assert [job.path.exists() for job in (done, failed, cancelled, waiting)] == [True] * 4
    monkeypatch.setenv("FALL_LINE_KEEP_SECONDS", "60")
    old = time.time() - 61
    for end in (done.result, failed.result, cancelled.cancelled):
        os.utime(end, (old, old))
    for job in (done, failed, cancelled):
        with pytest.raises(jobs.UnknownJob):
            jobs.state(job.id)
    with pytest.raises(jobs.UnknownJob):
        jobs.file(done.id)
    Janitor().tidy()
    assert [job.path.exists() for job in (done, failed, cancelled, waiting)] == [False, False, False, True]


def test_what_waited_for_a_day_is_removed(monkeypatch, make):
    job = make()
    monkeypatch.setattr(janitor, "ABANDONED_SECONDS", 0.0)
    Janitor().tidy()
    assert not job.path.exists()


def test_what_a_killed_process_left_is_removed_after_a_day(folder):
    submit()
    half, fresh = folder / f".{'x' * 32}.new", folder / f".{'y' * 32}.new"
    for path in (half, fresh):
        path.mkdir()
        (path / "scene.npz").write_text("half")
    old = time.time() - 100_000
    os.utime(half, (old, old))
    Janitor().tidy()
    assert not half.exists()
    assert fresh.exists()
    assert not list(folder.glob("*.gone"))


def test_a_job_spoiled_by_a_crash_of_the_machine_is_unknown_and_removed(make):
    job, other = make(), make()
    (job.path / "job.json").write_text("")
    with pytest.raises(jobs.UnknownJob):
        jobs.state(job.id)
    assert jobs.state(other.id).ahead == 0
    Janitor().tidy()
    assert not job.path.exists()


def test_forgotten_jobs_are_queued_again_once_and_in_their_order(make):
    ids = [make(str(number)).id for number in range(3)]
    queue.huey().storage.flush_queue()
    Janitor().tidy()
    Janitor().tidy()
    taken = [queue.huey().dequeue().args[0] for _ in ids]
    assert taken == ids
    assert queue.size() == 0


def test_what_is_put_back_comes_before_what_was_submitted_later(make):
    first, second = make("first"), make("second")
    assert queue.huey().dequeue().args == [first.id]
    queue.put(first)
    assert queue.huey().dequeue().args == [first.id]
    assert queue.huey().dequeue().args == [second.id]


def test_signs_of_life():
    assert not presence.somebody_works()
    job = submit()
    sign = presence.new_sign()
    presence.show(sign)
    assert jobs.state(job).worker
    old = time.time() - 11
    os.utime(sign, (old, old))
    assert not jobs.state(job).worker
    presence.forget_the_dead()
    assert sign.exists()
    os.utime(sign, (0, 0))
    presence.forget_the_dead()
    assert not sign.exists()
