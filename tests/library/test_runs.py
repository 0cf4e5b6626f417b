"""What comes back holds the engine's own numbers, as arrays, tables, files and links."""

import csv

import numpy as np
import optax
import pandas
import plotly.graph_objects as go
import polars
import pytest

import fall_line as fl
from fall_line.experiments.link import from_query
from fall_line.explanations.report import report
from fall_line.exports import FORMATS
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import fans, run
from fall_line.trajectories.tuning import tune


@pytest.fixture(scope="module")
def wobbly():
    return fl.descend("cross-method/wobbly", steps=30)


@pytest.fixture(scope="module")
def own():
    return fl.descend(lambda x, y: x**2 + y**2, start=(1, 2), steps=8, runs=[fl.run(optax.sgd(0.1), label="SGD")])


def test_arrays_are_those_of_the_engine(wobbly):
    paths = run(wobbly.experiment)
    for name in ("points", "losses", "gradients"):
        assert np.array_equal(getattr(wobbly, name), np.stack([getattr(path, name) for path in paths]))
    assert wobbly.points.shape == (5, 31, 2)
    assert len(wobbly) == 5
    assert wobbly.names == ["Nesterov", "RMSProp", "Adadelta", "Adagrad", "Adam"]


def test_words_are_those_of_the_page(wobbly):
    minima = minima_of(wobbly.experiment.landscape)
    rows = report(wobbly.experiment, run(wobbly.experiment), minima)
    assert wobbly.reports == rows
    assert wobbly.outcomes == [row.outcome.sentence for row in rows]
    assert repr(wobbly) == wobbly.summary
    assert wobbly.summary.startswith("Wobbly, 30 steps from (-2.8, -2.5). Nesterov: ")


def test_a_table_has_a_row_for_each_step(wobbly):
    plain = wobbly.frame("dict")
    frames = (wobbly.frame(), wobbly.frame("pandas"), wobbly.frame("polars"))
    assert [type(one) for one in frames] == [pandas.DataFrame, pandas.DataFrame, polars.DataFrame]
    for frame in frames:
        assert list(frame.columns) == list(plain)
        for name, column in plain.items():
            assert np.array_equal(frame[name].to_numpy(), column)
    chosen = plain["run"] == 3
    assert set(plain["name"][chosen]) == {"Adadelta"}
    assert np.array_equal(plain["step"][chosen], np.arange(31))
    assert np.array_equal(plain["loss"][chosen], wobbly.losses[2])
    assert np.array_equal(
        np.stack([plain["gradient_x"], plain["gradient_y"]], axis=1), np.concatenate(wobbly.gradients)
    )


def test_a_table_has_all_seeds():
    noisy = fl.descend("wobbly", steps=5, runs=["adam", "momentum"], noise="additive", seeds=3, seed=7)
    table = noisy.frame("dict")
    assert sorted(set(table["seed"])) == [7, 8, 9]
    for number, fan in enumerate(fans(noisy.experiment), start=1):
        for index, path in enumerate(fan.paths):
            rows = (table["run"] == number) & (table["seed"] == 7 + index)
            assert np.array_equal(table["x"][rows], path.points[:, 0])
            assert set(table["median"][rows]) == {index == fan.middle}


def test_without_pandas_and_polars_there_is_a_dict(wobbly, monkeypatch):
    monkeypatch.setattr("fall_line.library.frame.LIBRARIES", ("no_such_library",))
    assert set(wobbly.frame()) == set(wobbly.frame("dict"))
    with pytest.raises(fl.InputError, match="no_such_library isn't installed here"):
        wobbly.frame("no_such_library")


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_is_saved(wobbly, key, tmp_path):
    choices = {"width": 400, "height": 300} if "width" in FORMATS[key].heeds else {}
    path = wobbly.save(tmp_path / f"race.{key.upper()}", **choices)
    assert path == tmp_path / f"race.{key.upper()}"
    assert path.stat().st_size > 200
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_figure_is_plotly_s(wobbly, own):
    figure = wobbly.figure(theme="dark")
    assert isinstance(figure, go.Figure)
    assert figure.layout.title.text == "Wobbly"
    assert [trace.name for trace in own.figure().data if trace.name == "SGD"]


def test_a_link_brings_the_experiment_back(wobbly):
    address, _, query = wobbly.link("https://fall.line/somewhere").partition("?")
    assert address == "https://fall.line/somewhere"
    assert from_query(query) == (wobbly.experiment, [])


