"""A link means the same after other programs have written it anew, and by hand as far as that can be told."""

import json
import subprocess
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fall_line.experiments import link, response_link
from fall_line.experiments.mending import check
from fall_line.experiments.reading import read_any
from fall_line.experiments.response_experiment import check as check_response
from fall_line.trajectories.run import run
from tests.experiments.drawn_experiments import HARD_LABELS, experiments, responses, typed_experiments
from tests.node import NODE

ADAM = [{"optimizer": "adam"}]
NARROW = "(2 x - y)^2 + y^2"

# What a browser and Node have: for each line the link as others pass it on.
BROWSER = """
    require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
        const query = JSON.parse(line);
        const address = new URL(`http://127.0.0.1:8050/?${query}`);
        address.searchParams.append("utm_source", "a chat + more");
        console.log(JSON.stringify([new URLSearchParams(query).toString(), address.search]));
    });
"""


def escaped(query: str) -> str:
    """The query with every single character of its names and values as %XX."""
    fields = parse_qsl(query, keep_blank_values=True)
    return "&".join("=".join("".join(f"%{byte:02x}" for byte in text.encode()) for text in field) for field in fields)


PYTHON = {
    "urlencode": lambda query: urlencode(parse_qsl(query, keep_blank_values=True)),
    "urlencode with %20": lambda query: urlencode(parse_qsl(query, keep_blank_values=True), quote_via=quote),
    "twice": lambda query: urlencode(parse_qsl(urlencode(parse_qsl(query)), keep_blank_values=True)),
    "every character": escaped,
}


