"""Whatever befalls ffmpeg, the disk or the program: a whole file or the old one, a sentence, and no process left."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from fall_line.exports import FORMATS, ExportError, _encoder
from fall_line.exports.format import silent
from tests.drawing.scenes import SPIRAL, made

ROOT = Path(__file__).parents[2]
ENCODED = ["mp4", "gif", "webp"]
DRAWN = [*ENCODED, "png", "svg"]
SCENE = made(SPIRAL, width=200, height=200, loss_panel=False, title=False)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs shell scripts and signals")


@pytest.fixture(params=["nothing", "an old file"])
def folder(request, tmp_path):
    """A folder of its own for the file; in every test it must be as before in the end."""
    place = tmp_path / "files"
    place.mkdir()
    if request.param != "nothing":
        for key in DRAWN:
            (place / f"a.{key}").write_text("old")
    return place


@pytest.fixture
def started(monkeypatch):
    """The processes that the encoder starts; each must be gone in the end."""
    processes, start = [], subprocess.Popen

    def remembered(*arguments, **settings):
        process = start(*arguments, **settings)
        if settings.get("stdin") == subprocess.PIPE:
            processes.append(process)
        return process

    monkeypatch.setattr(_encoder.subprocess, "Popen", remembered)
    yield processes
    for process in processes:
        assert process.returncode is not None
        assert process.stdin.closed
        with pytest.raises(ProcessLookupError):
            os.kill(process.pid, 0)


@pytest.fixture
def instead(monkeypatch, tmp_path):
    """Puts a shell script in ffmpeg's place."""

    def put(script, mode=stat.S_IRWXU):
        program = tmp_path / "ffmpeg"
        program.write_text(script)
        program.chmod(mode)
        monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(program))

    return put


def failure(key, folder, kind=ExportError, progress=silent):
    """The failure of drawing to the folder, which is left as it was."""
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    with pytest.raises(kind) as failed:
        FORMATS[key].draw(SCENE, folder / f"a.{key}", progress)
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before
    text = str(failed.value)
    assert kind is not ExportError or (text.isprintable() and text.endswith("."))
    return text


# ffmpeg


@pytest.mark.parametrize("key", ENCODED)
def test_no_ffmpeg(key, folder, monkeypatch, tmp_path):
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "none"))
    assert failure(key, folder) == _encoder.MISSING


@pytest.mark.parametrize(("script", "mode"), [("#!/bin/sh\n", stat.S_IRUSR), ("no program", stat.S_IRWXU)])
def test_what_is_no_program(script, mode, folder, instead):
    instead(script, mode)
    assert failure("mp4", folder) == _encoder.MISSING


def test_no_ffmpeg_anywhere(folder, monkeypatch):
    def none():
        raise RuntimeError("No ffmpeg exe could be found.")

    monkeypatch.setattr(_encoder.imageio_ffmpeg, "get_ffmpeg_exe", none)
    assert failure("mp4", folder) == _encoder.MISSING


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("exit 1", "stopped with code 1 before the end (it said nothing)"),
        ("exit 0", "stopped with code 0 before the end (it said nothing)"),
        ("echo 'Unknown encoder\tlibx264' >&2; exit 8", "stopped with code 8 before the end (Unknown encoder libx264)"),
        ("head -c 1000000 >/dev/null; exit 3", "stopped with code 3 before the end"),
        ("cat >/dev/null; echo 'Conversion failed!' >&2; exit 69", "code 69 before the end (Conversion failed!)"),
        ("kill -SEGV $$", "was stopped by signal 11 before the end"),
        ("head -c 500000 >/dev/null; kill -KILL $$", "was stopped by signal 9 before the end"),
    ],
)
def test_an_ffmpeg_that_dies(script, told, folder, instead, started):
    instead(f"#!/bin/sh\n{script}\n")
    assert told in failure("mp4", folder)
    assert len(started) == 1


@pytest.mark.parametrize("key", ENCODED)
def test_what_it_has_written_is_not_left(key, folder, instead, started):
    instead('#!/bin/sh\nfor last; do :; done\necho half >"${last#file:}"\nhead -c 1000000 >/dev/null\nexit 1\n')
    failure(key, folder)
    assert len(started) == 1


@pytest.mark.parametrize("key", ENCODED)
def test_it_is_killed_while_frames_are_sent(key, folder, started):
    def kill(done, _):
        if done == 3:
            started[0].send_signal(signal.SIGKILL)
            started[0].wait()

    assert "was stopped by signal 9 before the end" in failure(key, folder, progress=kill)


def test_a_long_story_is_cut_short(folder, instead):
    instead(f"#!/bin/sh\nprintf 'first\\n\\033[31m{'x' * 5000}\\377' >&2; exit 1\n")
    assert len(failure("mp4", folder)) < 320


