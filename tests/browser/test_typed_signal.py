"""A signal typed in the Response page: drawn while it is typed, refused with a sentence, kept in link and history."""

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from fall_line.experiments.response_link import from_query
from fall_line.experiments.signals import SIGNALS
from fall_line.trajectories.response import response
from optimizers import OPTIMIZERS
from tests.browser.answering import ADAM, exported, lines, opened, ready, settled, state, updates
from tests.browser.conftest import Server
from tests.browser.reading import drag, slider

FIELD = "Formula of the signal"
EXAMPLE = "formula:sin(k/10)*exp(-k/100)"
K = np.arange(300.0)


@pytest.fixture
def page(blank: Page) -> Page:
    """A page with nothing in it, on which nothing may be logged as an error or a warning."""
    return blank


def choose(page: Page, name: str) -> None:
    page.get_by_label("Gradient signal", exact=True).click()
    page.get_by_role("option", name=name, exact=True).click()


def drawn(page: Page, key: str) -> None:
    """Wait until the signal with this key is drawn and the address follows."""
    page.wait_for_function("(key) => client.response.state.good.signal === key", arg=key)
    settled(page)


def type_formula(page: Page, text: str) -> None:
    page.get_by_label(FIELD).fill(text)
    drawn(page, f"formula:{text}")


def answer(page: Page, run: int, signal: np.ndarray) -> list[float]:
    one = state(page, "experiment")["runs"][run]
    return list(response(OPTIMIZERS[one["optimizer"]], one["hypers"], signal).updates)


