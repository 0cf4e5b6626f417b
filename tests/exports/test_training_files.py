"""Trainings as tables and files, by the command line."""

import csv
import json
import math
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fall_line import command_line
from fall_line.command_line import exporting
from fall_line.experiments.published_trainings import PUBLISHED_TRAININGS, find
from fall_line.experiments.training_experiment import check
from fall_line.experiments.training_link import from_query, to_query
from fall_line.exports import _trained
from fall_line.pages.exporting import answers
from fall_line.training.ending import best_step
from fall_line.training.train import train
from fall_line.validation import InputError
from networks import TASKS

ROOT = Path(__file__).parents[2]
COLUMNS = ["run", "optimizer", "step", "epoch", "loss", "validation_loss", "accuracy", "validation_accuracy"]
SMALL = {
    "task": "moons",
    "layers": [3],
    "steps": 30,
    "batch": 50,
    "runs": [{"optimizer": "momentum"}, {"optimizer": "adam"}],
}


def command(*arguments):
    return command_line.main(["export", *map(str, arguments)], None)


def rows(path):
    with path.open(newline="") as file:
        header, *lines = csv.reader(file)
    return header, lines


def same(text, number):
    return math.isnan(number) if text == "nan" else float(text) == number


def test_the_table_holds_the_history_bit_for_bit(tmp_path, capsys):
    experiment = check(SMALL)
    assert command(to_query(experiment), tmp_path / "a.csv") == 0
    assert "2 runs of 30 steps" in capsys.readouterr().out
    header, lines = rows(tmp_path / "a.csv")
    assert header == COLUMNS
    assert [line[:3] for line in lines] == [
        [str(place), run.optimizer.key, str(step)]
        for place, run in enumerate(experiment.runs, start=1)
        for step in range(31)
    ]
    for run, table in zip(experiment.runs, (lines[:31], lines[31:]), strict=True):
        history = train(experiment, run, 0)
        for place, name in enumerate(COLUMNS[4:], start=4):
            assert [float(line[place]) for line in table] == getattr(history, name).tolist()
        assert [float(line[3]) for line in table] == history.epochs.tolist()


def test_the_table_tells_seeds_and_best_weights_and_leaves_out_what_there_is_not(tmp_path):
    experiment = check({**SMALL, "seeds": 3, "seed": 4, "return_best": True})
    assert command(to_query(experiment), tmp_path / "a.csv") == 0
    header, lines = rows(tmp_path / "a.csv")
    assert header == [*COLUMNS, "seed", "kept"]
    assert [line[8] for line in lines[::31]] == ["4", "5", "6"] * 2
    kept = [int(line[2]) for line in lines if line[9] == "1"]
    assert kept == [
        best_step(experiment, train(experiment, run, seed)) for run in experiment.runs for seed in (4, 5, 6)
    ]
    assert command("task=noisy_curve&validation=0&steps=3&run=adam", tmp_path / "b.csv", "--hyperparameters") == 0
    header, lines = rows(tmp_path / "b.csv")
    assert header[8:] == ["label", "learning_rate", "beta1", "beta2", "epsilon"]
    assert [line[5:8] for line in lines] == [["", "", ""]] * 4


def test_the_table_marks_where_a_training_goes_on_and_tells_the_values_of_each_side(tmp_path):
    faster = {"optimizer": "momentum", "hypers": {"learning_rate": 0.2}, "before": {"hypers": {"learning_rate": 0.05}}}
    experiment = check({**SMALL, "runs": [faster, {"optimizer": "adam"}], "continued": {"step": 12, "batch": 20}})
    assert command(to_query(experiment), tmp_path / "a.csv", "--hyperparameters") == 0
    header, lines = rows(tmp_path / "a.csv")
    assert header[:11] == [*COLUMNS, "continued", "label", "learning_rate"]
    for run, table in zip(experiment.runs, (lines[:31], lines[31:]), strict=True):
        assert [line[8] for line in table] == ["0"] * 12 + ["1"] * 19
        assert [float(line[4]) for line in table] == train(experiment, run, 0).loss.tolist()
    assert {float(line[10]) for line in lines[:12]} == {0.05}
    assert {float(line[10]) for line in lines[12:31]} == {0.2}
    assert len({line[10] for line in lines[31:]}) == 1


def test_a_diverged_run_says_inf_or_nan(tmp_path):
    query = "task=noisy_curve&activation=relu&steps=200&run=momentum,learning_rate=10,gamma=0.99"
    assert command(query, tmp_path / "a.csv") == 0
    history = train(experiment := from_query(query)[0], experiment.runs[0], 0)
    _, lines = rows(tmp_path / "a.csv")
    assert all(same(line[4], loss) for line, loss in zip(lines, history.loss.tolist(), strict=True))
    assert not math.isfinite(float(lines[-1][4]))


