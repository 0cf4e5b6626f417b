"""A decimal comma is read; what may be a thousand is asked about, by the page's own code and by the server alike."""

import math

import pytest

from fall_line.drawing.choices import check_choices
from fall_line.experiments.link import from_query
from fall_line.experiments.mending import ExperimentError, check, mend
from fall_line.experiments.response_link import from_query as response_from_query
from fall_line.validation import InputError
from tests.node import node

ADAM = [{"optimizer": "adam"}]
DECIMAL = {
    "1,5": 1.5,
    "0,5": 0.5,
    "0,001": 0.001,
    "-0,125": -0.125,
    "−1,25": -1.25,
    "1,0005": 1.0005,
    "1,25e2": 125,
    ",5": 0.5,
    "1.000": 1,
    "1000": 1000,
    " 2,5 ": 2.5,
}
ASKED = {
    "1,000": "written as 1000, or as 1.000 if the comma is a decimal one",
    "12,345": "written as 12345, or as 12.345 if the comma is a decimal one",
    "-1,500": "written as -1500, or as -1.500 if the comma is a decimal one",
    "1,000,000": "written without groups of thousands, as 1000000",
    "1,000.5": "written without groups of thousands, as 1000.5",
    "1.000,5": "written without groups of thousands, as 1000.5",
    "1.000.000": "written without groups of thousands, as 1000000",
    "1 000": "written without groups of thousands, as 1000",
    "1\u202f000,25": "written without groups of thousands, as 1000.25",
    "1'000": "written without groups of thousands, as 1000",
}
NEITHER = ["1,2,3", "1.5,2", "1,5.2", "x", "", "1 00"]


def by_the_page(texts: list[str]) -> list[float | str]:
    return node("experiment/typed-number.ts", "({ typedNumber }, texts) => texts.map(typedNumber)", texts)


@pytest.mark.parametrize("text", DECIMAL)
def test_a_decimal_comma_is_read(text):
    experiment, problems = mend({"runs": ADAM, "start": [text, "0,5"], "view": [-2000, 2000, -2, 2]})
    assert (experiment.start, problems) == ((DECIMAL[text], 0.5), [])


@pytest.mark.parametrize("text", ASKED)
@pytest.mark.parametrize("field", ["steps", "tolerance", "sigma", "seed", "seeds", "batch"])
def test_what_may_be_a_thousand_is_asked_about_in_every_field(field, text):
    with pytest.raises(ExperimentError) as refused:
        check({"runs": ADAM, field: text})
    assert str(refused.value).startswith("Noise σ" if field == "sigma" else field.capitalize())
    assert str(refused.value).endswith(f"; it must be {ASKED[text]}.")


def test_a_run_keeps_its_other_values():
    run = {"optimizer": "adam", "hypers": {"learning_rate": "1,000", "beta1": "0,5"}}
    experiment, problems = mend({"runs": [run]})
    assert problems == [f"Run 1 (Adam): learning rate η is ‘1,000’; it must be {ASKED['1,000']}."]
    assert experiment.runs[0].hypers["beta1"] == 0.5


@pytest.mark.parametrize("choice", ["width", "height", "fps", "duration", "hold", "line_width", "last_step"])
def test_choices_of_a_file_too(choice):
    with pytest.raises(InputError) as refused:
        check_choices({choice: "1,200"})
    assert str(refused.value).endswith(
        "is ‘1,200’; it must be written as 1200, or as 1.200 if the comma is a decimal one."
    )


def test_choices_of_a_file_may_have_a_decimal_comma():
    choices = check_choices({"duration": "2,5", "hold": "0,125", "line_width": "1,5", "width": "640,0"})
    assert (choices.duration, choices.hold, choices.line_width, choices.width) == (2.5, 0.125, 1.5, 640)


def test_numbers_of_a_link_may_have_a_decimal_comma():
    query = (
        "surface=rotated_quadratic,condition_number=2,5,angle=30&tolerance=0,05"
        "&run=adam,learning_rate=0,25,beta1=0,5,learning_rate_schedule=cosine:final=0,01,hidden,label=1,5"
    )
    experiment, problems = from_query(query)
    run = experiment.runs[0]
    assert problems == []
    assert (experiment.parameters, experiment.tolerance) == ({"condition_number": 2.5, "angle": 30}, 0.05)
    assert (run.hypers["learning_rate"], run.hypers["beta1"], run.hidden, run.label) == (0.25, 0.5, True, "1,5")
    assert run.schedules["learning_rate"]["final"] == 0.01
    _, problems = response_from_query("signal=spikes&run=adadelta,initial_update=1,000")
    assert len(problems) == 1
    assert problems[0].endswith(f"‘1,000’; it must be {ASKED['1,000']}.")


def test_the_page_reads_what_is_typed_as_the_server_does():
    assert by_the_page(list(DECIMAL)) == list(DECIMAL.values())
    kept = [*ASKED, *NEITHER]
    assert by_the_page(kept) == kept  # the server has the sentence


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_no_number_is_refused_as_ever(text):
    _, problems = mend({"runs": ADAM, "steps": text})
    assert problems[0].endswith("it must be a whole number from 1 to 10000.")


def test_numbers_that_are_data_stay_as_they_are():
    assert check({"runs": ADAM, "tolerance": 1000.0}).tolerance == 1000
    _, problems = mend({"runs": ADAM, "tolerance": math.nan})
    assert len(problems) == 1