@pytest.fixture(scope="module")
def rewritten() -> Iterator:
    """What returns the links that other programs make of one."""
    with subprocess.Popen([NODE, "--eval", BROWSER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:

        def links(query: str) -> list[str]:
            print(json.dumps(query), file=node.stdin, flush=True)
            return [query, *json.loads(node.stdout.readline()), *(write(query) for write in PYTHON.values())]

        yield links
        node.stdin.close()


@settings(max_examples=60, deadline=None)
@given(experiments() | typed_experiments())
@example(check({"surface": f"formula:{NARROW}", "runs": ADAM}))
@example(check({"surface": "formula:2 x*y + 1e+1 x^2 + y^2", "runs": [{"optimizer": "adam", "label": "2 + 2 +"}]}))
def test_a_link_to_paths_means_the_same_to_all(rewritten, experiment):
    query = link.to_query(experiment)
    assert not {"+", " "} & set(query)
    for passed_on in rewritten(query):
        assert link.from_query(passed_on) == (experiment, []), passed_on


@settings(max_examples=60, deadline=None)
@given(responses())
@example(check_response({"signal": "formula:2 k/1e3 + sin(k/10) - 1", "runs": ADAM}))
def test_a_link_to_answers_means_the_same_to_all(rewritten, experiment):
    query = response_link.to_query(experiment)
    assert not {"+", " "} & set(query)
    for passed_on in rewritten(query):
        assert response_link.from_query(passed_on) == (experiment, []), passed_on
        assert read_any(f"http://127.0.0.1:8050/response?{passed_on.removeprefix('?')}") == experiment


@pytest.mark.parametrize("label", [*HARD_LABELS, "why?", "(mine)", "signal=step", "e +5", "1e 5", "it's; $5!"])
def test_any_label_survives(rewritten, label):
    experiment = check({"runs": [{"optimizer": "adam", "label": label}]})
    query = link.to_query(experiment)
    assert query[-1].isalnum() or query[-1] == "="  # a chat takes a mark at a link's end for its own sentence's
    for passed_on in rewritten(query):
        assert link.from_query(passed_on) == (experiment, [])
        assert read_any(passed_on) == experiment


@pytest.mark.parametrize("write", PYTHON.values(), ids=PYTHON)
def test_the_loss_after_three_steps_is_that_of_the_formula_that_was_typed(write):
    run_ = {"optimizer": "gradient_descent", "hypers": {"learning_rate": 0.1}}
    given_ = {"surface": f"formula:{NARROW}", "start": (2, 1), "steps": 3, "runs": [run_]}
    experiment, problems = link.from_query(write(link.to_query(check(given_))))
    assert problems == []
    # θ ← θ − 0.1 (4 (2x − y), 4 (y − x)) from (2, 1), by hand: (0.8, 1.4), (0.72, 1.16), (0.608, 0.984).
    assert run(experiment)[0].points[-1] == pytest.approx((0.608, 0.984))
    assert run(experiment)[0].losses[-1] == pytest.approx(1.02208)


BY_HAND = [
    # an addition, since nothing tells otherwise
    ("x^2+y^2", "x^2+y^2"),
    ("2+x^2+y^2", "2+x^2+y^2"),
    ("x^2+-y+y^2", "x^2+-y+y^2"),
    ("+x^2+y^2", "+x^2+y^2"),
    ("1e+1*x^2+y^2", "1e+1*x^2+y^2"),
    # an addition, since spaces are written in another way
    ("x^2 + y^2", "x^2 + y^2"),
    ("x^2%20+%20y^2", "x^2 + y^2"),
    ("2%20x^2+y^2", "2 x^2+y^2"),
    # as the page has ever written it
    ("x%5E2%20%2B%20y%5E2", "x^2 + y^2"),
    # a space, since a program wrote it
    ("x^2+%2B+y^2", "x^2 + y^2"),
    ("2+x^2%2By^2", "2 x^2+y^2"),
    # a space, since no addition can stand there
    ("x^2+-+3+*+y^2", "x^2 - 3 * y^2"),
    ("(2+x+-+y)^2+++y^2", "(2 x - y)^2 + y^2"),
    ("max(2+x,+y)^2", "max(2 x, y)^2"),
    ("x^2+-+2+x*y+++y^2", "x^2 - 2 x*y + y^2"),
]


@pytest.mark.parametrize(("written", "read"), BY_HAND)
def test_a_formula_by_hand(written, read):
    experiment, problems = link.from_query(f"surface=formula:{written}&run=adam")
    assert (experiment.surface.key, problems) == (f"formula:{read}", [])


@pytest.mark.parametrize("colon", ["%3A", "%3a"])
def test_a_formula_whose_colon_is_escaped_was_written_by_a_program(colon):
    experiment, problems = link.from_query(f"surface=formula{colon}x%5E2+-+3+%2A+y%5E2&run=adam")
    assert (experiment.surface.key, problems) == ("formula:x^2 - 3 * y^2", [])
    experiment, problems = response_link.from_query(f"signal=formula{colon}2+k%2F300&run=adam")
    assert (experiment.signal, problems) == ("formula:2 k/300", [])


def test_a_plus_elsewhere_is_a_space_but_in_an_exponent():
    experiment, problems = link.from_query("tolerance=1e+2&start=-1.e-1,1E+0&run=adam,label=a+b+1e+5")
    assert (experiment.tolerance, experiment.start, problems) == (100, (-0.1, 1), [])
    assert experiment.runs[0].label == "a b 1e 5"


def test_links_of_before_open_as_before():
    old = "surface=formula:2%20x%5E2%20%2B%20y%5E2&run=adam,hidden,label=Adam,+a%2Bb;'!$&run=momentum,label=My+own"
    experiment, problems = link.from_query(old)
    assert problems == []
    assert experiment.surface.key == "formula:2 x^2 + y^2"
    assert [one.label for one in experiment.runs] == ["Adam, a+b;'!$", "My own"]


@given(st.sampled_from(["utm_source", "utm_medium", "fbclid", "gclid"]), st.text(max_size=20))
def test_what_trackers_add_is_passed_over(name, value):
    query = "experiment=gallery/saddle&steps=7"
    assert link.from_query(f"{query}&{name}={quote(value)}") == link.from_query(query)


@pytest.mark.parametrize("text", ["experiment=response%2Fadam%2Fspikes", "%73ignal=spikes&run=adam", "signal=spikes"])
def test_an_escaped_link_of_the_response_page_is_one(text):
    assert read_any(text).kind == "response"


def test_a_signal_in_a_label_makes_no_response():
    assert read_any("surface=saddle&run=adam,label=signal=step").kind == "surface"
