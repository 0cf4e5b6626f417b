"""Real workers in processes of their own: what they draw, and what becomes of jobs when they are stopped or killed."""

import os
import signal
import sys

import pytest
from crew import DEADLINE, alive, descendants, ended, kind, processes, submit, told, until

from fall_line import jobs
from fall_line.jobs import queue
from fall_line.jobs.folder import LOST, Job

PLAIN = [sys.executable, "-m", "fall_line.jobs.worker"]


def begun(folder, title):
    """Wait until a gated job is under way and return the process that draws it."""
    return until(lambda: {name: pid for name, pid, _ in told(folder, "begun")}.get(title))


def open_gate(folder, title):
    (folder / title).touch()


def drawing_processes(worker):
    """The processes of a worker, once all are there: one that looks after the folder and those that draw."""
    return until(lambda: len(found := descendants(worker.pid)) >= 2 and found)


def drafts(folder):
    return list(folder.rglob("*.part*"))


def ffmpegs(worker):
    return [pid for pid in descendants(worker.pid) if processes().get(pid, (0, ""))[1].startswith("ffmpeg")]


def test_jobs_are_drawn_in_their_order_without_jax(crew, folder):
    ids = [submit(str(number)) for number in range(4)]
    queue.put(Job(folder / ids[1]))
    crew.start()
    assert {one.kind for one in ended(*ids)} == {"done"}
    assert [jobs.file(id).read_text() for id in ids] == ["0", "1", "2", "3"]
    assert [title for title, _, _ in told(folder, "drawn")] == ["0", "1", "2", "3"]
    assert {jax for _, _, jax in told(folder, "drawn")} == {"False"}


def test_places_and_progress_with_two_at_once(crew, folder):
    ids = [submit(str(number), "gated") for number in range(4)]
    assert not jobs.state(ids[0]).worker
    crew.start(FALL_LINE_JOBS_AT_ONCE="2")
    assert begun(folder, "0") != begun(folder, "1")
    until(lambda: [kind(id) for id in ids] == ["drawing", "drawing", "waiting", "waiting"])
    assert [jobs.state(id).ahead for id in ids] == [0, 0, 0, 1]
    assert jobs.state(ids[0]).total == 4
    until(lambda: jobs.state(ids[0]).worker)
    open_gate(folder, "1")
    begun(folder, "2")
    until(lambda: [kind(id) for id in ids] == ["drawing", "done", "drawing", "waiting"])
    assert jobs.state(ids[3]).ahead == 0


def test_a_cancelled_job_gives_its_place_to_the_next(crew, folder):
    crew.start()
    drawn, waiting, last = submit("drawn", "gated"), submit("waiting"), submit("last")
    begun(folder, "drawn")
    jobs.cancel(waiting)
    jobs.cancel(drawn)
    assert (kind(drawn), kind(waiting)) == ("cancelled", "cancelled")
    assert ended(last)[0].kind == "done"
    assert [title for title, _, _ in told(folder, "drawn")] == ["last"]
    assert drafts(folder) == []


def test_a_job_whose_process_is_killed_is_drawn_by_the_second_attempt(crew, folder):
    worker = crew.start(LEASE="2")
    id = submit("once", "gated")
    first = begun(folder, "once")
    os.kill(first, signal.SIGKILL)
    second = until(lambda: {pid for _, pid, _ in told(folder, "begun")} - {first})
    open_gate(folder, "once")
    assert ended(id)[0].kind == "done"
    assert jobs.file(id).read_text() == "once"
    assert first not in second
    assert worker.poll() is None
    assert drafts(folder) == []


def test_a_job_that_kills_its_process_twice_has_failed_and_others_are_drawn(crew, folder):
    crew.start(LEASE="0.5")
    deadly, other = submit("deadly", "crashing"), submit("other")
    found, good = ended(deadly, other)
    assert (found.kind, found.problem) == ("failed", LOST)
    assert good.kind == "done"
    assert len(told(folder, "begun")) == 2
    until(lambda: not drafts(folder))


def test_a_drawing_that_stands_still_is_given_up(crew, folder):
    worker = crew.start(LEASE="0.5", STALLED="0.3")
    id = submit("still", "stalled")
    assert ended(id)[0].problem == LOST
    assert len(told(folder, "begun")) == 2
    assert "stood still" in worker.said.read_text()


