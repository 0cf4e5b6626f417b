"""The list of runs: add, duplicate, remove, rename, hide, reorder, change the method."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, experiment, lines, menu, rows, runs, settled, slider


def optimizers(page: Page) -> list[str]:
    return [run["optimizer"] for run in experiment(page)["runs"]]


def add(page: Page, name: str) -> None:
    page.get_by_label("Add a run").click()
    page.get_by_role("option", name=name, exact=True).click()


def test_add_a_method_twice_with_other_values(page: Page) -> None:
    add(page, "Adamax")
    runs(page, 6)
    add(page, "Adamax")
    runs(page, 7)
    settled(page)
    assert optimizers(page)[5:] == ["adamax", "adamax"]
    styles = [run["style"] for run in experiment(page)["runs"]]
    assert len(set(styles)) == 7
    expect(slider(page, "learning rate η, run 7: Adamax")).to_be_visible()
    assert page.url.count("run=adamax,") == 2
    a_run_removed_right_after_its_drag_leaves_the_others_working(page)


def test_duplicate_keeps_values_remove_takes_away_and_a_method_is_changed_in_place(page: Page) -> None:
    menu(page, 2, "Duplicate")
    runs(page, 6)
    first, second = experiment(page)["runs"][1:3]
    assert first["hypers"] == second["hypers"]
    assert first["style"] != second["style"]
    menu(page, 1, "Remove")
    runs(page, 5)
    settled(page)
    assert optimizers(page) == ["rmsprop", "rmsprop", "adadelta", "adagrad", "adam_epsilon_hat"]
    assert rows(page)[0][0] == "RMSProp"
    change_the_method_in_place(page)


def test_move_up_and_down_and_rename(page: Page) -> None:
    menu(page, 1, "Move down")
    expect(page.get_by_label("Name of run 1: RMSProp")).to_be_visible()
    settled(page)
    assert optimizers(page)[:2] == ["rmsprop", "nesterov_at_lookahead"]
    name = page.get_by_label("Name of run 2: Nesterov")
    name.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_label("Name of run 1: Nesterov")).to_be_visible()
    assert optimizers(page)[:2] == ["nesterov_at_lookahead", "rmsprop"]
    rename_reaches_table_sliders_and_link(page)


def rename_reaches_table_sliders_and_link(page: Page) -> None:
    name = page.get_by_label("Name of run 2: RMSProp")
    name.fill("fast & loose, γ")
    name.press("Enter")
    expect(slider(page, "learning rate η, run 2: fast & loose, γ")).to_be_visible()
    settled(page)
    assert rows(page)[1][0] == "fast & loose, γ"
    visit(page, page.url)
    expect(page.get_by_label("Name of run 2: fast & loose, γ")).to_be_visible()


def test_hide_show_and_hover_which_leaves_the_surface_panel_open(page: Page) -> None:
    page.get_by_text("About this surface").click()
    expect(page.locator("#surface-formula math")).to_be_visible()
    drawn = lines(page)
    page.get_by_role("button", name="Hide run 5: Adam").click()
    expect(page.get_by_role("button", name="Show run 5: Adam")).to_be_visible()
    settled(page)
    assert lines(page) != drawn
    assert ",hidden" in page.url
    expect(page.locator("#surface-formula math")).to_be_visible()
    page.get_by_role("button", name="Show run 5: Adam").click()
    expect(page.get_by_role("button", name="Hide run 5: Adam")).to_be_visible()
    page.mouse.move(700, 20)
    settled(page)
    assert lines(page) == drawn
    hovering_a_row_lights_up_its_run_in_both_plots(page)


def change_the_method_in_place(page: Page) -> None:
    rate = experiment(page)["runs"][3]["hypers"]["learning_rate"]
    page.get_by_role("button", name="Unfold run 4: Adagrad").click()
    page.get_by_label("Method of run 4: Adagrad").click()
    page.get_by_role("option", name="Momentum", exact=True).click()
    settled(page)
    assert experiment(page)["runs"][3]["optimizer"] == "momentum"
    assert experiment(page)["runs"][3]["hypers"]["learning_rate"] == rate


def test_one_and_sixteen_runs(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?surface=booth&run=adam")
    runs(page, 1)
    page.get_by_role("button", name="Duplicate, move or remove run 1").click()
    expect(page.get_by_role("menuitem", name="Remove")).to_be_disabled()
    page.keyboard.press("Escape")
    visit(page, f"{server.address}/?surface=booth" + "&run=momentum" * 16)
    runs(page, 16)
    assert len({run["style"] for run in experiment(page)["runs"]}) == 16
    add(page, "Adamax")
    expect(page.locator("#problem")).to_contain_text("There are 17 runs; there must be 1 to 16")
    runs(page, 16)


def hovering_a_row_lights_up_its_run_in_both_plots(page: Page) -> None:
    plain = lines(page), lines(page, "loss-plot")
    page.locator("#outcomes-body tr").nth(4).hover()
    assert lines(page) != plain[0]
    assert lines(page, "loss-plot") != plain[1]
    expect(page.locator("#run-4")).to_have_class("run run-highlight")
    page.mouse.move(700, 20)
    assert (lines(page), lines(page, "loss-plot")) == plain


def a_run_removed_right_after_its_drag_leaves_the_others_working(page: Page) -> None:
    drag(page, slider(page, "learning rate η, run 7: Adamax"), 20)
    menu(page, 7, "Remove")
    runs(page, 6)
    drag(page, slider(page, "learning rate η, run 4: Adagrad"), -30)
    settled(page)
    rate = experiment(page)["runs"][3]["hypers"]["learning_rate"]
    expect(page.get_by_label("learning rate η, run 4: Adagrad, as a number")).to_have_value(str(rate))
