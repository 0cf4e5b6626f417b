"""What the app asks of jobs, before any worker is there."""

import errno
import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict

import pytest
from crew import ROOT, kind, staged, submit

from fall_line import jobs
from fall_line.exports import ExportError
from fall_line.jobs import attempt, queue, submission
from fall_line.jobs.folder import ID, Job
from fall_line.validation import InputError

NO_JOBS = ["", "x" * 32, "x" * 31, "x" * 32 + "\n", "../" + "x" * 29, "workers", "queue.db", "é" * 32, "." * 32]


def drawn(id, folder):
    assert attempt.draw(Job(folder / id))
    return jobs.state(id)


def test_a_job_waits_is_drawn_and_can_be_fetched(folder):
    id = submit("hello")
    assert ID.fullmatch(id)
    assert asdict(jobs.state(id)) == {
        "id": id, "format": "quick", "name": "hello.quick", "kind": "waiting", "ahead": 0, "done": 0, "total": 0,
        "problem": "", "size": 0, "expires": None, "worker": False,
    }  # fmt: skip
    with pytest.raises(jobs.UnknownJob):
        jobs.file(id)
    found = drawn(id, folder)
    assert (found.kind, found.done, found.total, found.size, found.problem) == ("done", 1, 1, 5, "")
    assert jobs.file(id).read_text() == "hello"
    assert found.expires == (folder / id / "result.json").stat().st_mtime + 3600


def test_the_folder_is_for_its_owner_alone(folder):
    id = submit()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / id).stat().st_mode & 0o777 == 0o700


def test_the_browser_is_not_written_down(folder):
    id = submit(browser="a cookie's secret")
    assert "secret" not in (folder / id / "job.json").read_text()


def test_ids_are_not_alike():
    ids = {submit(browser=str(number)) for number in range(5)}
    assert len(ids) == 5
    assert len({id[:6] for id in ids}) == 5


@pytest.mark.parametrize("ask", [jobs.state, jobs.cancel, jobs.file])
@pytest.mark.parametrize("id", NO_JOBS)
def test_what_is_no_job(ask, id, folder):
    submit()
    (folder / "workers").mkdir(exist_ok=True)
    before = sorted(folder.rglob("*"))
    with pytest.raises(jobs.UnknownJob):
        ask(id)
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("spelling", ["{}/", "{}/.", "{0}/../{0}", "./{}", "{}\n", "{}\0"])
def test_a_path_to_a_job_is_no_id(spelling):
    id = submit()
    with pytest.raises(jobs.UnknownJob):
        jobs.state(spelling.format(id))


@pytest.mark.parametrize("ask", [jobs.state, jobs.cancel, jobs.file])
def test_before_there_is_a_folder(ask, folder):
    with pytest.raises(jobs.UnknownJob):
        ask("x" * 32)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ("wobbly.quick", "wobbly.quick"),
        ("wobbly", "wobbly.quick"),
        ("../../etc/passwd", "etc-passwd.quick"),
        ("a\r\nSet-Cookie: b\x00c", "a-Set-Cookie- b-c.quick"),
        ("C:\\con|*?<>", "C-con.quick"),
        ("", "fall-line.quick"),
        (".quick", "fall-line.quick"),
        ("...", "fall-line.quick"),
        ("Größe = 1.5", "Größe = 1.5.quick"),
        ("\ud800", "fall-line.quick"),
        ("x" * 500, "x" * 100 + ".quick"),
    ],
)
def test_names_are_made_safe(wished, name):
    assert jobs.state(jobs.submit(staged(), "quick", wished, "")).name == name


@pytest.mark.parametrize("key", ["exe", "../quick", "", "csv"])
def test_a_format_that_is_not_drawn_is_refused(key):
    with pytest.raises(InputError, match=r"it must be one of .*gif") as refused:
        submit(key=key)
    assert "csv" not in str(refused.value).partition("must be")[2]


