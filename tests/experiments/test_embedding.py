"""A link's wishes for a frame are read apart from its experiment, and what can't be used gets a sentence."""

import itertools

import pytest

from fall_line.experiments import response_link
from fall_line.experiments.embedding import HIDDEN, PARTS, THEMES, Embedding, read_embedding, without_embedding
from fall_line.experiments.link import from_query
from fall_line.experiments.reading import read_any

LINK = "surface=booth&start=1,2&steps=30&run=adam,label=hide=rail"


def test_a_link_without_wishes_is_not_embedded():
    assert read_embedding(LINK) == (None, [])
    assert read_embedding("") == (None, [])
    assert without_embedding(f"?{LINK}") == f"?{LINK}"


@pytest.mark.parametrize("count", range(len(PARTS) + 1))
@pytest.mark.parametrize("theme", ["", *THEMES])
def test_what_is_written_is_read_wherever_it_stands_in_the_link(count, theme):
    for hidden in itertools.combinations(PARTS, count):
        wanted = Embedding(hidden, theme)
        for link in (f"{wanted.query}&{LINK}", f"?{LINK}&{wanted.query}", f"{LINK}&{wanted.query}", wanted.query):
            assert read_embedding(link) == (wanted, [])
            assert without_embedding(link).removeprefix("?") == (LINK if LINK in link else "")


def test_plot_player_and_readings_are_left_unless_the_link_says_otherwise():
    assert read_embedding("embed=1") == (Embedding(HIDDEN), [])
    assert set(PARTS) - set(HIDDEN) == {"player", "outcomes"}
    assert read_embedding("embed=1&hide=")[0] == Embedding(())
    # As other writers of links have it.
    assert read_embedding("hide=loss%2C+rail&embed=1")[0] == Embedding(("rail", "loss"))


@pytest.mark.parametrize(
    ("query", "shown", "sentence"),
    [
        ("embed=yes", None, "Embed is ‘yes’; it must be 1."),
        ("hide=rail", None, "Hide means something only in a link that has embed=1 too."),
        ("theme=dark", None, "Theme means something only in a link that has embed=1 too."),
        (
            "embed=1&hide=rial,loss",
            Embedding(("loss",)),
            "Hide is ‘rial’; it must be some of rail, loss, outcomes, player and header, with commas between.",
        ),
        (
            "embed=1&hide=all",
            Embedding(),
            "Hide is ‘all’; it must be some of rail, loss, outcomes, player and header, with commas between.",
        ),
        ("embed=1&theme=sepia", Embedding(), "Theme is ‘sepia’; it must be light or dark."),
    ],
)
def test_what_cannot_be_used_gets_a_sentence(query, shown, sentence):
    assert read_embedding(f"{LINK}&{query}") == (shown, [sentence])


def test_an_embedded_link_is_the_same_experiment_elsewhere():
    assert read_any(f"http://127.0.0.1:8050/?{LINK}&embed=1&hide=rail") == from_query(LINK)[0]
    answer = "signal=rectangles&run=adam"
    assert read_any(f"{answer}&embed=1") == response_link.from_query(answer)[0]
