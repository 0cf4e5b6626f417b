"""`fall-line tune` finds what the sweep finds, and its files hold all of it."""

import csv
import json

import pytest

from fall_line.experiments.link import from_query
from fall_line.experiments.mending import check
from fall_line.experiments.reading import read_any
from fall_line.trajectories.run import run
from fall_line.trajectories.tuning import tune
from tests.exports.test_command_line import command, refusal

QUERY = "surface=simple_quad&steps=15&run=momentum&run=gradient_descent,label=GD&run=adam,hidden"
EXPERIMENT = read_any(QUERY)


def said(capsys, *arguments):
    assert command("tune", *arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def test_the_best_values_are_said_and_make_a_link(capsys):
    *lines, link = said(capsys, QUERY)
    assert [line.partition(":")[0] for line in lines] == ["1  Momentum", "2  GD"]
    tuned, problems = from_query(link.removeprefix("With these values: "))
    assert problems == []
    for index in (0, 1):
        sweep = tune(EXPERIMENT, index)
        assert tuned.runs[index].hypers == sweep.settings[sweep.best]
        assert tuned.runs[index].tuned == "64:final"
        assert f"final loss {sweep.scores[sweep.best]:.6g}  of 64 values tried" in lines[index]
        alone = tuned.model_copy(update={"runs": (tuned.runs[index],)})
        # The sweep walks 64 values side by side, which rounds otherwise than a walk alone.
        assert run(alone)[0].losses[-1] == pytest.approx(sweep.scores[sweep.best], rel=1e-6, abs=1e-15)
    assert tuned.runs[2] == EXPERIMENT.runs[2]


def test_a_csv_has_a_row_for_all_that_was_tried(tmp_path, capsys):
    path = tmp_path / "sweep.csv"
    assert said(capsys, QUERY, path, "--all", "--criterion", "best")[-1] == f"Wrote 512 values tried to {path}."
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for index, key in enumerate(("momentum", "gradient_descent")):
        mine = [row for row in rows if row["run"] == str(index + 1)]
        sweep = tune(EXPERIMENT, index, "best", everything=True)
        assert [float(row["score"]) for row in mine] == sweep.scores.tolist()
        assert [float(row["learning_rate"]) for row in mine] == [one["learning_rate"] for one in sweep.settings]
        assert [place for place, row in enumerate(mine) if row["best"] == "1"] == [sweep.best]
        assert {(row["optimizer"], row["criterion"]) for row in mine} == {(key, "best")}
    assert {row["gamma"] for row in rows if row["run"] == "2"} == {""}
    assert {row["label"] for row in rows} == {"Momentum", "GD"}


def test_a_json_is_the_tuned_experiment_and_opens_again(tmp_path, capsys):
    path = tmp_path / "tuned.json"
    said(capsys, QUERY, path, "--run", 2, "--criterion", "steps")
    read = check(json.loads(path.read_text(encoding="utf-8")))
    sweep = tune(EXPERIMENT, 1, "steps")
    assert read.runs[1].hypers == sweep.settings[sweep.best]
    assert read.runs[0] == EXPERIMENT.runs[0]


def test_numbers_may_have_a_decimal_comma(tmp_path, capsys):
    said(capsys, QUERY, tmp_path / "a.csv", "--decimal-comma")
    said(capsys, QUERY, tmp_path / "b.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8") as first, (tmp_path / "b.csv").open(encoding="utf-8") as second:
        commas, points = list(csv.DictReader(first, delimiter=";")), list(csv.DictReader(second))
    assert [float(row["score"].replace(",", ".")) for row in commas] == [float(row["score"]) for row in points]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((QUERY, "a.txt"), "FILE is ‘a.txt’; its name must end in .csv or .json."),
        ((QUERY, "no/folder/a.csv"), "its folder ‘no/folder’ must be there already."),
        ((QUERY, "--run", "4"), "--run is ‘4’; it must be a whole number from 1 to 3."),
        ((QUERY, "--run", "0"), "--run is ‘0’; it must be a whole number from 1 to 3."),
        ((QUERY, "--criterion", "luck"), "The criterion must be one of final, best, steps."),
        ((QUERY, "--decimal-comma"), "--decimal-comma means nothing without a FILE that ends in .csv."),
        ((QUERY, "a.json", "--decimal-comma"), "--decimal-comma means nothing to a .json file; leave it out."),
        (("response/adam/rectangles",), "Only paths over a surface are tuned, not answers to a signal."),
        (("surface=saddle&run=adam,hidden",), "All runs are hidden; say with --run which are to be tuned."),
        (("surface=saddle&run=adam", "--criterion", "steps"), "This surface has no known minimum"),
    ],
)
def test_what_cannot_be_tuned_is_refused_in_a_sentence(arguments, sentence, capsys):
    assert sentence in refusal(capsys, "tune", *arguments)