def test_it_is_drawn_while_it_is_typed_as_python_computes_it(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    expect(page.get_by_label(FIELD)).to_be_hidden()
    choose(page, "Your own formula…")
    drawn(page, EXAMPLE)
    assert updates(page, 1) == pytest.approx(answer(page, 1, np.sin(K / 10) * np.exp(-K / 100)), rel=1e-5, abs=1e-6)
    field = page.get_by_label(FIELD)
    expect(field).to_be_focused()
    field.fill("")
    field.press_sequentially("where(k<100, 1, -1) + k/299", delay=30)
    drawn(page, "formula:where(k<100, 1, -1) + k/299")
    expect(field).to_be_focused()
    expect(field).to_have_value("where(k<100, 1, -1) + k/299")
    expect(page.locator("#response-formula-preview math").first).to_be_visible()
    signal = np.where(K < 100, 1.0, -1.0) + K / 299
    assert updates(page, 0) == pytest.approx(answer(page, 0, signal), rel=1e-5, abs=1e-6)
    experiment, problems = from_query(page.url.partition("?")[2])
    assert (experiment.signal, problems) == ("formula:where(k<100, 1, -1) + k/299", [])
    drag(page, slider(page, "learning rate η, run 1: Adam"), 25)
    settled(page)
    assert updates(page, 0) == pytest.approx(answer(page, 0, signal), rel=1e-5, abs=1e-6)


def test_a_slip_is_told_and_takes_nothing_away(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    choose(page, "Your own formula…")
    drawn(page, EXAMPLE)
    before, picture = state(page, "experiment"), lines(page)
    for text, sentence in (
        ("sin(k", "At character 4, ‘(’: this bracket is never closed."),
        ("a*k", "The formula has the name ‘a’; write a number for it: the only name is k, the epoch."),
        ("1/k", "At epoch 0 the formula is inf; it must be a number from -1e+06 to 1e+06"),
    ):
        page.get_by_label(FIELD).fill(text)
        expect(page.locator("#response-formula-problem")).to_contain_text(sentence)
        expect(page.get_by_label(FIELD)).to_have_attribute("aria-invalid", "true")
        assert state(page, "experiment") == before
        assert lines(page) == picture
    type_formula(page, "1/(k + 1)")
    expect(page.locator("#response-formula-problem")).to_be_hidden()
    expect(page.get_by_label(FIELD)).to_have_attribute("aria-invalid", "false")
    assert lines(page) != picture


def test_link_reload_back_and_another_signal(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    choose(page, "Your own formula…")
    drawn(page, EXAMPLE)
    type_formula(page, "max(sin(k/20), 0) + 0.1")
    kept = state(page, "experiment")
    page.reload()
    ready(page)
    assert state(page, "experiment") == kept
    expect(page.get_by_label(FIELD)).to_have_value("max(sin(k/20), 0) + 0.1")
    expect(page.get_by_label("Gradient signal", exact=True)).to_have_value("Your own formula…")
    expect(page.locator("#response-formula-preview math").first).to_be_visible()
    type_formula(page, "sin(k/7)")
    preview = page.locator("#response-formula-preview")
    expect(preview).to_contain_text("7")
    choose(page, "Chirp")
    expect(page.get_by_label(FIELD)).to_be_hidden()
    expect(page.locator("#response-signal-text")).to_contain_text("g(k) = sin(k²/900)")
    drawn(page, "chirp")
    page.wait_for_function("() => location.search.includes('signal=chirp')")
    page.go_back()
    drawn(page, "formula:sin(k/7)")
    expect(page.get_by_label(FIELD)).to_have_value("sin(k/7)")
    expect(page.get_by_label("Gradient signal", exact=True)).to_have_value("Your own formula…")
    page.evaluate("client.response.to.replaced({ ...client.response.state.good, signal: 'formula:cos(k/8)' }, 'file')")
    expect(preview).to_contain_text("8")
    choose(page, "Chirp")
    drawn(page, "chirp")
    page.evaluate("client.response.to.replaced({ ...client.response.state.good, signal: 'formula:cos(k/9)' }, 'file')")
    expect(preview).to_contain_text("9")
    expect(page.locator("#response-signal-text")).to_be_hidden()


def test_who_goes_back_to_the_signal_that_is_drawn_leaves_the_field(page: Page, server: Server) -> None:
    opened(page, server, ADAM)
    choose(page, "Your own formula…")
    drawn(page, EXAMPLE)
    choose(page, "Chirp")
    drawn(page, "chirp")
    page.get_by_label(FIELD).evaluate("(field) => (field.value = '1/k')")
    choose(page, "Your own formula…")
    expect(page.locator("#response-formula-problem")).to_contain_text("At epoch 0 the formula is inf")
    assert state(page, "experiment")["signal"] == "chirp"
    choose(page, "Chirp")
    expect(page.get_by_label(FIELD)).to_be_hidden()


def test_small_plots_of_all_signals_leave_it_out_and_all_methods_answer_it(page: Page, server: Server) -> None:
    opened(page, server, "signal=formula:sin(k/10)+1&run=adam&view=signals")
    expect(page.locator(".response-cell")).to_have_count(len(SIGNALS))
    page.locator("#response-view").get_by_text("All methods").click()
    page.get_by_role("button", name="Adagrad", exact=False).first.click()
    expect(page.locator(".run")).to_have_count(1)
    drawn(page, "formula:sin(k/10)+1")
    assert updates(page, 0) == pytest.approx(answer(page, 0, np.sin(K / 10) + 1), rel=1e-5, abs=1e-6)


def test_a_file_holds_it_and_brings_it_back(page: Page, server: Server, tmp_path: Path) -> None:
    opened(page, server, "signal=formula:sin(k/10)+1&run=adam")
    experiment = state(page, "experiment")
    table = exported(page, "CSV", tmp_path)
    assert table.name == "response-formula-sin-k-10-1-1-run.csv"
    np.testing.assert_allclose(
        np.loadtxt(table, delimiter=",", skiprows=1, usecols=3), np.sin(K / 10) + 1, rtol=1e-12, atol=1e-12
    )
    file = tmp_path / "a.json"
    file.write_text('{"signal": "formula:sin(k/10)+1", "runs": [{"optimizer": "adam"}]}')
    opened(page, server, ADAM)
    page.locator("#response-open-file input").set_input_files(file)
    drawn(page, "formula:sin(k/10)+1")
    assert state(page, "experiment") == experiment
    expect(page.get_by_label(FIELD)).to_have_value("sin(k/10)+1")


@pytest.mark.thorough  # test_formula has one that is told by the same means
def test_a_hostile_link_is_told_and_the_page_stands(page: Page, server: Server) -> None:
    opened(page, server, "signal=formula:__import__('os').system('x')&run=adam")
    expect(page.locator("#problem")).to_contain_text("At character 1, ‘_’: the sign LOW LINE can't be read")
    assert state(page, "experiment")["signal"] == "spikes"
