"""What is refused: an entry stays with its sentence until it is mended; a file that is no experiment opens nothing."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.reading import drag, experiment, points, settled, slider

STEPS = "steps, all runs, as a number"
RATE = "learning rate η, run 1: Nesterov, as a number"


def entered(page: Page, name: str, text: str) -> Locator:
    field = page.get_by_label(name, exact=True)
    field.fill(text)
    field.press("Enter")
    return field


def stands(page: Page, field: Locator, text: str, sentence: str) -> None:
    """Wait until the entry is told to be wrong, and for longer than the address takes to follow."""
    for _ in range(2):
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_attribute("aria-describedby", "problem")
        expect(field).to_have_value(text)
        expect(page.locator("#problem")).to_contain_text(sentence)
        page.wait_for_timeout(900)


def is_mended(page: Page, field: Locator) -> None:
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).not_to_have_attribute("aria-describedby", "problem")
    expect(page.locator("#problem")).to_be_hidden()


@pytest.mark.parametrize("text", ["-5", "1000000", "2.5", "many"])
def test_refused_steps_stay_with_their_sentence_until_they_are_mended(page: Page, text: str) -> None:
    before, place = experiment(page), slider(page, "steps, all runs").get_attribute("aria-valuenow")
    top = page.locator(".explore-main").bounding_box()
    slider(page, "steps, all runs").hover()
    page.wait_for_function("() => client.walkable.prepared()")
    field = entered(page, STEPS, text)
    stands(page, field, text, "it must be a whole number from 1 to 10000")
    assert page.locator(".explore-main").bounding_box() == top
    assert experiment(page) == before
    expect(slider(page, "steps, all runs")).to_have_attribute("aria-valuenow", str(place))
    expect(page.locator("#player-counter")).to_have_text("125 / 125")
    entered(page, STEPS, "60")
    is_mended(page, field)
    settled(page)
    assert experiment(page)["steps"] == 60


def test_a_refused_entry_outlives_other_changes_and_a_list_that_is_built_anew(page: Page) -> None:
    field = entered(page, RATE, "fast")
    stands(page, field, "fast", "it must be a number from 0.0001 to 10")
    tolerance = entered(page, "Tolerance for steps to tolerance", "-1")
    stands(page, tolerance, "-1", "olerance")
    drag(page, slider(page, "learning rate η, run 2: RMSProp"), -30)
    settled(page)
    page.get_by_role("button", name="Unfold run 5: Adam").click()
    expect(page.locator("#run-4 math")).to_be_visible()
    stands(page, tolerance, "-1", "olerance")
    entered(page, "Tolerance for steps to tolerance", "0.01")
    stands(page, field, "fast", "it must be a number from 0.0001 to 10")
    drag(page, slider(page, "learning rate η, run 1: Nesterov"), 20)
    settled(page)
    is_mended(page, field)
    expect(field).to_have_value(f"{experiment(page)['runs'][0]['hypers']['learning_rate']:g}")


def test_another_experiment_or_place_of_the_run_puts_a_refused_entry_right(page: Page) -> None:
    field = entered(page, RATE, "fast")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Duplicate, move or remove run 1:").click()
    page.get_by_role("menuitem", name="Move down").click()
    settled(page)
    expect(page.locator("#runs [aria-invalid=true]")).to_have_count(0)
    expect(page.locator("#problem")).to_be_hidden()
    field = entered(page, "Start x", "far")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Published experiments").click()
    page.get_by_role("option", name="Leaving a saddle").click()
    page.wait_for_function("() => client.explore.state.good.surface === 'saddle'")
    settled(page)
    is_mended(page, field)
    expect(field).to_have_value(str(experiment(page)["start"][0]))


def test_refused_fields_of_the_response_page(blank: Page, server: Server) -> None:
    page = blank
    page.goto(f"{server.address}/response?run=adam")
    page.wait_for_function("() => window.client && client.response.state.good !== null")
    field = entered(page, "learning rate η, run 1: Adam, as a number", "20")
    stands(page, field, "20", "it must be a number from 0.0001 to 10")
    entered(page, "learning rate η, run 1: Adam, as a number", "0.5")
    is_mended(page, field)


NO_EXPERIMENTS = {
    '{"a": 1}': "an experiment has a {subject} and a list of runs",
    '{"runs": [{"optimizer": "oops"}]}': "optimizer is ‘oops’",
    "\x89PNG": "it isn't valid JSON",
}


@pytest.mark.parametrize(("place", "subject", "of"), [("", "surface", "explore"), ("response", "signal", "response")])
def test_a_file_that_is_no_experiment_of_the_page_changes_nothing(
    blank: Page, server: Server, tmp_path: Path, place: str, subject: str, of: str
) -> None:
    page = blank
    page.goto(f"{server.address}/{place}?run=adam")
    page.wait_for_function(f"() => window.client && client.{of}.state.good !== null")
    before = page.evaluate(f"client.{of}.state.experiment")
    other = json.dumps({{"signal": "surface", "surface": "signal"}[subject]: "spikes", "runs": [{"optimizer": "adam"}]})
    for text, sentence in {**NO_EXPERIMENTS, other: "so open it on the page"}.items():
        file = tmp_path / "mine.json"
        file.write_text(text)
        page.locator("label.upload input").set_input_files(file)
        expect(page.locator("#problem")).to_contain_text("The file mine.json can't be used")
        expect(page.locator("#problem")).to_contain_text(sentence.format(subject=subject))
        assert page.evaluate(f"client.{of}.state.experiment") == before


def test_a_file_dropped_beside_the_button_is_opened_and_the_page_stays(page: Page) -> None:
    points_before, address = points(page), page.url
    page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            const text = JSON.stringify({ surface: "booth", runs: [{ optimizer: "adam" }] });
            dataTransfer.items.add(new File([text], "mine.json", { type: "application/json" }));
            const options = { dataTransfer, bubbles: true, cancelable: true };
            window.taken = !document.querySelector(".stage").dispatchEvent(new DragEvent("drop", options));
        }"""
    )
    page.wait_for_function("() => client.explore.state.good?.surface === 'booth'")
    assert page.evaluate("window.taken")
    settled(page)
    assert (points(page), page.url) != (points_before, address)
