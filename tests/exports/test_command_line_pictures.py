"""The command line's choices for pictures and animations reach the file, or are refused in one sentence."""

import contextlib
import os
import pty
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import imageio.v3 as imageio
import pytest
from PIL import Image

from fall_line import command_line
from fall_line.drawing.choices import Choices
from fall_line.drawing.frames import picture
from fall_line.experiments.published import find
from fall_line.exports._staging import scene

ROOT = Path(__file__).parents[2]
NAME = "cross-method/wobbly"
SMALL = ("--size", "400x300")


def command(*arguments):
    return command_line.main(["export", NAME, *map(str, arguments)], None)


def refused(capsys, *arguments):
    assert command(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.endswith(".\n")
    return err


def test_the_picture_is_the_one_that_was_asked_for(tmp_path):
    file = tmp_path / "a.png"
    words = ("--theme", "dark", "--line-width", "3", "--to", "40", "--formula", "--no-loss-panel", "--no-title")
    assert command(file, *SMALL, *words) == 0
    choices = Choices(
        width=400, height=300, theme="dark", line_width=3, last_step=40, formula=True, loss_panel=False, title=False
    )
    expected = picture(scene(find(NAME).experiment, choices))
    assert (imageio.imread(file) == expected[..., :3]).all()


def test_an_animation_has_the_frames_that_were_asked_for(tmp_path):
    file = tmp_path / "a.gif"
    words = ("--fps", "20", "--steps-per-frame", "5", "--from", "10", "--to", "35", "--hold", "0.7")
    assert command(file, *SMALL, *words) == 0
    with Image.open(file) as shown:
        assert shown.size == (400, 300)
        assert shown.n_frames == 6
        shown.seek(5)
        assert shown.info["duration"] == 750  # its own twentieth of a second and the hold


def test_text_for_slides_and_a_title_of_ones_own(tmp_path, capsys):
    file = tmp_path / "a.png"
    assert command(file, "--size", "640x360", "--text-size", "slide", "--title", "Who gets through?") == 0
    choices = Choices(width=640, height=360, text_size="slide", heading="Who gets through?")
    assert (imageio.imread(file) == picture(scene(find(NAME).experiment, choices))[..., :3]).all()
    capsys.readouterr()
    assert command(file, "--title", "Both", "--no-title") == 2
    assert (
        "--title says what the title is and --no-title that there is none; give one of them." in capsys.readouterr().err
    )


def test_what_differs_from_what_was_asked_is_told_and_the_file_written(tmp_path, capsys):
    file = tmp_path / "a.gif"
    assert command(file, *SMALL, "--fps", "60", "--duration", "0.2") == 0
    out, err = capsys.readouterr()
    assert "at most 50 frames a second" in err
    assert out.startswith("Wrote 5 runs")
    assert file.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--size", "0x0"), "Width is ‘0’; it must be an even whole number of pixels from 200 to 4096"),
        (("--size", "601x400"), "Width is ‘601’"),
        (("--size", "10000x10000"), "Width is ‘10000’"),
        (("--size", "wide"), "--size is ‘wide’; it must be two even numbers of pixels like 1200x800"),
        (("--fps", "0"), "Fps is ‘0’; it must be a whole number from 10 to 60"),
        (("--fps", "1000"), "Fps is ‘1000’"),
        (("--duration", "nan"), "Duration is ‘nan’; it must be a number from 0.1 to 120"),
        (("--hold", "-1"), "Hold is ‘-1’"),
        (("--from", "30", "--to", "20"), "The first step is 30; it must not be after the last, 20"),
        (("--to", "126"), "The last step is 126; it must be at most 125"),
        (("--theme", "sepia"), "Theme is ‘sepia’; it must be one of light, dark"),
        (("--line-width", "99"), "Line_width is ‘99’"),
        (("--size", "4096x4096", "--duration", "100", "--fps", "60"), "billion pixels"),
        (("--transparent",), "--transparent means nothing to a .mp4 file"),
    ],
)
def test_wrong_choices_are_refused(words, said, tmp_path, capsys):
    assert said in refused(capsys, tmp_path / "a.mp4", *words)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("suffix", "words"), [("csv", SMALL), ("png", ("--fps", "20")), ("json", ("--formula",))])
def test_choices_that_mean_nothing_to_the_format_are_refused(suffix, words, tmp_path, capsys):
    assert f"{words[0]} means nothing to a .{suffix} file" in refused(capsys, tmp_path / f"a.{suffix}", *words)


def test_a_missing_encoder_is_told_with_exit_code_1(tmp_path):
    ran = subprocess.run(
        [sys.executable, "app.py", "export", NAME, str(tmp_path / "a.mp4"), *SMALL],
        cwd=ROOT,
        env=os.environ | {"IMAGEIO_FFMPEG_EXE": str(tmp_path / "nothing")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert "ffmpeg can't be started" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def everything(terminal):
    """What was written to a terminal that nobody holds any more."""
    pieces = []
    with contextlib.suppress(OSError):
        while piece := os.read(terminal, 4096):
            pieces.append(piece)
    os.close(terminal)
    return b"".join(pieces).decode()


def test_a_terminal_sees_a_progress_bar(tmp_path):
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    words = [
        sys.executable,
        "app.py",
        "export",
        NAME,
        str(tmp_path / "a.mp4"),
        *SMALL,
        "--duration",
        "1",
        "--hold",
        "0",
    ]
    ran = subprocess.run(words, cwd=ROOT, stderr=theirs, stdout=subprocess.PIPE, timeout=120, check=True)
    os.close(theirs)
    shown = everything(ours)
    assert "a.mp4" in shown
    assert "/30" in shown
    assert b"\r" not in ran.stdout


def test_ctrl_c_leaves_no_half_file_and_no_encoder(tmp_path):
    words = [sys.executable, "app.py", "export", NAME, str(tmp_path / "a.mp4"), "--duration", "30"]
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        while not any(file.stat().st_size for file in tmp_path.iterdir()):  # the encoder is at work
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (130, b"", b"")
    assert list(tmp_path.iterdir()) == []