# The disk


@pytest.mark.parametrize("key", ENCODED)
def test_a_full_disk_is_told(key, folder, instead, started):
    said = "av_interleaved_write_frame(): No space left on device"
    instead(f"#!/bin/sh\nhead -c 1000000 >/dev/null\necho '{said}' >&2\nexit 1\n")
    assert failure(key, folder).startswith("The disk is full: ")
    assert len(started) == 1


LIMITED = """
import resource, sys
from pathlib import Path
from fall_line.exports import FORMATS, ExportError
from tests.exports.test_encoder import SCENE
from fall_line.exports.format import silent
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
for key in sys.argv[2:]:
    try:
        FORMATS[key].draw(SCENE, Path(sys.argv[1]) / f"a.{key}", silent)
    except (ExportError, OSError) as error:
        print(key, f"{type(error).__name__}: {error}")
"""


def test_files_that_may_not_grow(folder):
    """The limit is the kernel's, so that writing fails for ffmpeg and for Python as on a full disk."""
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    words = [sys.executable, "-c", LIMITED, str(folder), *DRAWN]
    ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    for key, line in zip(DRAWN, ran.stdout.splitlines(), strict=True):
        assert line.startswith(f"{key} ExportError: The video" if key in ENCODED else f"{key} OSError: ")
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before


@pytest.mark.parametrize("key", DRAWN)
def test_a_folder_that_is_not_there(key, tmp_path, started):
    with pytest.raises(FileNotFoundError):
        FORMATS[key].draw(SCENE, tmp_path / "none" / f"a.{key}", silent)
    assert list(tmp_path.iterdir()) == []
    assert started == []


@pytest.mark.parametrize("key", DRAWN)
def test_a_folder_in_the_file_s_place(key, tmp_path, started):
    (tmp_path / f"a.{key}").mkdir()
    with pytest.raises(IsADirectoryError):
        FORMATS[key].draw(SCENE, tmp_path / f"a.{key}", silent)
    assert [one.name for one in tmp_path.rglob("*")] == [f"a.{key}"]
    assert started == []


NAMES = ["-y", "a b.%03d", 'it\'s "q" & $HOME', "line\nbreak", "pipe:1", "http://x", "Ünï", "x" * 200]


@pytest.mark.parametrize("key", DRAWN)
def test_strange_names(key, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        path = Path(name.replace("/", "|")) / f"{name.replace('/', '|')}.{key}"
        path.parent.mkdir()
        FORMATS[key].draw(SCENE, path, silent)
        assert [one.name for one in path.parent.iterdir()] == [path.name]
        assert path.stat().st_size > 1000
    plain = Path("-i")
    FORMATS[key].draw(SCENE, plain, silent)
    assert plain.stat().st_size > 1000


# The program


class Enough(Exception):  # noqa: N818
    """What a progress raises."""


@pytest.mark.parametrize("kind", [Enough, KeyboardInterrupt, BrokenPipeError])
@pytest.mark.parametrize(
    ("key", "at"), [("mp4", 0), ("mp4", 0.5), ("mp4", 1), ("gif", 0.5), ("webp", 0.5), ("png", 1), ("svg", 1)]
)
def test_a_progress_that_raises_stops_the_work(key, at, kind, folder, started):
    def stop(done, total):
        if done >= at * total:
            raise kind

    failure(key, folder, kind, stop)
    assert len(started) == (key in ENCODED)


def test_an_encoder_that_never_ends_is_not_waited_for(folder, instead, started):
    instead(f"#!/bin/sh\nexec {sys.executable} -c 'import sys, time; sys.stdin.buffer.read(); time.sleep(600)'\n")

    def stop(done, _):
        if done == 5:
            raise Enough

    failure("mp4", folder, Enough, stop)
    assert started[0].returncode == -signal.SIGKILL


@pytest.mark.parametrize("key", DRAWN)
def test_progress_is_told_from_nothing_to_everything(key, tmp_path):
    told = []
    FORMATS[key].draw(SCENE, tmp_path / f"a.{key}", lambda *done: told.append(done))
    expected = [(done, 10) for done in range(11)] if key in ENCODED else [(1, 1)]
    assert [one for k, one in enumerate(told) if one not in told[:k]] == expected


def test_ctrl_c_does_not_reach_ffmpeg(tmp_path, started):
    """It has a session of its own, so that the terminal's signal is left to the program."""
    sessions = []
    FORMATS["mp4"].draw(SCENE, tmp_path / "a.mp4", lambda *_: sessions.append(os.getsid(started[0].pid)))
    assert set(sessions) == {started[0].pid}
