"""In the browser: pickers search, say that nothing is found, and show what a method does."""

import pytest
from playwright.sync_api import Page, expect

from fall_line.hyperparameter import Hyper
from optimizers import OPTIMIZERS
from tests.browser.conftest import Server, visit


@pytest.fixture
def page(blank: Page, server: Server) -> Page:
    """The Explore page with one run of Adam."""
    visit(blank, f"{server.address}/?surface=saddle&steps=40&run=adam")
    return blank


@pytest.mark.parametrize(
    ("picker", "search", "found"),
    [
        ("Add a run", "SGD", "Gradient descent"),
        ("Add a run", "lbfgs", "L-BFGS"),
        ("Surface", "ravine", "Rosenbrock"),
        ("Published experiments", "heavy ball", "Condition number"),
    ],
)
def test_what_people_say_is_found(page: Page, picker: str, search: str, found: str) -> None:
    field = page.get_by_label(picker, exact=True)
    field.click()
    field.fill(search)
    expect(page.get_by_role("option", name=found, exact=True)).to_be_visible()
    field.fill("qwertz")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.get_by_text("Nothing found.")).to_be_visible()


def test_the_list_of_methods_begins_as_a_course_does_and_tells_what_each_does(page: Page) -> None:
    page.get_by_label("Add a run", exact=True).click()
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    first = ["gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
    for place, key in enumerate(first):
        expect(options.nth(place)).to_contain_text(OPTIMIZERS[key].label)
        expect(options.nth(place)).to_contain_text(OPTIMIZERS[key].summary)
    page.get_by_role("option", name="Momentum", exact=True).click()
    expect(page.locator(".run")).to_have_count(2)


def test_an_unfolded_run_tells_what_its_method_and_its_numbers_do(page: Page) -> None:
    run = page.locator(".run").first
    assert OPTIMIZERS["adam"].summary not in run.inner_text()
    page.get_by_role("button", name="Unfold run 1: Adam").click()
    expect(run).to_contain_text(OPTIMIZERS["adam"].summary)
    for hyper in OPTIMIZERS["adam"].hypers:
        expect(run).to_contain_text(told(hyper))
    texts = run.inner_text()
    assert texts.index(OPTIMIZERS["adam"].summary) < texts.index(OPTIMIZERS["adam"].variant[:20])


def told(hyper: Hyper) -> str:
    return f"{hyper.label.capitalize()}. {hyper.note}"