def test_name_link_and_file_give_the_same(tmp_path, monkeypatch):
    name = "train/xor/from-zero"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "train").mkdir()
    assert command(name, "train/a.json") == 0
    assert check(json.loads(Path("train/a.json").read_text())) == find(name).experiment
    query = to_query(find(name).experiment)
    links = (f"http://127.0.0.1:8050/train?{query}", f"?experiment={name}", query)
    for number, text in enumerate((name, *links, "train/a.json")):
        assert command(text, f"{number}.csv") == 0
        assert Path(f"{number}.csv").read_text() == Path("0.csv").read_text()
    assert command(f"?experiment={name}&steps=5", "short.csv") == 0
    assert len(Path("short.csv").read_text().splitlines()) == 1 + 3 * 6


@pytest.mark.parametrize(
    ("text", "file", "said"),
    [
        ("train/moon", "a.csv", "There is no experiment ‘train/moon’; the names are train/spirals/five-methods, "),
        ("task=moon&run=adam", "a.csv", "Task is ‘moon’; it must be one of circles, "),
        ("task=xor&batch=1000&run=adam", "a.csv", "Batch is ‘1000’; it must be a whole number from 1 to 192, "),
        ("task=xor&run=newton", "a.csv", "newton"),
    ],
)
def test_what_cannot_be_written_is_told(text, file, said, tmp_path, capsys):
    assert command(text, tmp_path / file) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_what_means_nothing_to_trainings_is_refused(tmp_path, capsys):
    assert command("train/xor/from-zero", tmp_path / "a.png", "--no-loss-panel") == 2
    assert "--no-loss-panel means nothing to a .png file of the training of a network" in capsys.readouterr().err
    assert command_line.main(["tune", "train/xor/from-zero"], None) == 2
    assert capsys.readouterr().err == "Only paths over a surface are tuned, not the training of a network.\n"


def test_a_long_training_is_told_beforehand(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(exporting, "LONG", 0.0)
    query = to_query(check({**SMALL, "steps": 18}))
    assert command(query, tmp_path / "a.csv") == 0
    assert re.fullmatch(r"This trains for about 0\.\d+ seconds; Ctrl\+C stops it\.\n", capsys.readouterr().err)
    assert command(query, tmp_path / "a.json") == 0
    assert capsys.readouterr().err == ""


def test_the_script_trains_again(tmp_path):
    source = check({**SMALL, "seeds": 2, "l2": 0.01, "batch_schedule": {"kind": "step", "every": 5}})
    assert command(to_query(source), tmp_path / "a.py") == 0
    words = [sys.executable, tmp_path / "a.py"]
    ran = subprocess.run(
        words, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=240, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    expected = [(run.name, seed, train(source, run, seed)) for run in source.runs for seed in (0, 1)]
    assert ran.stdout.splitlines() == [
        f"{name!r}, seed {seed}: loss {one.loss[-1]:.17g}, of points kept back {one.validation_loss[-1]:.17g}"
        for name, seed, one in expected
    ]


def test_tasks_and_trainings_are_listed(capsys):
    command_line.main(["list"], None)
    words = capsys.readouterr().out.split()
    assert set(PUBLISHED_TRAININGS) | set(TASKS) <= set(words)


def test_the_page_gets_preview_size_and_file_of_one_training(monkeypatch):
    experiment = check({**SMALL, "steps": 17})
    asked = {"kind": "training", "experiment": experiment.model_dump(mode="json"), "choices": {}}
    calls = []
    monkeypatch.setattr(_trained, "train", lambda *given: calls.append(given) or train(*given))
    told = json.loads(answers.preview({**asked, "format": "csv"}))
    weight = json.loads(answers.weight({**asked, "format": "csv"}))
    content, name, media_type = answers.file({**asked, "format": "csv"})
    assert told["text"].startswith(",".join(COLUMNS))
    assert (weight, len(content)) == ({"bytes": told["bytes"], "exact": True}, told["bytes"])
    assert (name, media_type) == ("moons-2-runs.csv", "text/csv")
    assert json.loads(answers.preview({**asked, "format": "png"}))["image"].startswith("data:image/png;base64,")
    assert len(calls) == 2, "two runs, each trained once for all of that"


def test_what_was_trained_already_is_not_trained_again(monkeypatch):
    experiment = check({**SMALL, "steps": 19})
    histories = [[train(experiment, run, 0)] for run in experiment.runs]
    monkeypatch.setattr(_trained, "train", lambda *_: pytest.fail("trained again"))
    _trained.keep(experiment, histories)
    content, *_ = answers.file({"kind": "training", "experiment": experiment.model_dump(), "format": "csv"})
    assert content.decode().splitlines()[-1].split(",")[4] == f"{histories[1][0].loss[-1]:.17g}"


def test_a_training_that_takes_too_long_for_a_page_is_refused():
    runs = [{"optimizer": "adam"}] * 16
    wide = {"task": "digits", "layers": [64] * 4, "steps": 10_000, "batch": 0, "runs": runs}
    with pytest.raises(InputError, match=r"would train for about .* at most 2 minutes can be asked for"):
        answers.preview({"kind": "training", "experiment": wide, "format": "png"})
