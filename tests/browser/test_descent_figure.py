"""The figure for notebooks, drawn by Plotly in a real browser."""

import pytest

from fall_line.experiments.mending import check
from tests.library.drawn import descent

LABEL = "<b>γ</b> & %{x} $a$ <a href='javascript:1'>x</a> &amp;"
OVERFLOWING = check(
    {
        "surface": "rosenbrock",
        "steps": 30,
        "runs": [
            {"optimizer": "gradient_descent", "hypers": {"learning_rate": 1}},
            {"optimizer": "adam", "label": LABEL},
            {"optimizer": "momentum", "hidden": True},
        ],
    }
)


def paths(figure):
    return [trace for trace in figure.data if trace.type == "scatter" and trace.hovertemplate and trace.legendgroup]


@pytest.fixture
def shown(file_tab, tmp_path):
    """Opens a figure in the browser; the test fails if anything is logged."""

    def opened(figure, **options):
        figure.write_html(tmp_path / "figure.html", **options)
        page = file_tab.page
        page.set_viewport_size({"width": 1100, "height": 900})
        page.goto((tmp_path / "figure.html").as_uri())
        page.locator(".contourlayer path").first.wait_for(state="attached")
        page.locator(".nsewdrag").wait_for(state="attached")
        return page

    yield opened
    assert file_tab.heard() == []


def test_labels_are_shown_as_they_are_beside_the_plot(shown):
    page = shown(descent(OVERFLOWING))
    lines = page.locator(".legendtext").nth(1).locator("tspan.line").all_text_contents()
    assert " ".join(lines[:-1]).replace("\xa0", " ") == LABEL
    plot, legend = page.locator(".bglayer rect, .plot").first.bounding_box(), page.locator(".legend").bounding_box()
    assert legend["x"] >= plot["x"] + plot["width"]
    assert legend["x"] + legend["width"] <= page.locator(".main-svg").first.bounding_box()["width"] + 20


def test_the_scale_is_the_same_on_both_axes_as_drawn(shown):
    page = shown(descent("surface=six_hump_camel&run=adam", width=700, height=900))
    x, y = page.evaluate(
        "(() => { const {xaxis, yaxis} = document.querySelector('.js-plotly-plot')._fullLayout;"
        " return [xaxis._m, -yaxis._m]; })()"
    )
    assert x == pytest.approx(y, rel=1e-3)


def test_hovering_tells_run_step_and_full_numbers(shown):
    figure = descent("surface=saddle&steps=2&start=-1.5,0.3&run=gradient_descent,learning_rate=0.3")
    page = shown(figure)
    x, y = page.evaluate(
        "(() => { const graph = document.querySelector('.js-plotly-plot');"
        " const {xaxis, yaxis, _size} = graph._fullLayout; const box = graph.getBoundingClientRect();"
        f" return [box.x + _size.l + xaxis.l2p({paths(figure)[0].x[1]}),"
        f" box.y + _size.t + yaxis.l2p({paths(figure)[0].y[1]})]; }})()"
    )
    page.mouse.move(x, y, steps=3)
    page.locator(".hoverlayer .hovertext").wait_for()
    lines = page.locator(".hoverlayer .hovertext tspan.line").all_text_contents()
    step, *numbers = (line.split()[-1] for line in lines[1:])
    assert lines[0] == "Gradient descent"
    assert [float(step), *map(float, numbers)] == paths(figure)[0].customdata[1].tolist()


PLAY = """async () => {
  const graph = document.querySelector(".js-plotly-plot");
  let frames = 0, bare = 0;
  graph.on("plotly_animatingframe", () => frames++);
  const watch = new MutationObserver(() => { if (!document.querySelector(".contourlayer path")) bare++; });
  watch.observe(graph, { childList: true, subtree: true });
  document.querySelector(".updatemenu-button").dispatchEvent(new Event("click"));
  await new Promise((resolve) => graph.once("plotly_animated", resolve));
  return { frames, bare, contours: document.querySelectorAll(".contourlayer path").length };
}"""


def assert_plays(page):
    contours = page.locator(".contourlayer path").count()
    assert page.evaluate(PLAY) == {"frames": 6, "bare": 0, "contours": contours}


def test_play_shows_every_frame_over_a_contour_without_a_minimum(shown):
    assert_plays(shown(descent("gallery/saddle", frames=6), auto_play=False))


def test_play_shows_every_frame_over_the_contour_and_the_slider_leads_to_a_step(shown):
    figure = descent("cross-method/wobbly", frames=6)
    page = shown(figure, auto_play=False)
    assert_plays(page)
    rail = page.locator(".slider-rail-touch-rect").bounding_box()
    page.mouse.click(rail["x"] + 0.4 * rail["width"], rail["y"] + rail["height"] / 2)
    page.get_by_text("step 50").wait_for()
    page.wait_for_function(
        "(count) => document.querySelector('.js-plotly-plot')._fullData.filter((one) => one.x?.length === count)"
        ".length === 5",
        arg=51,
    )
