"""Answers to gradient signals as tables and files, by the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fall_line import command_line
from fall_line.experiments import published
from fall_line.experiments.published_responses import PUBLISHED_RESPONSES, find
from fall_line.experiments.response_experiment import check
from fall_line.experiments.response_link import from_query, to_query
from fall_line.exports import Format
from fall_line.trajectories.response import response
from fall_line.validation import InputError

ROOT = Path(__file__).parents[2]


def command(*arguments):
    return command_line.main(["export", *map(str, arguments)], None)


def rows(path):
    header, *lines = path.read_text().splitlines()
    assert header == "run,optimizer,epoch,gradient,response"
    return [line.split(",") for line in lines]


def test_the_table_holds_signal_and_answer_bit_for_bit(tmp_path, capsys):
    assert command("response/adam/rectangles", tmp_path / "a.csv") == 0
    assert "3 runs of 300 epochs" in capsys.readouterr().out
    experiment = find("response/adam/rectangles").experiment
    read = rows(tmp_path / "a.csv")
    assert [row[:3] for row in read] == [
        [str(number), run.optimizer.key, str(epoch)]
        for number, run in enumerate(experiment.runs, start=1)
        for epoch in range(300)
    ]
    found = np.array([[float(text) for text in row[3:]] for row in read]).reshape(3, 300, 2)
    for run, table in zip(experiment.runs, found, strict=True):
        assert (table[:, 0] == experiment.values).all()
        assert (table[:, 1] == response(run.optimizer, run.hypers, experiment.values).updates).all()


def test_name_link_and_file_give_the_same(tmp_path):
    name = "response/rmsprop/noisy_sin"
    query = to_query(find(name).experiment)
    assert command(name, tmp_path / "a.json") == 0
    for number, text in enumerate((name, query, f"http://127.0.0.1:8050/response?{query}", tmp_path / "a.json")):
        assert command(text, tmp_path / f"{number}.csv") == 0
        assert (tmp_path / f"{number}.csv").read_text() == (tmp_path / "0.csv").read_text()
    assert check(json.loads((tmp_path / "a.json").read_text())) == find(name).experiment


def test_a_drawn_signal_survives_the_file(tmp_path):
    drawn = [round(np.sin(k / 9) * 50) / 50 for k in range(300)]
    source = check({"signal": "drawn", "drawn": drawn, "runs": [{"optimizer": "momentum"}]})
    assert command(to_query(source), tmp_path / "a.json") == 0
    assert check(json.loads((tmp_path / "a.json").read_text())) == source


@pytest.mark.parametrize(
    ("text", "file", "said"),
    [
        ("response/adam/moon", "a.csv", "‘response/adam/moon’"),
        ("signal=moon&run=adam", "a.csv", "Signal is ‘moon’; it must be one of spikes, "),
        ("signal=spikes&run=adam,beta1=9", "a.csv", "must be a number from"),
    ],
)
def test_what_cannot_be_written_is_told(text, file, said, tmp_path, capsys):
    assert command(text, tmp_path / file) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_what_means_nothing_to_answers_is_refused(tmp_path, capsys):
    assert command("response/adam/rectangles", tmp_path / "a.png", "--no-loss-panel") == 2
    said = capsys.readouterr().err
    assert said.startswith("--no-loss-panel means nothing to a .png file of answers to a signal; --formula, --from, ")
    assert list(tmp_path.iterdir()) == []


def test_a_format_says_which_kinds_it_can_hold(tmp_path):
    paths_only = Format("abc", "Some", "text/plain", write=lambda *_: None)
    assert paths_only.kinds == ("surface",)
    with pytest.raises(InputError, match=r"^A \.abc file can't hold answers to a signal; it can be one of \.csv, "):
        paths_only.export(find("response/adam/spikes").experiment, tmp_path / "a.abc")
    answers_only = Format("abc", "Some", "text/plain", write_response=lambda *_: None)
    assert answers_only.kinds == ("response",)
    with pytest.raises(InputError, match="can't hold paths over a surface"):
        answers_only.export(published.find(published.OPENING).experiment, tmp_path / "a.abc")


@pytest.mark.parametrize(
    "query",
    [
        "experiment=response/adadelta-big-start/uneven_sawtooth&chosen=3&epochs=12.25,100&view=run",
        "signal=drawn&run=adam,label=\"'%s{x}&run=momentum,gamma=0.3,hidden,style=7",
    ],
)
def test_the_script_makes_the_answers_again(query, tmp_path):
    experiment, problems = from_query(query)
    assert problems == []
    assert command(to_query(experiment), tmp_path / "a.py") == 0
    names = {}
    exec(compile((tmp_path / "a.py").read_text(), "a.py", "exec"), names)
    assert check(names["EXPERIMENT"]) == experiment
    words = [sys.executable, tmp_path / "a.py"]
    ran = subprocess.run(
        words, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=120, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    answers = [response(run.optimizer, run.hypers, experiment.values).updates[-1] for run in experiment.runs]
    assert ran.stdout.splitlines() == [
        f"{run.name!r} answers {answer:.17g} at epoch 299" for run, answer in zip(experiment.runs, answers, strict=True)
    ]


def test_every_published_response_is_listed(capsys):
    command_line.main(["list"], None)
    words = capsys.readouterr().out.split()
    assert set(PUBLISHED_RESPONSES) <= set(words)
