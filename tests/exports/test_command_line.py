"""The command line does what it is told, or says in one sentence why not."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fall_line import command_line
from fall_line.experiments.link import from_query, to_query
from fall_line.experiments.mending import check
from fall_line.experiments.published import PUBLISHED, find
from fall_line.exports import FORMATS
from landscapes import SURFACES
from optimizers import OPTIMIZERS

ROOT = Path(__file__).parents[2]
QUERY = "surface=saddle&steps=3&run=adam,learning_rate=0.1,label=why? = because"


def no_serving(*_):
    raise AssertionError("nothing should be served")


def command(*arguments, serve=no_serving):
    return command_line.main([str(one) for one in arguments], serve)


def program(*arguments, **settings):
    """`python app.py ...` in a process of its own."""
    words = [sys.executable, "app.py", *map(str, arguments)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False, **settings)


def read(path):
    return check(json.loads(path.read_text(encoding="utf-8")))


def refusal(capsys, *arguments, serve=no_serving):
    """The one sentence that the command is refused with."""
    assert command(*arguments, serve=serve) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.endswith(".\n")
    assert err[:-1].isprintable()
    assert "Traceback" not in err
    return err


# What there is


def test_list_names_everything_with_its_range(capsys):
    assert command("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    words = [line.split() for line in lines if line]
    for thing in [*SURFACES.values(), *OPTIMIZERS.values()]:
        assert [thing.key, *thing.label.split()] in words
    for one in PUBLISHED.values():
        assert [one.name, *one.title.split()] in words


@pytest.mark.parametrize("thing", [OPTIMIZERS["adam"], OPTIMIZERS["gradient_descent"], SURFACES["rotated_quadratic"]])
def test_list_shows_hyperparameters_under_their_owner(thing, capsys):
    command("list")
    lines = capsys.readouterr().out.splitlines()
    below = lines[lines.index(next(line for line in lines if line.split()[:1] == [thing.key])) + 1 :]
    hypers = thing.hypers if hasattr(thing, "hypers") else thing.parameters
    for line, hyper in zip(below, hypers, strict=False):
        default, low, high = (f"{value:g}" for value in (hyper.default, hyper.low, hyper.high))
        assert line.split() == [hyper.key, hyper.symbol, "default", default, "from", low, "to", high]
    assert not below[len(hypers)].startswith("   ")


def test_a_reader_who_has_seen_enough_is_no_error():
    read_end, write_end = os.pipe()
    os.close(read_end)
    words = [sys.executable, "app.py", "list"]
    ran = subprocess.run(words, cwd=ROOT, stdout=write_end, stderr=subprocess.PIPE, timeout=120, check=False)
    os.close(write_end)
    assert (ran.returncode, ran.stderr) == (0, b"")


# Where an experiment comes from


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gallery/saddle", find("gallery/saddle").experiment),
        ("Cross-Method/WOBBLY", find("cross-method/wobbly").experiment),
        (QUERY, from_query(QUERY)[0]),
        (f"?{QUERY}", from_query(QUERY)[0]),
        (f"http://127.0.0.1:8050/?{QUERY}#plot", from_query(QUERY)[0]),
        ("?experiment=gallery/saddle&steps=4", find("gallery/saddle").experiment.model_copy(update={"steps": 4})),
        (to_query(find("cross-method/bad_init").experiment), find("cross-method/bad_init").experiment),
    ],
)
def test_names_queries_and_links(text, expected, tmp_path, capsys):
    path = tmp_path / "a.json"
    assert command("export", text, path) == 0
    assert read(path) == expected
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("name", ["mine.json", "mine.txt", "a=b.json", "why?.json", "ä b.JSON"])
def test_files(name, tmp_path):
    source, path = tmp_path / name, tmp_path / "copy.json"
    command("export", QUERY, tmp_path / "first.json")
    (tmp_path / "first.json").rename(source)
    assert command("export", source, path) == 0
    assert read(path) == from_query(QUERY)[0]


def test_a_published_name_goes_before_a_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gallery").mkdir()
    command("export", QUERY, "first.json")
    (tmp_path / "first.json").rename(tmp_path / "gallery/saddle")
    command("export", "gallery/saddle", "published.json")
    command("export", "./gallery/saddle", "own.json")
    assert read(tmp_path / "published.json") == find("gallery/saddle").experiment
    assert read(tmp_path / "own.json") == from_query(QUERY)[0]


def test_the_suffix_decides(tmp_path, capsys):
    assert command("export", QUERY, tmp_path / "a.CSV") == 0
    assert (tmp_path / "a.CSV").read_text().startswith("run,optimizer,step,")
    assert capsys.readouterr().out == f"Wrote 1 run of 3 steps to {tmp_path / 'a.CSV'}.\n"


# What is refused


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no-such", ["‘no-such’", "gallery/saddle", "query string", "JSON file"]),
        ("", ["‘’", "gallery/saddle"]),
        ("line\nbreak\x1b[31m", ["gallery/saddle"]),
        ("http://127.0.0.1:8050/", ["‘http://127.0.0.1:8050/’", "gallery/saddle"]),
        ("?", ["EXPERIMENT", "‘?’", "query string"]),
        ("http://[x?", ["EXPERIMENT", "query string"]),
        ("&".join(["steps=1"] * 101), ["EXPERIMENT", "100 fields"]),
        ("steps=\udcff", ["EXPERIMENT", "query string"]),
        ("missing.json", ["EXPERIMENT", "‘missing.json’", "is there"]),
        ("experiment=no-such", ["‘no-such’", "gallery/saddle"]),
        ("colour=red", ["‘colour’", "surface"]),
        ("surface=sphere", ["‘sphere’", "rosenbrock"]),
        ("steps=0", ["Steps", "‘0’", "from 1 to 10000"]),
        ("start=99,0", ["Start", "99", "from -3 to 3"]),
        ("run=adam,learning_rate=-1", ["learning rate", "‘-1’", "from 0.0001 to 10"]),
        ("run=adam,gamma=1", ["‘gamma’", "beta1"]),
        ("run=adam,label=" + "x" * 61, ["label", "60 characters"]),
    ],
)
def test_unusable_experiments(text, words, tmp_path, capsys):
    sentence = refusal(capsys, "export", text, tmp_path / "a.json")
    assert [word for word in words if word not in sentence] == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["EXPERIMENT", "valid JSON", "line 1"]),
        (b'{"steps": 3,\n}', ["EXPERIMENT", "valid JSON", "line 2"]),
        (b"\xff\xfe\x00", ["EXPERIMENT", "UTF-8"]),
        (b'{"runs": [{"optimizer": "adam", "label": "\\ud800"}]}', ["EXPERIMENT", "UTF-8"]),
        (b"[" * 100_000, ["EXPERIMENT", "nesting"]),
        (b'{"steps": ' + b"9" * 5000 + b"}", ["EXPERIMENT", "sane size"]),
        (b" " * 1_000_001, ["EXPERIMENT", "at most 1000000 bytes"]),
        (b"[1, 2]", ["object", "[1, 2]"]),
        (b'{"steps": 1e999}', ["Steps", "inf", "from 1 to 10000"]),
        (b'{"steps": NaN}', ["Steps", "nan", "from 1 to 10000"]),
        (b'{"surface": "sphere"}', ["Surface", "‘sphere’", "rosenbrock"]),
        (b'{"runs": []}', ["0 runs", "1 to 16"]),
        (b'{"runs": [{"optimizer": "adam"}], "colour": 1}', ["‘colour’", "surface"]),
        (b'{"runs": [{"optimizer": "sgd"}]}', ["optimizer", "‘sgd’", "one of", "others"]),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_unusable_files(content, words, tmp_path, capsys):
    source = tmp_path / "mine.json"
    source.write_bytes(content)
    sentence = refusal(capsys, "export", source, tmp_path / "a.json")
    assert [word for word in words if word not in sentence] == []
    assert list(tmp_path.iterdir()) == [source]


def test_a_folder_is_no_experiment(tmp_path, capsys):
    assert "Is a directory" in refusal(capsys, "export", tmp_path, tmp_path / "a.json")


def test_an_unreadable_file(tmp_path, capsys, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "mine.json").write_text("{}")
    monkeypatch.setattr("builtins.open", forbidden)
    assert "Permission denied" in refusal(capsys, "export", tmp_path / "mine.json", tmp_path / "a.json")


@pytest.mark.parametrize("name", ["a.xlsx", "a", "csv", "a.csv.gz", ""])
def test_unknown_suffixes(name, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sentence = refusal(capsys, "export", "gallery/saddle", name)
    assert all(f".{key}" in sentence for key in FORMATS)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path, capsys):
    sentence = refusal(capsys, "export", "gallery/saddle", tmp_path / "none" / "a.csv")
    assert "folder" in sentence
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder in which nobody may write")
def test_a_folder_that_can_not_be_written(capsys):
    assert "FILE is ‘/proc/self/a.csv’" in refusal(capsys, "export", "gallery/saddle", "/proc/self/a.csv")


def test_a_folder_in_the_file_s_place(tmp_path, capsys):
    (tmp_path / "a.csv").mkdir()
    assert "directory" in refusal(capsys, "export", "gallery/saddle", tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == [tmp_path / "a.csv"]


MISPLACED = {
    "--port 9000": "There is no option --port; the port is set in the environment: PORT=9000 fall-line",
    "--port=9000": "There is no option --port; the port is set in the environment: PORT=9000 fall-line",
    "serve --port": "There is no option --port; the port is set in the environment: PORT=8080 fall-line",
    "export --port 9 a": "There is no option --port; the port is set in the environment: PORT=9 fall-line",
    "-p 80 list": "There is no option -p; the port is set in the environment: PORT=80 fall-line",
    "--host 0.0.0.0": "There is no option --host; the address is set in the environment: HOST=0.0.0.0 fall-line",
    "serve 9000": "‘9000’ is one word too many; if it is a port, write PORT=9000 fall-line",
    "serve it": "‘it’ is one word too many; serve takes none",
    "list adam": "list shows all there is and takes no name; to find ‘adam’ in it: fall-line list | grep -i adam",
    "list --fps 3": "--fps is an option of export and goes after it: fall-line export EXPERIMENT FILE --fps",
    "--fps 3 export a b.gif": "--fps is an option of export and goes after it: fall-line export EXPERIMENT FILE --fps",
    "export": "export needs an experiment and the file to write: fall-line export cross-method/wobbly wobbly.mp4; "
    "fall-line list shows the published experiments",
    "export gallery/saddle": "export needs, after the experiment, the file to write (.csv, .gif, .html, .json, .mp4, ",
    "export surface=saddle": "export needs, after the experiment, the file to write (.csv, .gif, .html, .json, .mp4, ",
    "export a b c": "‘c’ is one word too many; export takes an experiment and a file, each in quotes if need be",
    "export a b.mp4 --fps": "--fps needs a value after it",
    "export a b.mp4 --fbs 3": "There is no option --fbs; the one most like it is --fps",
    "export a b.mp4 --no-title=3": "--no-title takes no value",
    "export a b.mp4 --f 3": "--f may be any of --fps, --from, ",
    "--bogus": "There is no option --bogus",
    "bogus": "There is no command ‘bogus’; the commands are serve, list, export, tune",
    "exprot a b": "There is no command ‘exprot’; the commands are serve, list, export, tune, "
    "and export is most like it",
    "gallery/saddle": "There is no command ‘gallery/saddle’; the commands are serve, list, export, tune; "
    "a file is written by fall-line export gallery/saddle FILE",
    "--plugins list adam": "There is no command ‘adam’; the commands are serve, list, export, tune",
}


@pytest.mark.parametrize("words", MISPLACED)
def test_an_argument_that_is_unknown_or_misplaced_is_answered_with_what_helps(words, capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["fall-line"])
    sentence = refusal(capsys, *words.split())
    assert sentence.startswith(MISPLACED[words])
    assert sentence.endswith("--help tells more).\n")


def test_an_unquoted_link_is_told_to_be_quoted(capsys):
    assert "a link goes in quotes" in refusal(capsys, "export", "surface=saddle")


def test_a_word_of_a_reader_can_be_copied_into_a_shell(capsys):
    assert "grep -i 'a b; c'" in refusal(capsys, "list", "a b; c")


# The real program


def test_the_program_lists():
    ran = program("list")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\n  rosenbrock " in ran.stdout


def test_the_program_exports(tmp_path):
    ran = program("export", QUERY, tmp_path / "a.csv")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert len((tmp_path / "a.csv").read_text().splitlines()) == 1 + 4


def test_the_commands_do_not_import_dash():
    code = "import sys, fall_line.command_line as one; one.main(['list'], None); sys.exit('dash' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert ran.returncode == 0
