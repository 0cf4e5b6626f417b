"""The note on a published experiment: true, or told as published with a way back; so is its name in the menu."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import answering
from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, experiment, menu, runs, settled, slider

MENU = "Published experiments"
TITLE = "Five methods: Hills and canyon"
LESSON = "A small basin lies between the start and the canyon."


def is_published(page: Page) -> None:
    expect(page.get_by_label(MENU)).to_have_value(TITLE)
    expect(page.locator("#lesson-head")).to_have_text(TITLE)
    expect(page.locator("#lesson-text")).to_contain_text(LESSON)
    expect(page.locator("#lesson")).not_to_contain_text("As published")
    expect(page.locator("#lesson-back")).to_be_hidden()


def was_published(page: Page) -> None:
    expect(page.locator("#lesson")).to_contain_text("As published:")
    expect(page.locator("#lesson-text")).to_contain_text(LESSON)
    expect(page.get_by_label(MENU)).to_have_value("")
    expect(page.locator("#lesson-back")).to_be_visible()


def test_a_note_on_what_was_changed_is_told_as_published_and_leads_back(page: Page) -> None:
    published = experiment(page)
    is_published(page)
    menu(page, 5, "Remove")
    runs(page, 4)
    was_published(page)
    settled(page)
    page.reload()
    page.wait_for_function("() => window.client && client.explore.state.good !== null")
    was_published(page)
    page.locator("#lesson-back").click()
    runs(page, 5)
    is_published(page)
    settled(page)
    assert experiment(page) == published
    page.go_back()
    runs(page, 4)
    was_published(page)
    page.get_by_label(MENU).click()
    page.get_by_role("option", name=TITLE).click()
    runs(page, 5)
    is_published(page)


@pytest.mark.parametrize("name", ["smoothing ε, run 5: Adam, as a number", "Start x", "steps, all runs, as a number"])
def test_the_note_is_true_again_once_the_change_is_taken_back(page: Page, name: str) -> None:
    page.get_by_role("button", name="Unfold run 5: Adam").click()
    field = page.get_by_label(name, exact=True)
    before = field.input_value()
    for text, told in (("1", was_published), (before, is_published)):
        field.fill(text)
        field.press("Enter")
        told(page)


def test_how_it_is_looked_at_and_called_changes_no_note(page: Page) -> None:
    page.locator("#loss-axis").get_by_text("linear").click()
    page.get_by_role("button", name="Hide run 1: Nesterov").click()
    expect(page.get_by_role("button", name="Show run 1: Nesterov")).to_be_visible()
    menu(page, 2, "Move down")
    expect(page.get_by_label("Name of run 3: RMSProp")).to_be_visible()  # the list is there anew
    name = page.get_by_label("Name of run 5: Adam")
    name.fill("the fifth")
    name.press("Enter")
    expect(page.locator("#outcomes-body tr").nth(4)).to_contain_text("the fifth")
    settled(page)
    is_published(page)
    place = page.locator("#run-4").bounding_box()
    drag(page, slider(page, "learning rate η, run 5: the fifth"), 20)
    was_published(page)
    assert page.locator("#run-4").bounding_box() == place  # nothing moves under the hand


def test_the_note_of_the_response_page(blank: Page, server: Server) -> None:
    page = blank
    page.goto(f"{server.address}/response")
    page.wait_for_function("() => window.client && client.response.state.good !== null")
    note, back = page.locator("#response-lesson"), page.locator("#response-lesson-back")
    expect(note).to_contain_text("The velocity sums what came before.")
    expect(page.get_by_label(MENU)).to_have_value("Momentum: rectangles")
    drag(page, slider(page, "learning rate η, run 1: γ = 0.25"), 20)
    expect(note).to_contain_text("As published:")
    expect(note).to_contain_text("The velocity sums what came before.")
    expect(page.get_by_label(MENU)).to_have_value("")
    answering.settled(page)
    back.click()
    expect(back).to_be_hidden()
    expect(note).not_to_contain_text("As published")
    expect(page.get_by_label(MENU)).to_have_value("Momentum: rectangles")
    answering.settled(page)
    page.go_back()
    expect(note).to_contain_text("As published:")
    expect(note).to_contain_text("The velocity sums what came before.")


def test_another_surface_has_no_note(blank: Page, server: Server) -> None:
    visit(blank, f"{server.address}/?surface=booth&run=adam")
    expect(blank.locator("#lesson")).to_be_hidden()