def test_the_place_in_the_queue(folder):
    first, second, third = (submit(str(number)) for number in range(3))
    assert [jobs.state(id).ahead for id in (first, second, third)] == [0, 1, 2]
    drawn(first, folder)
    assert [jobs.state(id).ahead for id in (second, third)] == [0, 1]
    jobs.cancel(second)
    assert jobs.state(third).ahead == 0


def test_one_browser_may_have_so_many_and_a_cancelled_one_makes_room(monkeypatch):
    monkeypatch.setenv("FALL_LINE_MAX_WAITING_PER_BROWSER", "2")
    ids = [submit(), submit()]
    with pytest.raises(InputError, match=r"At most 2 of your exports"):
        submit()
    submit(browser="somebody else")
    jobs.cancel(ids[0])
    submit()


def test_so_many_may_wait_in_all_and_a_finished_one_makes_room(monkeypatch, folder):
    monkeypatch.setenv("FALL_LINE_MAX_WAITING", "2")
    ids = [submit(browser="a"), submit(browser="b")]
    with pytest.raises(InputError, match=r"At most 2 exports may wait"):
        submit(browser="c")
    drawn(ids[0], folder)
    submit(browser="c")


def test_the_limit_holds_when_many_ask_at_the_same_time(monkeypatch, folder):
    monkeypatch.setenv("FALL_LINE_MAX_WAITING", "3")
    refused = []

    def ask():
        try:
            submit(browser=str(threading.get_ident()))
        except InputError as error:
            refused.append(error)

    staged()
    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 9
    assert sum(ID.fullmatch(path.name) is not None for path in folder.iterdir()) == 3


def test_cancelling_is_for_good_and_can_be_repeated(folder):
    id = submit()
    jobs.cancel(id)
    jobs.cancel(id)
    assert kind(id) == "cancelled"
    assert drawn(id, folder).kind == "cancelled"
    assert not (folder / "told.log").exists()


def test_what_is_done_is_not_cancelled(folder):
    id = submit()
    drawn(id, folder)
    jobs.cancel(id)
    assert kind(id) == "done"


def test_a_full_disk_is_told_and_leaves_nothing(monkeypatch, folder):
    def save(_scene, path):
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(submission, "save", save)
    with pytest.raises(ExportError, match="The disk is full"):
        submit()
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FALL_LINE_JOBS_FOLDER", str(tmp_path / "file" / "jobs"))
    with pytest.raises(ExportError, match="The file can't be written"):
        submit()


# The connection that sqlite3 gave up on is left to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_queue_that_cannot_be_written_is_told_and_no_job_is_left(folder):
    submit()
    (folder / "queue.db").write_bytes(b"no database " * 1000)
    queue.huey().storage.close()
    queue._task_of.cache_clear()
    with pytest.raises(ExportError, match="can't be used"):
        submit()
    assert len([path for path in folder.iterdir() if ID.fullmatch(path.name)]) == 1


def test_an_unusable_redis_url_is_told_without_its_password(monkeypatch, folder):
    monkeypatch.setenv("REDIS_URL", "http://:secret@host")
    with pytest.raises(ExportError, match="must be an address like redis://") as failed:
        submit()
    assert "secret" not in str(failed.value)
    assert not [path for path in folder.iterdir() if ID.fullmatch(path.name)]


def test_another_process_sees_the_same_jobs():
    id = submit("seen")
    code = """
import json, sys
from fall_line import jobs
seen = jobs.state(sys.argv[1])
print(json.dumps([seen.kind, seen.name]))
jobs.cancel(seen.id)
"""
    ran = subprocess.run([sys.executable, "-c", code, id], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == ["waiting", "seen.quick"]
    assert kind(id) == "cancelled"


def test_an_emptied_folder_is_made_anew(folder):
    old = submit("old")
    queue.huey().storage.close()
    os.rename(folder, folder.with_name("elsewhere"))
    with pytest.raises(jobs.UnknownJob):
        jobs.state(old)
    submit("new")
    assert queue.size() == 1


def test_no_jax_is_loaded():
    heavy = ("jax", "dash", "plotly")
    code = f"import sys, fall_line.jobs.worker as _; print([name for name in {heavy} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
