"""A file that a reader opens: an experiment of the page, or a sentence and nothing else."""

import pytest

from fall_line.experiments import mending, response_experiment, training_experiment
from fall_line.pages.opened_file import opened

MEND = {"surface": mending.mend, "response": response_experiment.mend, "training": training_experiment.mend}
RUN = '{"optimizer": "adam"}'


@pytest.mark.parametrize("kind", MEND)
@pytest.mark.parametrize(
    "text",
    ['{"a": 1}', "{}", "[1]", "null", "NaN", "", "\x89PNG", '{"runs": []}', '{"runs": 5}', '{"runs": [{"a": 1}]}',
     '{"runs": [{"optimizer": "oops"}, 5]}', '{"surface": "moon"}', '{"signal": "moon"}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_experiment_opens_nothing(kind, text):
    answer = opened({"name": "mine.json", "text": text}, kind, MEND[kind])
    assert answer["experiment"] is None
    (sentence,) = answer["problems"]
    assert sentence.startswith("The file mine.json can't be used: ")
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("kind", "text", "page"),
    [("surface", f'{{"signal": "spikes", "runs": [{RUN}]}}', "Response"),
     ("response", f'{{"surface": "booth", "runs": [{RUN}]}}', "Explore"),
     ("training", f'{{"surface": "booth", "runs": [{RUN}]}}', "Explore"),
     ("training", f'{{"signal": "spikes", "runs": [{RUN}]}}', "Response"),
     ("surface", f'{{"task": "xor", "runs": [{RUN}]}}', "Train")],
)  # fmt: skip
def test_a_file_of_the_other_page_is_sent_there(kind, text, page):
    answer = opened({"name": "mine.json", "text": text}, kind, MEND[kind])
    assert answer["experiment"] is None
    assert f"open it on the page {page}." in answer["problems"][0]


@pytest.mark.parametrize(
    ("kind", "text", "wrong"),
    [
        ("surface", f'{{"runs": [{RUN}, {{"optimizer": "oops"}}]}}', 1),
        ("surface", '{"runs": [{"optimizer": "adam", "hypers": {"learning_rate": "fast"}}]}', 1),
        ("surface", '{"surface": "booth"}', 0),
        ("surface", f'{{"surface": "moon", "runs": [{RUN}]}}', 1),
        ("response", f'{{"signal": "moon", "runs": [{RUN}]}}', 1),
        ("response", '{"runs": [{"optimizer": "gradient_descent"}]}', 0),
        ("training", f'{{"task": "xor", "layers": [99], "runs": [{RUN}]}}', 1),
        ("training", f'{{"task": "moon", "runs": [{RUN}]}}', 1),
        ("training", '{"task": "xor"}', 0),
    ],
)
def test_what_can_be_used_of_an_experiment_is_opened_and_the_rest_told(kind, text, wrong):
    answer = opened({"name": "mine.json", "text": text}, kind, MEND[kind])
    assert answer["experiment"]["runs"]
    assert len(answer["problems"]) == wrong
