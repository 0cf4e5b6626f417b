"""A choice is right, or refused in one sentence with the field, the value and what is allowed."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fall_line.drawing.choices import Choices, check_choices
from fall_line.validation import InputError


def refusal(**choices):
    with pytest.raises(InputError) as refused:
        check_choices(choices)
    sentence = str(refused.value)
    assert sentence.endswith(".")
    assert sentence[:-1].isprintable()
    return sentence


def test_what_is_left_out_takes_its_default():
    assert check_choices({}) == Choices()
    assert check_choices({"fps": 24}) == Choices(fps=24)


def test_every_choice_arrives():
    given = {
        "width": 640,
        "height": 480,
        "fps": 25,
        "duration": 2.5,
        "steps_per_frame": 0.5,
        "hold": 0.0,
        "first_step": 3,
        "last_step": 70,
        "theme": "dark",
        "transparent": True,
        "line_width": 3.5,
        "text_size": "slide",
        "loss_panel": False,
        "title": False,
        "heading": "Why momentum wins",
        "formula": True,
        "statistics": True,
        "hyperparameters": True,
        "decimal_comma": True,
    }
    assert set(given) == set(Choices.model_fields)
    assert check_choices(given).model_dump() == given
    assert check_choices(json.loads(json.dumps(given))) == check_choices(given)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("width", "400", 400),
        ("fps", 30.0, 30),
        ("duration", 2, 2.0),
        ("title", "false", False),
        ("hold", "0", 0.0),
    ],
)
def test_other_spellings(field, value, expected):
    assert getattr(check_choices({field: value}), field) == expected


NO_NUMBERS = [math.nan, math.inf, -math.inf, True, False, "", "wide", [], {}, [400], 10**400]
EVEN = "an even whole number of pixels from 200 to 4096"
WRONG = {
    ("width", EVEN): [0, -400, 198, 199, 201, 401, 4098, 10_000, 400.5, 1e300, None, *NO_NUMBERS],
    ("height", EVEN): [0, -300, 198, 199, 301, 4097, 10_000, 300.5, None, *NO_NUMBERS],
    ("fps", "a whole number from 10 to 60"): [0, 9, 61, 1000, -30, 29.97, None, *NO_NUMBERS],
    ("duration", "a number from 0.1 to 120"): [0, 0.09, 121, -1, None, *NO_NUMBERS],
    ("hold", "a number from 0 to 20"): [-0.01, 20.5, None, *NO_NUMBERS],
    ("line_width", "a number from 0.5 to 10"): [0, 0.4, 11, None, *NO_NUMBERS],
    ("steps_per_frame", "a number from 0.01 to 10000"): [
        0,
        -1,
        10_001,
        *NO_NUMBERS,
    ],
    ("first_step", "a whole number from 0 to 10000"): [-1, 0.5, 10_001, None, *NO_NUMBERS],
    ("last_step", "a whole number from 0 to 10000"): [
        -1,
        0.5,
        10_001,
        *NO_NUMBERS,
    ],
    ("theme", "one of light, dark"): ["", "Light", "sepia", None, True, 1, ["light"]],
    ("text_size", "one of small, slide, large"): ["", "Slide", None, 12, ["large"]],
    ("heading", "a text of at most 120 letters"): [None, 7, ["x"]],
    ("transparent", "true or false"): ["", "yes", 1, 0, None, [True], math.nan],
    ("loss_panel", "true or false"): ["on", 1, None, {}],
    ("title", "true or false"): ["Bowl", 0, None],
    ("formula", "true or false"): ["x", 2, None],
}


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [(field, value, allowed) for (field, allowed), values in WRONG.items() for value in values],
)
def test_a_wrong_value_is_refused(field, value, allowed):
    written = f"‘{value}’" if isinstance(value, str) else repr(value) if value != 10**400 else "1" + 39 * "0" + "…"
    assert refusal(**{field: value}) == f"{field.capitalize()} is {written}; it must be {allowed}."


def test_a_heading_is_one_line_of_at_most_120_letters():
    assert check_choices({"heading": "  Why\nmomentum   wins "}).heading == "Why momentum wins"
    assert check_choices({"heading": "x" * 120}).heading == "x" * 120
    assert refusal(heading="x" * 121) == f"Heading is ‘{'x' * 40}…’; it must be a text of at most 120 letters."


@pytest.mark.parametrize("field", ["size", "Width", "", "widths\n", "__class__", "\ud800"])
def test_an_unknown_name_is_refused_with_those_there_are(field):
    sentence = refusal(**{field: 400})
    assert sentence.startswith("There is no choice ‘")
    assert sentence.endswith(f"the choices are {', '.join(Choices.model_fields)}.")


@pytest.mark.parametrize("data", [None, [], "width=400", 7, math.nan, True, [["width", 400]]])
def test_what_is_no_mapping_is_refused(data):
    with pytest.raises(InputError, match=r"^Choices must be an object of names and values, not .*\.$"):
        check_choices(data)


def test_the_greatest_side_is_a_setting(monkeypatch):
    monkeypatch.setenv("FALL_LINE_MAX_SIDE", "600")
    assert check_choices({"width": 600, "height": 600}).width == 600
    assert refusal(width=602) == "Width is 602; it must be an even whole number of pixels from 200 to 600."
    monkeypatch.setenv("FALL_LINE_MAX_SIDE", "8000")
    assert check_choices({"width": 7000}).width == 7000


def test_a_setting_that_can_not_be_read_is_told(monkeypatch):
    monkeypatch.setenv("FALL_LINE_MAX_SIDE", "wide")
    assert refusal(width=400) == "FALL_LINE_MAX_SIDE is ‘wide’; it must be a whole number from 1 on."


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(0, 5000)
    | st.floats()
    | st.floats(0, 100)
    | st.text(st.characters(), max_size=8)
    | st.sampled_from(["light", "dark", "true", "false", "400", "1e3", "nan", "\ud800"])
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2)
)


@given(st.dictionaries(st.sampled_from(list(Choices.model_fields)) | st.text(max_size=5), VALUES, max_size=6) | VALUES)
def test_whatever_comes_is_taken_or_refused(data):
    try:
        choices = check_choices(data)
    except InputError as refused:
        sentence = str(refused)
    else:
        sentence = "."
        assert check_choices(choices.model_dump()) == choices
        assert (choices.width % 2, choices.height % 2) == (0, 0)
        assert all(math.isfinite(value) for value in choices.model_dump().values() if isinstance(value, float))
    assert sentence.endswith(".")
    assert len(sentence) < 300
