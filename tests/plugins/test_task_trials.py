"""A task's file is tried out: what can't be learned or shown is refused with its line and a sentence."""

import pytest

from fall_line.plugins.task_trial import try_task
from networks import TASKS
from tests.plugins.conftest import PRINTED
from tests.plugins.test_plugin_trials import changed, refusal

TASK = PRINTED["three_clouds"]
DATA_LINE = TASK[: TASK.index("def data")].count("\n") + 1
TASK_LINE = TASK[: TASK.index("three_clouds = ")].count("\n") + 1
TARGETS = "np.eye(3)[labels].T"
INPUTS = "CENTRES[:, labels] + noise"
CURVE = ('loss="cross_entropy"', 'loss="squared"', 'classes=("left", "right", "upper")', "classes=()")
TWO = ('loss="cross_entropy"', 'loss="logistic"', 'classes=("left", "right", "upper")', 'classes=("left", "right")')


def task(*changes):
    return changed(TASK, *changes)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (task(TARGETS, "labels"), "targets must be a float64 array, outputs × points; it is int64 (150,)."),
        (task(TARGETS, "labels[None] * 1.0"), "targets must be 3 rows with a single 1 in each column, in the row of"),
        (task(TARGETS, "np.eye(3)[labels].T * 2"), "from 0 to 2 become that by np.eye(3)[labels].T."),
        (task(TARGETS, "np.eye(4)[labels + 1].T"), "targets must be 3 rows"),
        (task(TARGETS, "np.ones((3, 150))"), "targets must be 3 rows with a single 1"),
        (task(TARGETS, "np.eye(3)[labels % 2].T"), "no point is of the class ‘upper’; there must be points of each"),
        (task(TARGETS, "np.eye(3)[labels * 0].T"), "no point is of the class ‘right’"),
        (task(TARGETS, "np.zeros((1, 150))", *TWO), "no point is of the class ‘right’"),
        (task(TARGETS, "labels[None] * 1.0", *TWO), "targets must be one row of 0 for the first class and 1 for"),
        (task(TARGETS, "np.eye(3)[labels[1:]].T"), "inputs has 150 points and targets 149; both must be features"),
        (task(INPUTS, "noise.T"), "inputs has 2 points and targets 150"),
        (task(INPUTS, "noise.tolist()"), "inputs must be a float64 array, features × points; it is a list."),
        (task(INPUTS, "noise.astype('float32')"), "it is float32 (2, 150)."),
        (task(INPUTS, "np.where(noise > 0.4, np.nan, noise)"), "is nan; all numbers must be finite, so leave"),
        (task(INPUTS, "np.full((2, 150), np.inf)"), "inputs[0, 0] is inf; all numbers must be finite"),
        (task(INPUTS, "np.zeros((2, 0))", TARGETS, "np.zeros((3, 0))"), "there are 0 points of 2 features"),
        (task(INPUTS, "np.zeros((2, 200001))", TARGETS, "np.eye(3)[np.arange(200001) % 3].T"), "at most 100000 points"),
        (task(INPUTS, "np.zeros((1025, 150))"), "there are 150 points of 1025 features; at most"),
        (task("RandomState(0)", "default_rng()"), "data must return the same numbers at each call"),
        (task("return Data(", "return dict("), "data must return Data(inputs, targets), not dict."),
        (task("steps=200", "steps=200, batch=113"), "batch must be a whole number from 1 to 112"),
        (task("steps=200", "steps=200, validation=0.003"), "validation is 0.003, which keeps back none of 150 points"),
    ],
)  # fmt: skip
def test_points_that_can_t_be_learned(text, words, tmp_path):
    line, sentence = refusal(tmp_path, text)
    assert words in sentence
    assert line == DATA_LINE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (task('key="three_clouds"', 'key="Three clouds"'), "key must be small letters"),
        (task('label="Three clouds"', 'label=""'), "label must be a text"),
        (task('source="My lecture"', 'source="My lecture", also="x"'), "also must be a tuple of texts"),
        (task('loss="cross_entropy"', 'loss="hinge"'), "loss must be one of logistic, cross_entropy, squared."),
        (task('loss="cross_entropy"', 'loss="logistic"'), "for two classes, but classes names 3; for more use cross"),
        (task('("left", "right", "upper")', '("left",)'), "classes names 1; there must be 2 to 20."),
        (task('("left", "right", "upper")', '("left", "right", "left")'), "a name of its own for each class."),
        (task('("left", "right", "upper")', '"abc"'), "classes must be a tuple of names"),
        (task('loss="cross_entropy"', 'loss="squared"'), "squared is for values, so classes must be ()."),
        (task("layers=(8,)", "layers=(8)"), "layers must be a tuple of up to 4 whole numbers from 1 to 64"),
        (task("layers=(8,)", "layers=(65,)"), "layers must be a tuple"),
        (task("steps=200", "steps=20000"), "steps must be a whole number from 1 to 10000."),
        (task("steps=200", "steps=200, activation='step'"), "activation must be one of tanh, relu, sigmoid, gelu."),
        (task("steps=200", "steps=200, initialization='ones'"), "initialization must be one of glorot, he, zero."),
        (task("steps=200", "steps=200, validation=0.7"), "validation must be a number from 0 to 0.5"),
        (task("View((-1.5, -1.5), (1.5, 1.5))", "View((1.5, -1.5), (-1.5, 1.5))"), "each low below its high"),
        (task("View((-1.5, -1.5), (1.5, 1.5))", "(-1.5, 1.5)"), "view must be a View of one or two coordinates"),
        (task("View((-1.5, -1.5), (1.5, 1.5))", "View((-1.5,), (1.5,))"), "a view of one coordinate is for values"),
        (task("View((-1.5, -1.5), (1.5, 1.5))", "View((-1.5,), (1.5,))", *CURVE, TARGETS, "noise[:1]"),
         "view has coordinates: 1, and inputs features: 2; encode must"),
        (task("view=", "image=(3, 3), view="), "image says 3 × 3 pictures, but inputs has 2 features."),
        (task("view=", "image=4, view="), "image must be a tuple of two whole numbers"),
        (task("view=", "encode=lambda places: places[:1], view="), "encode must return a float64 array (2, 5) for"),
        (task("view=", "decode=lambda given: np.full(given.shape, np.nan), view="), "decode must return finite"),
    ],
)  # fmt: skip
def test_a_task_s_record_that_is_wrong(text, words, tmp_path):
    line, sentence = refusal(tmp_path, text)
    assert words in sentence
    assert line == TASK_LINE


def test_values_with_a_view_are_one_row(tmp_path):
    assert "targets has 2 rows; a task with a view has one" in refusal(tmp_path, task(*CURVE, TARGETS, "noise"))[1]
    assert refusal(tmp_path, task(*CURVE, TARGETS, "noise[:1]")) is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (task("labels = ", "labels = 1 / 0 + "), DATA_LINE + 1, "ZeroDivisionError"),
        (task("def data():", "def data(seed):"), DATA_LINE, "TypeError: data() missing 1 required"),
        (task("def data():", "def data("), DATA_LINE, "SyntaxError: '(' was never closed."),
        (task("data=data", "data=7"), TASK_LINE, "data must be a function without arguments"),
    ],
)
def test_data_that_can_t_be_made_are_told_where(text, line, words, tmp_path):
    found = refusal(tmp_path, text)
    assert words in found[1]
    assert found[0] == line


@pytest.mark.parametrize("key", TASKS)
def test_no_task_of_the_program_would_be_refused(key, tmp_path):
    try_task(TASKS[key], tmp_path, 1)
