"""Noise, schedules and going back on the page: they are drawn, they are told, and they stay in the link."""

import re

import pytest
from playwright.sync_api import Page, expect

from fall_line.experiments.mending import check
from fall_line.explanations.answer import number
from fall_line.trajectories.minima import minima_of
from fall_line.trajectories.run import fans
from fall_line.trajectories.seed_statistics import seed_statistics
from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, experiment, points, requests, rows, settled, slider

FAN = "?experiment=cross-method/hills_and_canyon&noise=additive&sigma=0.4&seeds=16"
SCHEDULED = "?surface=rosenbrock&run=adam,learning_rate=0.2&run=gradient_descent,learning_rate=0.001"


def fan(page: Page, plot: str = "surface-plot") -> int:
    """How many pixels of the fan's layer over a plot are inked; 0 without a layer."""
    return page.evaluate(
        """(plot) => {
          const canvas = document.querySelector(`#${plot} canvas.overlay-fan`);
          if (canvas === null) return 0;
          const { width, height } = canvas;
          const copy = Object.assign(document.createElement("canvas"), { width, height });
          const context = copy.getContext("2d", { willReadFrequently: true });
          context.drawImage(canvas, 0, 0);
          const { data } = context.getImageData(0, 0, width, height);
          return data.filter((value, k) => k % 4 === 3 && value > 0).length;
        }""",
        plot,
    )


def choose_noise(page: Page, kind: str) -> None:
    noise = "client.explore.state.experiment.noise"
    before = page.evaluate(noise)
    page.locator("#noise-kind").get_by_text(kind, exact=True).click()
    page.wait_for_function(f"(old) => {noise} !== old", arg=before)
    settled(page)


def open_noise(page: Page) -> None:
    page.locator("#noise-panel summary").click()


def unfold(page: Page, run: str) -> None:
    page.get_by_role("button", name=re.compile(f"^Unfold {run}")).click()
    page.get_by_role("button", name=re.compile(f"^Fold {run}")).wait_for()


def schedule(page: Page, field: str, kind: str) -> None:
    """Choose a kind of schedule and wait until its sliders are there."""
    schedules = "JSON.stringify(client.explore.state.experiment.runs.map((run) => run.schedules))"
    before = page.evaluate(schedules)
    page.get_by_role("combobox", name=field).or_(page.get_by_label(field)).first.click()
    page.get_by_role("option", name=kind, exact=True).click()
    page.wait_for_function(f"(old) => {schedules} !== old", arg=before)
    settled(page)


def test_a_kind_of_noise_is_chosen_and_its_strength_dragged(page: Page) -> None:
    open_noise(page)
    expect(page.locator("#noise-words")).to_have_text("none")
    expect(page.locator(".noise-numbers")).to_be_hidden()
    before = points(page)
    choose_noise(page, "Additive")
    assert points(page) != before
    noisy = points(page)
    with requests(page) as asked:
        drag(page, slider(page, "noise σ, gradient noise"), 30)
        settled(page)
    assert not [url for url in asked if url.endswith("/explore/contour")]
    assert points(page) != noisy
    sigma = experiment(page)["sigma"]
    expect(page.locator("#noise-words")).to_have_text(f"additive, σ {sigma}")
    assert f"noise=additive&sigma={sigma}" in page.url
    assert fan(page) == 0
    dragging_noise_asks_nothing_of_dash(page)


def dragging_noise_asks_nothing_of_dash(page: Page) -> None:
    choose_noise(page, "Multiplicative")
    thumb = slider(page, "noise σ, gradient noise")
    box = thumb.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 7, box["y"] + 7)
    page.mouse.down()
    before = points(page)[10]
    with requests(page) as asked:
        page.mouse.move(box["x"] + 40, box["y"] + 7)
        page.wait_for_function("(old) => client.explore.state.paths.points[10] !== old", arg=before)
    assert not [url for url in asked if "_dash-update" in url]
    page.mouse.up()


