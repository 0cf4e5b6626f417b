"""The pickers of both pages find what people say."""

from typing import Any

import dash
import dash_mantine_components as dmc
import pytest

from fall_line.wsgi import server
from tests.node import node


@pytest.fixture(scope="module")
def pickers() -> dict[str, Any]:
    """The options of every picker that can be searched, by the page's name and the picker's label."""
    with server.test_request_context("/"):
        pages = {name: dash.page_registry[name]["layout"]() for name in ("explore", "response")}
    return {
        f"{name}: {one.attributes['input']['aria-label']}": one.data
        for name, page in pages.items()
        for one in page._traverse()
        if isinstance(one, dmc.Select) and getattr(one, "searchable", False)
    }


def found(options: Any, search: str) -> list[str]:
    """The labels of what is found, in the order of the list."""
    program = """({ found }, [options, search]) =>
        found(options, search).flatMap((one) => one.items ?? [one]).map(({ label }) => label)"""
    return node("runs/found.ts", program, [options, search])


METHODS, SURFACES, EXPERIMENTS = "explore: Add a run", "explore: Surface", "explore: Published experiments"
RESPONSES = "response: Published experiments"


@pytest.mark.parametrize(
    ("picker", "search", "first"),
    [
        (METHODS, "SGD", "Gradient descent"),
        (METHODS, "stochastic", "Gradient descent"),
        (METHODS, "heavy ball", "Momentum"),
        (METHODS, "heavyball", "Momentum"),
        (METHODS, "lbfgs", "L-BFGS"),
        (METHODS, "l-bfgs", "L-BFGS"),
        (METHODS, "NAG", "Nesterov"),
        (METHODS, "Barzilai-Borwein", "Barzilai–Borwein"),
        (METHODS, "epsilon outside", "Adam, ε outside the root"),
        (METHODS, "Adam", "Adam"),
        (METHODS, "damping", "Newton"),
        (SURFACES, "ravine", "Rosenbrock"),
        (SURFACES, "valley", "Rosenbrock"),
        (SURFACES, "banana", "Rosenbrock"),
        (SURFACES, "bowl", "Simple quadratic"),
        (SURFACES, "levy", "Lévy N. 13"),
        (SURFACES, "equation", "Your own formula…"),
        (EXPERIMENTS, "plateau", "Five methods: Giant plateau"),
        (EXPERIMENTS, "gamma", "Nesterov's γ: Wobbly"),
        (RESPONSES, "heavy ball", "Momentum: spikes"),
        (RESPONSES, "compared", "Methods compared: constant"),
        ("response: Gradient signal", "draw", "Drawn by hand"),
    ],
)
def test_what_people_say_is_found(pickers: dict[str, Any], picker: str, search: str, first: str) -> None:
    assert first in found(pickers[picker], search)


@pytest.mark.parametrize("search", ["SGD", "stochastic", "valley", "ravine", "epsilon", "heavy ball"])
def test_words_of_methods_and_surfaces_find_experiments_too(pickers: dict[str, Any], search: str) -> None:
    assert found(pickers[EXPERIMENTS], search)
    assert len(found(pickers[EXPERIMENTS], search)) < len(found(pickers[EXPERIMENTS], ""))


def test_every_method_is_found_by_its_name_and_each_of_its_other_names(pickers: dict[str, Any]) -> None:
    options = [one for group in pickers[METHODS] for one in group["items"]]
    words = [(one["label"], word) for one in options for word in (one["label"], *one["also"])]
    program = """({ found }, [options, words]) => words.filter(([label, word]) =>
        !found(options, word).flatMap((one) => one.items).some((one) => one.label === label))"""
    assert node("runs/found.ts", program, [pickers[METHODS], words]) == []


def test_epsilon_finds_methods_with_the_sign_and_what_is_nowhere_finds_nothing(pickers: dict[str, Any]) -> None:
    assert all("ε" in label for label in found(pickers[METHODS], "epsilon"))
    assert found(pickers[METHODS], "qwertz") == []
    assert found(pickers[METHODS], "…") == []
    assert len(found(pickers[METHODS], "  ")) > 30