@pytest.mark.parametrize(
    ("number", "whole_group"),
    [(signal.SIGTERM, False), (signal.SIGTERM, True), (signal.SIGINT, True), (signal.SIGHUP, True)],
)
def test_a_worker_that_is_stopped_puts_its_job_back_quietly(number, whole_group, crew, folder):
    worker = crew.start()
    id = submit("twice", "gated")
    begun(folder, "twice")
    family = drawing_processes(worker)
    (os.killpg if whole_group else os.kill)(worker.pid, number)
    assert worker.wait(DEADLINE) == 0
    assert alive(family) == set()
    assert worker.said.read_text() == ""
    assert kind(id) == "waiting"
    assert queue.size() >= 1
    assert not jobs.state(id).worker
    assert drafts(folder) == []


def test_a_worker_killed_with_its_family_loses_no_job(crew, folder):
    worker = crew.start()
    id = submit("twice", "gated")
    begun(folder, "twice")
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait(DEADLINE)
    crew.start(LEASE="2")
    open_gate(folder, "twice")
    assert ended(id)[0].kind == "done"
    assert len(told(folder, "begun")) == 2


def test_when_only_the_first_process_is_killed_the_others_end(crew, folder):
    worker = crew.start(FALL_LINE_JOBS_AT_ONCE="2")
    id = submit("twice", "gated")
    begun(folder, "twice")
    family = drawing_processes(worker)
    os.kill(worker.pid, signal.SIGKILL)
    until(lambda: not alive(family))
    assert kind(id) == "waiting"
    crew.start()
    open_gate(folder, "twice")
    assert ended(id)[0].kind == "done"


def test_a_worker_beside_another_program_ends_with_it(crew, folder):
    worker = crew.start("--beside")
    begun_id = submit("twice", "gated")
    begun(folder, "twice")
    worker.stdin.close()
    assert worker.wait(DEADLINE) == 0
    assert kind(begun_id) == "waiting"
    assert worker.said.read_text() == ""


def test_forgotten_jobs_are_found_by_a_running_worker(crew):
    crew.start()
    ended(submit("first"))
    id = submit("forgotten", "quick")
    queue.huey().storage.flush_queue()
    assert ended(id)[0].kind == "done"


def test_a_worker_whose_folder_is_emptied_ends_with_a_sentence(crew, folder):
    worker = crew.start()
    ended(submit("first"))
    folder.rename(folder.with_name("elsewhere"))
    assert worker.wait(DEADLINE) == 1
    assert worker.said.read_text() == "The job folder was emptied or replaced; start the worker again.\n"


def test_whether_a_worker_lives_can_be_asked(crew, folder):
    assert crew.start("--alive", command=PLAIN).wait(DEADLINE) == 1
    crew.start(command=PLAIN)
    until(lambda: list(folder.glob("workers/*")))
    assert crew.start("--alive", command=PLAIN).wait(DEADLINE) == 0


@pytest.mark.parametrize(
    ("name", "value", "code", "sentence"),
    [
        ("FALL_LINE_JOBS_AT_ONCE", "many", 2, "it must be a whole number from 1 on"),
        ("REDIS_URL", "host:6379", 2, "REDIS_URL must be an address like redis://"),
        ("FALL_LINE_JOBS_FOLDER", "/dev/null/jobs", 1, "can't be used"),
    ],
)
def test_settings_that_cannot_be_used_are_told_in_one_sentence(name, value, code, sentence, crew):
    worker = crew.start(command=PLAIN, **{name: value})
    assert worker.wait(DEADLINE) == code
    said = worker.said.read_text()
    assert sentence in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("end", ["cancel", "kill", "stop"])
def test_no_ffmpeg_outlives_its_job(end, crew, folder):
    worker = crew.start(command=PLAIN)
    id = submit("video", "mp4", duration=60, width=1200, height=800)
    until(lambda: jobs.state(id).done > 1)
    (encoder,) = ffmpegs(worker)
    artist = processes()[encoder][0]
    if end == "cancel":
        jobs.cancel(id)
    elif end == "kill":
        os.kill(artist, signal.SIGKILL)
    else:
        worker.terminate()
    until(lambda: not alive([encoder]))
    if end == "stop":
        assert worker.wait(DEADLINE) == 0
    if end != "kill":
        until(lambda: not drafts(folder))