def test_a_fan_is_drawn_played_told_brought_back_to_the_best_point_and_taken_away(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/{FAN}")
    settled(page)
    whole = fan(page)
    assert whole > 2000
    assert fan(page, "loss-plot") > 500
    assert len(page.evaluate("Array.from(client.explore.state.paths.fan.ends)")) == 5 * 16
    expect(page.locator("#outcomes-caption")).to_have_text("median of 16 seeds")
    expect(page.locator("#noise-words")).to_have_text("additive, σ 0.4, 16 seeds")
    page.evaluate("client.playing.seek(5)")
    start = fan(page)
    assert 0 < start < whole / 2
    page.evaluate("client.playing.seek(40)")
    assert start < fan(page) < whole
    # What grew step by step is what is drawn at once.
    page.evaluate("client.playing.seek(125)")
    assert fan(page) == pytest.approx(whole, rel=0.02)
    runs_go_back_to_their_best_point(page)


def test_of_many_long_paths_some_are_drawn_and_all_are_told_of(blank: Page, server: Server) -> None:
    """Three runs of 10,000 steps with 32 seeds are more points than the plot draws."""
    page = blank
    query = "surface=simple_quad&steps=10000&noise=additive&sigma=1&seeds=32&tolerance=0.001"
    visit(page, f"{server.address}/?{query}&run=gradient_descent&run=momentum&run=rmsprop")
    settled(page)
    expect(page.locator("#surface-note")).to_have_text("6 of 32 seeds drawn")
    expect(page.locator("#outcomes-caption")).to_have_text("median of 32 seeds")
    expect(page.locator("#loss-caption")).to_contain_text("quartiles shaded")
    one = check(experiment(page))
    assert len(page.evaluate("Array.from(client.explore.state.paths.fan.ends)")) == 3 * 6
    for row, fan_ in zip(rows(page), fans(one), strict=True):
        told = seed_statistics(one, fan_, minima_of(one.landscape))
        lower, median, upper = map(number, map(float, told.final))
        assert row[2] == f"{median}\n({lower} to {upper})"
        assert row[4].endswith(f"({told.reached} of 32 seeds)")


def test_the_band_between_the_quartiles_is_shaded_and_grows_with_the_player(blank: Page, server: Server) -> None:
    """What lies between the quartiles at half the way is shaded, and what is above them is not."""
    page = blank
    visit(page, f"{server.address}/?surface=simple_quad&noise=additive&sigma=1&seeds=16&run=gradient_descent")
    settled(page)
    inked = """() => {
      const { state } = client.explore;
      const graph = document.querySelector("#loss-plot .js-plotly-plot");
      const { xaxis, yaxis } = graph._fullLayout;
      const canvas = graph.querySelector("canvas.overlay-fan");
      const { width, height } = canvas;
      const context = Object.assign(document.createElement("canvas"), { width, height })
        .getContext("2d", { willReadFrequently: true });
      context.drawImage(canvas, 0, 0);
      const density = window.devicePixelRatio;
      const at = (loss) => {
        const [x, y] = [xaxis.l2p(60), yaxis.d2p(loss)].map((one) => Math.floor(one * density));
        return context.getImageData(x, y, 1, 1).data[3];
      };
      const { lower, upper } = state.curves.band;
      return [at(Math.sqrt(lower[60] * upper[60])), at(50 * upper[60])];
    }"""
    inside, above = page.evaluate(inked)
    assert inside >= 0.25 * 255 - 2
    assert above < inside / 2
    page.evaluate("client.playing.seek(20)")
    assert page.evaluate(inked)[0] == 0


def runs_go_back_to_their_best_point(page: Page) -> None:
    heads = "document.querySelector('#surface-plot canvas.overlay-heads').toDataURL()"
    plain = page.evaluate(heads)
    page.locator("#return-best").click()
    settled(page)
    expect(page.locator("#outcomes-body")).to_contain_text("kept from step")
    assert page.evaluate(heads) != plain
    kept = page.evaluate("client.explore.state.paths.kept")
    for row, step in zip(rows(page), kept, strict=True):
        best, at = row[3].split(" at ")
        assert (row[2].split("\n")[0], int(at)) == (f"{best} kept from step {step}", step)
    assert page.url.endswith("return_best=true")
    # Before the end of the run nothing has gone back.
    page.evaluate("client.playing.seek(100)")
    page.locator("#return-best").click()
    settled(page)
    assert "kept" not in page.locator("#outcomes-body").inner_text()
    page.evaluate("client.playing.seek(125)")
    assert page.evaluate(heads) == plain
    seeds_are_chosen_told_and_taken_back_and_without_noise_the_fan_goes(page)


def seeds_are_chosen_told_and_taken_back_and_without_noise_the_fan_goes(page: Page) -> None:
    open_noise(page)
    before = points(page)
    a_wrong_seed_is_told_and_nothing_is_lost(page)
    a_new_seed_gives_another_path_and_back_brings_the_old_one(page)
    assert points(page) == before
    choose_noise(page, "None")
    expect(page.locator("#outcomes-caption")).to_be_hidden()
    assert fan(page) == fan(page, "loss-plot") == 0
    page.go_back()
    expect(page.locator("#outcomes-caption")).to_have_text("median of 16 seeds")
    settled(page)
    assert experiment(page)["noise"] == "additive"
    expect(page.locator("#noise-kind input[value=additive]")).to_be_checked()
    assert fan(page) > 2000


def a_new_seed_gives_another_path_and_back_brings_the_old_one(page: Page) -> None:
    before = points(page)
    page.get_by_role("button", name="New seed").click()
    page.wait_for_function("() => client.explore.state.experiment.seed !== 0")
    settled(page)
    assert points(page) != before
    expect(page.get_by_label("First seed of the noise")).to_have_value(str(experiment(page)["seed"]))
    page.go_back()
    page.wait_for_function("() => client.explore.state.good.seed === 0")
    settled(page)
    assert points(page) == before
    expect(page.get_by_label("First seed of the noise")).to_have_value("0")


def a_wrong_seed_is_told_and_nothing_is_lost(page: Page) -> None:
    before = points(page)
    page.get_by_label("First seed of the noise").fill("-3")
    page.get_by_label("First seed of the noise").press("Enter")
    expect(page.locator("#problem")).to_have_text("Seed is -3; it must be a whole number from 0 to 999999.")
    assert points(page) == before


def test_more_seeds_than_fit_are_told(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?experiment=cross-method/wobbly&steps=5000&noise=additive&seeds=20")
    settled(page)
    open_noise(page)
    expect(page.locator("#fewer-seeds")).to_contain_text("draws the paths of 7 seeds, not of all 20")
    expect(page.locator("#outcomes-caption")).to_have_text("median of 20 seeds")


def test_a_typed_zero_switches_the_noise_off(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?experiment=cross-method/hills_and_canyon&noise=additive")
    settled(page)
    open_noise(page)
    noisy = points(page)
    choose_noise(page, "None")
    before = points(page)
    assert noisy != before
    choose_noise(page, "Additive")
    assert points(page) == noisy
    page.get_by_label("noise σ, gradient noise, as a number").fill("0")
    page.get_by_label("noise σ, gradient noise, as a number").press("Enter")
    settled(page)
    assert points(page) == before
    page.reload()
    page.locator("#outcomes-body tr").first.wait_for()
    settled(page)
    assert (experiment(page)["sigma"], points(page)) == (0, before)


def test_minibatches_change_the_surface_and_say_so(page: Page) -> None:
    contour = "document.querySelector('#surface-plot .js-plotly-plot').calcdata[0][0].z"
    drawn = f"JSON.stringify(Array.from({contour}[90].slice(40, 60)))"
    before = page.evaluate(drawn)
    open_noise(page)
    choose_noise(page, "Minibatch")
    expect(page.locator("#surface-note")).to_have_text("Surface: mean of 32 shifted copies")
    page.wait_for_function(f"(old) => {drawn} !== old", arg=before)
    averaged = page.evaluate(drawn)
    drag(page, slider(page, "noise σ, gradient noise"), 25)
    settled(page)
    page.wait_for_function(f"(old) => {drawn} !== old", arg=averaged)
    drag(page, slider(page, "copies in a minibatch batch, gradient noise"), 40)
    settled(page)
    assert experiment(page)["batch"] > 4
    choose_noise(page, "None")
    expect(page.locator("#surface-note")).to_be_hidden()
    page.wait_for_function(f"(old) => {drawn} === old", arg=before)


def test_a_schedule_is_chosen_its_numbers_dragged_and_its_curve_follows(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/{SCHEDULED}")
    settled(page)
    unfold(page, "run 1: Adam")
    before = points(page)
    expect(page.locator(".schedule-curve svg")).to_have_count(0)
    schedule(page, "Schedule of the learning rate η, run 1: Adam", "Cosine")
    page.locator(".schedule-curve svg").wait_for()
    assert points(page) != before
    assert experiment(page)["runs"][0]["schedules"] == {"learning_rate": {"kind": "cosine", "final": 0}}
    expect(page.locator(".schedule-curve span").first).to_have_text(re.compile("^0.2 → "))
    curve = page.locator(".schedule-curve polyline").get_attribute("points")
    assert curve is not None
    drag(page, slider(page, "last factor f₁, schedule of the learning rate, run 1: Adam"), 70)
    settled(page)
    expect(page.locator(".schedule-curve polyline")).not_to_have_attribute("points", curve)
    assert "learning_rate_schedule=cosine:final=0." in page.url
    schedule(page, "Schedule of the first-moment decay β₁, run 1: Adam", "Growing window")
    expect(page.locator(".schedule-curve svg")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^Fold run 1")).click()
    expect(page.locator(".run-values").first).to_have_text("η cosine  β₁ 0.9 growing window  β₂ 0.999  ε 1e-8")
    page.reload()
    page.locator("#outcomes-body tr").first.wait_for()
    settled(page)
    assert set(experiment(page)["runs"][0]["schedules"]) == {"learning_rate", "momentum"}


def test_back_takes_a_schedule_away_and_a_method_keeps_what_it_has_a_use_for(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/{SCHEDULED},momentum_schedule=x")
    expect(page.locator("#problem")).to_contain_text("in the schedules of Gradient descent is ‘momentum’")
    unfold(page, "run 1: Adam")
    schedule(page, "Schedule of the learning rate η, run 1: Adam", "Step decay")
    schedule(page, "Schedule of the first-moment decay β₁, run 1: Adam", "1-cycle")
    page.get_by_label("Method of run 1: Adam").first.click()
    page.get_by_role("option", name="Adagrad", exact=True).click()
    page.wait_for_function("() => client.explore.state.experiment.runs[0].optimizer === 'adagrad'")
    settled(page)
    assert list(experiment(page)["runs"][0]["schedules"]) == ["learning_rate"]
    page.go_back()
    page.wait_for_function("() => client.explore.state.good.runs[0].optimizer === 'adam'")
    assert set(experiment(page)["runs"][0]["schedules"]) == {"learning_rate", "momentum"}
