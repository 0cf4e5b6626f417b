"""Tuning in the page: the same sweep for all runs shown, its curve, picking another value, undo."""

import csv

from playwright.sync_api import Page, Route, expect

from fall_line.experiments.experiment import Experiment
from fall_line.experiments.mending import check
from fall_line.trajectories.tuning import tune
from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, experiment, menu, rows, settled, slider

SWEEP = "#tuning-plot .scatterlayer .trace"


def tune_all(page: Page, *, all_values: bool = False, criterion: str = "Final loss") -> None:
    page.get_by_role("button", name="Tune…").click()
    panel = page.locator("#tuning")
    if all_values:
        panel.get_by_text("All values").click()
    panel.get_by_text(criterion).click()
    page.get_by_role("button", name="Tune the runs shown").click()
    page.locator("#tuned-row:not([hidden])").wait_for(timeout=120_000)
    settled(page)


def test_each_run_takes_the_value_that_the_sweep_finds_best(page: Page) -> None:
    before = experiment(page)
    tune_all(page)
    after = experiment(page)
    one = check(before)
    for index, run in enumerate(after["runs"]):
        sweep = tune(one, index)
        assert sweep.best is not None
        assert run["hypers"] == sweep.settings[sweep.best]
    expect(page.locator("#tuned")).to_have_text("Tuned 5 runs: 64 learning rates each, final loss.")
    expect(page.locator(".run-tuned")).to_have_text(["tuned: 64 values, final loss"] * 5)
    expect(page.locator(SWEEP)).to_have_count(10)
    assert page.url.count("tuned=64:final") == 5
    losses = [float(row[2]) for row in rows(page)]
    assert losses[0] < 0.0898  # Nesterov, which was held by the basin before
    the_sweep_is_saved(page, check(before))
    a_click_on_the_sweep_takes_that_value(page)


def the_sweep_is_saved(page: Page, before: Experiment) -> None:
    with page.expect_download() as coming:
        page.get_by_role("link", name="Save the sweep (CSV)").click()
    assert coming.value.suggested_filename == "hills-and-canyon-sweep.csv"
    with coming.value.path().open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    expected = [score for index in range(5) for score in tune(before, index).scores]
    assert [float(row["score"]) for row in table] == expected


def test_the_claim_goes_when_a_value_or_the_start_is_changed(page: Page) -> None:
    tune_all(page)
    drag(page, slider(page, "learning rate η, run 2: RMSProp"), 20)
    settled(page)
    claim = "tuned: 64 values, final loss"
    expect(page.locator(".run-tuned")).to_have_text([claim, "", claim, claim, claim])
    page.get_by_label("Start x").fill("1")
    page.get_by_label("Start x").press("Enter")
    settled(page)
    expect(page.locator(".run-tuned")).to_have_text([""] * 5)
    assert "tuned=" not in page.url
    expect(page.locator("#tuned-row")).to_be_hidden()


def test_undo_and_back_take_a_tuning_back_and_the_link_keeps_it(page: Page) -> None:
    before = experiment(page)["runs"]
    tune_all(page)
    page.get_by_role("button", name="Undo").click()
    settled(page)
    assert experiment(page)["runs"] == before
    expect(page.locator("#tuned-row")).to_be_hidden()
    page.get_by_role("button", name="Tune the runs shown").click()
    page.locator("#tuned-row:not([hidden])").wait_for(timeout=120_000)
    settled(page)
    tuned, address = experiment(page)["runs"], page.url
    page.go_back()
    settled(page)
    assert experiment(page)["runs"] == before
    visit(page, address)
    assert experiment(page)["runs"] == tuned
    expect(page.locator(".run-tuned").first).to_have_text("tuned: 64 values, final loss")


def a_click_on_the_sweep_takes_that_value(page: Page) -> None:
    tuned = experiment(page)["runs"]
    point = page.locator(f"{SWEEP} >> nth=4").locator(".points path").nth(40)
    box = point.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("() => client.explore.state.good.runs.some((run) => !run.tuned)")
    settled(page)
    # Curves lie over one another; whichever point was hit, one run has taken one of the values tried.
    one, after = check(experiment(page)), experiment(page)["runs"]
    changed = [k for k in range(5) if after[k]["hypers"] != tuned[k]["hypers"]]
    assert len(changed) == 1
    assert after[changed[0]]["hypers"] in tune(one, changed[0]).settings
    claims = page.locator(".run-tuned").all_inner_texts()
    assert [k for k in range(5) if not claims[k]] == changed


