"""Trainings by real workers: beside drawings, stopped, killed, cancelled; and how much of them is kept."""

import os
import signal

import pytest
from crew import DEADLINE, alive, descendants, ended, kill, submit, told, until

from fall_line.jobs import attempt, janitor, training_process, trainings
from fall_line.jobs.folder import unfinished
from fall_line.jobs.janitor import Janitor

BRIEF = {"task": "xor", "layers": [4], "steps": 50, "runs": [{"optimizer": "momentum"}]}
ENDLESS = {"task": "digits", "layers": [64, 64], "batch": 0, "steps": 10_000, "runs": [{"optimizer": "adam"}] * 16}
PATIENCE = 120.0  # s for JAX to be loaded on a machine that does much else


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    monkeypatch.setattr("crew.DEADLINE", PATIENCE)


def order(experiment, *keys):
    """Have it trained and return the job."""
    trainings.ask(trainings.Order(experiment, keys or ("one",), 1_000_000), "somebody")
    return trainings.of_keys(set(keys or ("one",)))[0]


def trainer_of(worker):
    """The process that trains, once it does."""
    return until(lambda: [pid for pid in descendants(worker.pid) if _command(pid).count("fall_line.jobs.trainer")])[0]


def _command(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().decode().replace("\0", " ")
    except OSError:
        return ""


def under_way(job):
    return until(lambda: job.progress()[0] > 0 and job.so_far.exists())


def test_a_training_keeps_no_drawing_waiting_and_is_cancelled_at_once(crew, folder):
    worker = crew.start()
    job = order(ENDLESS, *map(str, range(16)))
    under_way(job)
    process = trainer_of(worker)
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, process) == min(19, own + 10)
    assert ended(submit("beside"))[0].kind == "done"
    assert {jax for _, _, jax in told(folder, "drawn")} == {"False"}
    assert job.kind() == "drawing"
    trainings.leave(job, "somebody")
    until(lambda: not alive([process]))
    until(lambda: not job.so_far.exists())
    assert job.kind() == "cancelled"
    assert not job.file.exists()
    assert worker.poll() is None


def test_one_training_follows_another_and_each_has_its_file(crew):
    jobs = [order(BRIEF, "first"), order(BRIEF, "second")]
    assert [trainings.standing(job, "somebody").ahead for job in jobs] == [0, 1]
    crew.start()
    until(lambda: [job.kind() for job in jobs] == ["done", "done"])
    assert all(job.file.is_file() for job in jobs)
    assert sorted(path.name for path in jobs[0].path.glob("*.npz")) == []
    assert trainings.standing(jobs[0], "somebody").asked


def test_a_worker_that_is_stopped_puts_its_training_back_for_the_next(crew):
    worker, job = crew.start(), order(ENDLESS, *map(str, range(16)))
    under_way(job)
    process = trainer_of(worker)
    worker.terminate()
    assert worker.wait(DEADLINE) == 0
    assert alive([process]) == set()
    assert job.kind() == "waiting"
    crew.start()
    until(lambda: job.kind() == "drawing")
    assert job.number == 1


def test_a_training_ends_with_the_process_that_watches_it_and_is_made_once_more(crew):
    worker = crew.start(LEASE="0.5")
    job = order(ENDLESS, *map(str, range(16)))
    under_way(job)
    process = trainer_of(worker)
    with open(f"/proc/{process}/stat") as file:
        watching = int(file.read().rpartition(")")[2].split()[1])
    kill(watching, signal.SIGKILL)
    until(lambda: not alive([process]))
    until(lambda: job.number == 2 and job.kind() == "drawing")


def test_a_process_that_says_nothing_more_has_failed(monkeypatch):
    job = order(BRIEF)
    monkeypatch.setattr(training_process, "COMMAND", ["sh", "-c", "echo 1 50; exit 0", "sh"])
    assert attempt.draw(job)
    assert (job.kind(), job.problem()) == ("failed", attempt.UNEXPECTED_TRAINING)
    assert unfinished() == []


def test_what_was_trained_first_goes_where_it_takes_too_much_room(monkeypatch):
    done = []
    for number in range(3):
        job = order(BRIEF, str(number))
        job.claim(1)
        job.file.write_bytes(bytes(100))
        job.finish("")
        os.utime(job.file, (number, number))
        done.append(job)
    monkeypatch.setattr(janitor, "MOST_TRAINED_BYTES", 200)
    Janitor().tidy()
    assert [job.path.exists() for job in done] == [False, True, True]