@pytest.mark.parametrize("key", [key for key in FORMATS if key not in ("json", "py")])
def test_what_was_made_in_python_is_saved_too(own, key, tmp_path):
    assert own.save(tmp_path / f"own.{key}").stat().st_size > 200


def test_a_table_of_what_was_made_in_python(own, tmp_path):
    with open(own.save(tmp_path / "own.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(float(row["x"]), float(row["y"])) for row in rows] == [tuple(point) for point in own.points[0].tolist()]


def test_the_offline_page_of_what_was_made_in_python_promises_no_link(own, wobbly, tmp_path):
    promise = "Put this after the address of any Fall Line"
    assert promise in wobbly.save(tmp_path / "wobbly.html").read_text(encoding="utf-8")
    assert promise not in own.save(tmp_path / "own.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda runs, _: runs.link(), "A link can't carry ‘Own function’, which was made in Python; make it a plugin"),
        (lambda runs, at: runs.save(at / "a.json"), "A .json file can't hold ‘Own function’, which was made in Python"),
        (lambda runs, at: runs.save(at / "a.py"), "A .py file can't hold ‘Own function’, which was made in Python"),
        (lambda runs, at: runs.save(at / "a.xyz"), "The file is ‘"),
        (lambda runs, at: runs.save(at / "a.png", width=3), "Width is 3; it must be an even whole number of pixels"),
        (lambda runs, at: runs.save(at / "a.png", wide=3), "There is no choice ‘wide’; the choices are width, height"),
        (lambda runs, at: runs.save(at / "no" / "a.csv"), "The file ‘"),
        (lambda runs, _: runs.frame("numpy"), "Library is ‘numpy’; it must be pandas, polars or dict."),
        (lambda runs, _: runs.figure(frames=1), "Frames is 1; it must be 0 or a whole number from 2 to 100."),
        (lambda runs, _: fl.show(runs, height=9), "Height is 9; it must be a whole number of pixels from 200"),
    ],
)  # fmt: skip
def test_what_can_t_be_done_is_told_in_a_sentence(own, ask, sentence, tmp_path):
    with pytest.raises(fl.InputError) as refused:
        ask(own, tmp_path)
    assert str(refused.value).startswith(sentence)
    assert list(tmp_path.iterdir()) == []


def test_statistics_are_those_of_all_seeds_and_need_no_fan():
    noisy = fl.descend("cross-method/wobbly", steps=20, noise="additive", sigma=2, seeds=9, tolerance=1)
    told = noisy.statistics
    assert "fans" not in vars(noisy)
    losses = np.array([[path.losses for path in fan.paths] for fan in noisy.fans])
    assert losses.shape == (5, 9, 21)
    for one, of_run in zip(told, losses, strict=True):
        assert np.array_equal(one.losses.lower, np.quantile(of_run, 0.25, axis=0, method="lower"))
        assert np.array_equal(one.losses.upper, np.quantile(of_run, 0.75, axis=0, method="higher"))
        assert one.reached == (of_run <= noisy.minima[0].loss + 1).any(axis=1).sum()
    assert [one.final.median for one in told] == noisy.losses[:, -1].tolist()


def test_a_tuning_has_its_sweeps_its_table_and_the_runs_with_the_best_values(tmp_path):
    runs = fl.descend("simple_quad", steps=15, runs=["momentum", fl.run("gradient_descent", label="GD")])
    tuned = runs.tune("best")
    sweeps = [tune(runs.experiment, index, "best") for index in (0, 1)]
    for index, sweep in enumerate(sweeps):
        assert tuned.sweeps[index].scores.tolist() == sweep.scores.tolist()
        assert tuned.runs.experiment.runs[index].hypers == sweep.settings[sweep.best]
    assert tuned.runs.losses.shape == (2, 16)
    frame = tuned.frame()
    assert list(frame.columns[:6]) == ["run", "optimizer", "criterion", "score", "best", "label"]
    assert frame["score"].tolist() == [score for sweep in sweeps for score in sweep.scores]
    assert frame["gamma"].isna().tolist() == [False] * 64 + [True] * 64
    with tuned.save(tmp_path / "a.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["score"]) for row in rows] == frame["score"].tolist()
    with pytest.raises(fl.InputError, match=r"must end in \.csv"):
        tuned.save(tmp_path / "a.png")


def test_a_surface_of_ones_own_is_tuned_too(own):
    tuned = own.tune()
    (sweep,) = tuned.sweeps.values()
    # On x² + y² a factor of 5 on a rate of 0.1 is η = 0.5, which lands in the minimum.
    assert tuned.runs.losses[0, -1] == sweep.scores.min() < own.losses[0, -1]
