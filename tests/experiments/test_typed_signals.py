"""Signals that a reader types: their values, their links, what is refused, and their files."""

import json
import runpy

import numpy as np
import pytest

from fall_line import command_line
from fall_line.drawing.choices import Choices
from fall_line.experiments.mending import ExperimentError
from fall_line.experiments.response_experiment import check, mend
from fall_line.experiments.response_link import from_query, to_query
from fall_line.experiments.signals import SIGNALS
from fall_line.explanations.response_answer import response_answer
from fall_line.exports import FORMATS
from fall_line.exports._staging import response_scene
from fall_line.pages.exporting.answers import file_name
from fall_line.trajectories.response import response

ADAM = {"optimizer": "adam"}
K = np.arange(300.0)
LONG = " + ".join(f"sin(k/{n})" for n in range(10, 40))


def typed(text):
    return check({"signal": f"formula:{text}", "runs": [ADAM]})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sin(k/10)*exp(-k/100)", np.sin(K / 10) * np.exp(-K / 100)),
        ("sin(k/10)*where(k < 100, 1, 0)", np.where(K < 100, np.sin(K / 10), 0.0)),
        ("k/299 + 1/(k+1)", K / 299 + 1 / (K + 1)),
        ("(k - 40*floor(k/40))/40", np.mod(K, 40) / 40),
        ("where(k == 20, 1, 0)", SIGNALS["single_spike"].values),
        ("sin(k^2/900)", SIGNALS["chirp"].values),
        ("1", np.ones(300)),
        ("−1e6", np.full(300, -1e6)),
    ],
)
def test_its_values_are_numpys(text, expected):
    values = typed(text).values
    assert values.shape == (300,)
    np.testing.assert_allclose(values, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("text", ["k/299 + 1/(k+1)", "max(sin(k/9), 0.5)", "where(k<100, 1, -1)", "2k - 3·k", LONG])
def test_a_link_and_a_file_bring_it_back(text):
    experiment = typed(text)
    link = to_query(experiment)
    assert " " not in link
    assert from_query(link) == (experiment, [])
    assert from_query(response_answer(experiment)["query"]) == (experiment, [])
    assert mend(json.loads(json.dumps(experiment.model_dump(mode="json")))) == (experiment, [])


def test_a_plus_in_a_link_that_is_written_by_hand_is_an_addition():
    for link in ("?signal=formula:sin(k/10)+1&run=adam", "run=adam&signal=formula%3Asin(k/10)%2B1"):
        experiment, problems = from_query(link)
        assert problems == []
        np.testing.assert_allclose(experiment.values, np.sin(K / 10) + 1, rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The formula is empty; write for example sin(k/10)*exp(-k/100)."),
        ("x^2", "The formula has the name ‘x’; write a number for it: the only name is k, the epoch."),
        ("sin(k", "At character 4, ‘(’: this bracket is never closed."),
        (
            "sin(k/10)*(k<100)",
            "At character 13, ‘<’: a comparison can only be the condition of where",
        ),
        (
            "log(k)",
            "At epoch 0 the formula is -inf; it must be a number from -1e+06 to 1e+06 at every epoch k from 0 to 299: "
            "where(k == 0, 0, …) is 0 there.",
        ),
        ("sqrt(3 - k)", "At epoch 4 the formula is nan; it must be a number from -1e+06 to 1e+06 at every epoch k"),
        ("k^3", "At epoch 101 the formula is 1.03e+06; it must be a number from -1e+06 to 1e+06 at every"),
        ("exp(k^9)", "At epoch 2 the formula is 2.284e+222; it must be a number"),
    ],
)
def test_what_can_not_be_used_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(ExperimentError) as refused:
        typed(text)
    assert str(refused.value).startswith(sentence)
    assert str(refused.value).endswith(".")
    experiment, problems = mend({"signal": f"formula:{text}", "runs": [ADAM]})
    assert (experiment.signal, problems) == ("spikes", [str(refused.value)])


def test_a_drawing_beside_it_is_refused():
    with pytest.raises(ExperimentError, match="must be left out with a signal other than drawn"):
        check({"signal": "formula:k", "drawn": [0.0] * 300, "runs": [ADAM]})


def test_the_command_line_writes_its_table(tmp_path):
    link = "http://127.0.0.1:8050/response?signal=formula:sin(k/10)+0.5&run=adam&run=momentum,gamma=0.5"
    assert command_line.main(["export", link, str(tmp_path / "a.csv")], None) == 0
    table = np.loadtxt(tmp_path / "a.csv", delimiter=",", skiprows=1, usecols=(3, 4)).reshape(2, 300, 2)
    experiment, _ = from_query(link.partition("?")[2])
    for rows, run in zip(table, experiment.runs, strict=True):
        np.testing.assert_allclose(rows[:, 0], np.sin(K / 10) + 0.5, rtol=1e-12, atol=1e-12)
        assert (rows[:, 1] == response(run.optimizer, run.hypers, experiment.values).updates).all()


@pytest.mark.parametrize("key", ["json", "py", "html", "png", "svg"])
def test_every_kind_of_file_holds_it(key, tmp_path):
    path = tmp_path / f"a.{key}"
    FORMATS[key].export(typed("where(k<100, 1, -1)"), path, Choices(formula=True, title=True, width=400, height=300))
    if key == "png":
        assert path.read_bytes().startswith(b"\x89PNG")
    else:
        inside = path.read_text(encoding="utf-8")
        assert ("where(k&lt;100, 1, -1)" if key in {"html", "svg"} else "formula:where(k<100, 1, -1)") in inside


def test_the_script_makes_the_same_again(tmp_path, capsys):
    experiment = typed("sin(k/10) + 0.5")
    FORMATS["py"].export(experiment, tmp_path / "a.py", Choices())
    runpy.run_path(str(tmp_path / "a.py"))
    run = experiment.runs[0]
    last = response(run.optimizer, run.hypers, np.sin(K / 10) + 0.5).updates[-1]
    assert float(capsys.readouterr().out.split(" answers ")[1].split()[0]) == pytest.approx(last, rel=1e-12)


def test_a_long_formula_is_cut_in_title_and_file_name():
    experiment = typed(LONG)
    scene = response_scene(experiment, Choices())
    assert scene.title == f"Answers to {LONG[:47]}…"
    assert scene.formula == f"g(k) = {LONG}"
    name = file_name(experiment, FORMATS["png"], Choices())
    assert name.startswith("response-formula-sin-k-10-sin-k-11")
    assert name.endswith("-1-run.png")
    assert len(name) < 80