def test_all_values_can_be_tuned_and_hidden_runs_stay_as_they_are(page: Page) -> None:
    page.get_by_role("button", name="Hide run 1: Nesterov").click()
    expect(page.get_by_role("button", name="Show run 1: Nesterov")).to_be_visible()
    before = experiment(page)["runs"]
    tune_all(page, all_values=True, criterion="Best loss")
    after = experiment(page)["runs"]
    assert after[0] == before[0]
    assert [run["tuned"] for run in after] == ["", *["256:best"] * 4]
    expect(page.locator("#tuned")).to_have_text(
        "Tuned 4 runs: 256 combinations of all hyperparameters each, best loss."
    )


def test_what_cannot_be_counted_is_told_and_nothing_is_changed(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?surface=formula:x%2By&run=momentum")
    before = experiment(page)["runs"]
    tune_all(page, criterion="Steps to tolerance")
    expect(page.locator("#tuned")).to_have_text(
        "This surface has no known minimum; tune for the final or the best loss."
    )
    assert experiment(page)["runs"] == before


CLAIM = "tuned: 64 values, final loss"


def test_a_double_click_leaves_the_claims_and_the_sweep(page: Page) -> None:
    tune_all(page)
    tuned = experiment(page)
    page.locator("#surface-plot .nsewdrag").dblclick(position={"x": 200, "y": 120})
    settled(page)
    expect(page.locator(".run-tuned")).to_have_text([CLAIM] * 5)
    expect(page.locator("#tuned-row")).to_be_visible()
    assert experiment(page) == tuned


def test_a_claim_holds_wherever_its_values_and_the_situation_are_found_again(page: Page) -> None:
    tune_all(page)
    field = page.get_by_label("Start x")
    before = field.input_value()
    for text, claims in (("1", [""] * 5), (before, [CLAIM] * 5)):
        field.fill(text)
        field.press("Enter")
        expect(page.locator(".run-tuned")).to_have_text(claims)
        settled(page)
    expect(page.locator("#tuned-row")).to_be_visible()
    for name, text in (("Tolerance for steps to tolerance", "1"), ("Name of run 1: Nesterov", "the first")):
        field = page.get_by_label(name, exact=True)
        field.fill(text)
        field.press("Enter")
        settled(page)
    menu(page, 2, "Move down")
    expect(page.get_by_label("Name of run 3: RMSProp")).to_be_visible()
    settled(page)
    expect(page.locator(".run-tuned")).to_have_text([CLAIM] * 5)
    expect(page.locator("#tuned-row")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    settled(page)
    names = [run["label"] or run["optimizer"] for run in experiment(page)["runs"]]
    assert names[:3] == ["the first", "adadelta", "rmsprop"]
    assert experiment(page)["runs"][2]["hypers"]["learning_rate"] == 0.25


def test_what_changes_no_path_leaves_a_running_tuning_alone(page: Page) -> None:
    before = experiment(page)
    page.get_by_role("button", name="Tune…").click()
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route("**/explore/tune", hold)
    page.get_by_role("button", name="Tune the runs shown").click()
    expect(page.get_by_role("button", name="Tuning…")).to_be_visible()
    name = page.get_by_label("Name of run 1: Nesterov")
    name.fill("the first")
    name.press("Enter")
    expect(page.locator("#outcomes-body tr").first).to_contain_text("the first")
    page.locator("#loss-axis").get_by_text("linear").click()
    menu(page, 2, "Move down")
    expect(page.get_by_label("Name of run 3: RMSProp")).to_be_visible()
    page.keyboard.press("Escape")
    asked[0].continue_()
    expect(page.locator("#tuned")).to_have_text("Tuned 5 runs: 64 learning rates each, final loss.", timeout=60_000)
    settled(page)
    one = check(before)
    for place, index in enumerate((0, 2, 1, 3, 4)):
        sweep = tune(one, index)
        assert sweep.best is not None
        assert experiment(page)["runs"][place]["hypers"] == sweep.settings[sweep.best]
    page.unroute("**/explore/tune")
