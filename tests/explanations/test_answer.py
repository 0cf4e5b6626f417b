"""What is sent to the page: enough for the screen, and nothing that JSON can't hold."""

import base64
import json
import math

import numpy as np
import pytest

from fall_line.experiments.link import from_query
from fall_line.experiments.mending import check
from fall_line.explanations.answer import answer, number
from fall_line.trajectories.run import fans, run

BURSTING = {
    "surface": "rosenbrock",
    "steps": 40,
    "runs": [{"optimizer": "gradient_descent", "hypers": {"learning_rate": rate}} for rate in (0.001, 1)],
}
ORDINARY = {"surface": "wobbly", "steps": 30, "runs": [{"optimizer": "adam"}, {"optimizer": "rmsprop", "hidden": True}]}


def unpacked(text: str, *shape: int) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text, validate=True), dtype="<f4").reshape(shape)


@pytest.mark.parametrize("data", [ORDINARY, BURSTING, {**ORDINARY, "steps": 1}])
def test_paths_and_heights_are_the_runs_in_float32(data):
    """Rounding to nearest errs by 2⁻²⁴ of the value; beyond 3.4e38 float32 is infinite, below 1e-38 it coarsens."""
    experiment = check(data)
    sent, paths = answer(experiment), run(experiment)
    points = np.stack([path.points for path in paths])
    heights = np.stack([path.losses - (sent["floor"] or 0) for path in paths])
    for text, exact in ((sent["points"], points), (sent["heights"], heights)):
        got = unpacked(text, *exact.shape)
        shown = np.where(np.abs(exact) > np.finfo("f4").max, np.copysign(np.inf, exact), exact)
        np.testing.assert_allclose(got, shown, rtol=2.0**-24, atol=1e-44)
    assert sent["steps"] == experiment.steps


def test_the_answer_is_json_also_when_numbers_burst():
    sent = answer(check(BURSTING))
    again = json.loads(json.dumps(sent, allow_nan=False))
    assert again == sent
    kinds = [row["kind"] for row in sent["reports"]]
    assert kinds == ["moving", "not_finite"]
    assert sent["reports"][1]["final_loss"] in ("NaN", "∞")
    assert sent["reports"][1]["outcome"].startswith("not finite from step ")


def test_the_link_in_the_answer_leads_back():
    experiment = check(ORDINARY)
    assert from_query(answer(experiment)["query"]) == (experiment, [])


def test_every_run_has_a_row_and_the_floor_is_the_lowest_minimum():
    sent = answer(check(ORDINARY))
    assert [row["name"] for row in sent["reports"]] == ["Adam", "RMSProp"]
    assert sent["floor"] == pytest.approx(0.9155064452, abs=1e-10)
    assert all(row["sentence"] in sent["summary"] for row in sent["reports"])
    assert answer(check({**ORDINARY, "surface": "saddle"}))["floor"] is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (math.nan, "NaN"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (-0.0, "0"),
        (0.0, "0"),
        (-1.5, "−1.5"),
        (0.91550644, "0.91551"),
        (-1e-43, "−1e−43"),
        (123456.7, "1.2346e+05"),
        (100.0, "100"),
    ],
)
def test_numbers_in_the_table(value, text):
    assert number(value) == text


def test_the_ends_are_the_last_finite_steps():
    experiment = check(BURSTING)
    sent, paths = answer(experiment), run(experiment)
    finite = [np.isfinite(path.points).all(axis=1) & np.isfinite(path.losses) for path in paths]
    assert sent["ends"] == [int(np.flatnonzero(one)[-1]) for one in finite]
    assert sent["ends"][0] == 40
    assert sent["ends"][1] < 40


def test_a_fan_is_sent_whole_and_told_in_words():
    fanned = check({**ORDINARY, "noise": "additive", "seed": 3, "seeds": 4, "return_best": True})
    sent, floor = answer(fanned), answer(fanned)["floor"]
    paths = [path for fan in fans(fanned) for path in fan.paths]
    points = unpacked(sent["fan"]["points"], 2 * 4, 31, 2)
    np.testing.assert_array_equal(points, np.stack([path.points for path in paths]).astype("<f4"))
    heights = unpacked(sent["fan"]["heights"], 2 * 4, 31)
    np.testing.assert_array_equal(heights, np.stack([path.losses - floor for path in paths]).astype("<f4"))
    assert sent["fan"]["seeds"] == 4
    words = {"words": "additive, σ 0.3, 4 seeds", "median": "median of 4 seeds", "losses": "quartiles shaded"}
    assert sent["noise"] == words | {"drawn": "", "surface": "", "fewer": ""}
    # Of four losses in order, none lies between the first and the quartile; both ends are of seeds.
    losses = np.sort(np.array([path.losses for path in paths]).reshape(2, 4, 31), axis=1)
    for name, place in (("lower", 0), ("upper", 3)):
        edge = unpacked(sent["band"][name], 2, 31)
        np.testing.assert_array_equal(edge, (losses[:, place] - floor).astype("<f4"))
    assert [row["kept_step"] for row in sent["reports"]] == [row["best_step"] for row in sent["reports"]]
    assert "Noise: additive, σ 0.3, median of 4 seeds." in sent["summary"]


def test_without_noise_there_is_no_fan():
    sent = answer(check({**ORDINARY, "seeds": 4}))
    assert (sent["fan"], sent["band"], sent["noise"]["words"], sent["schedules"]) == (None, None, "none", [{}, {}])
    assert [row["seeds"] for row in sent["reports"]] == [None, None]
    assert [row["kept_step"] for row in sent["reports"]] == [None, None]
