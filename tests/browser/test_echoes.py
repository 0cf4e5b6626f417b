"""What the page itself writes into a field is nobody's wish, however late Dash tells of it."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import drag, slider
from tests.browser.tab import Tab

# Counts the texts that are taken as typed.
COUNT = """() => {
    const { runs } = window.dash_clientside;
    const own = runs.number;
    window.typed = 0;
    runs.number = (...given) => {
        const before = client.explore.state.experiment;
        const answer = own(...given);
        window.typed += client.explore.state.experiment !== before;
        return answer;
    };
}"""


def sweep(page: Page, pause: float) -> None:
    """Drag the first run's learning rate, with a `pause` in ms after each move."""
    handle = slider(page, "learning rate η, run 1: Nesterov")
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(1, 12):
        page.mouse.move(x + 3 * k, y)
        page.wait_for_timeout(pause)
    page.mouse.up()


def test_a_slider_taken_back_in_the_hand_is_no_text_that_was_typed(tab: Tab, server: Server) -> None:
    page = tab.page  # where the browser logs what the server answers
    page.route("**/explore/program*", lambda route: route.abort())  # so that every move asks, and is refused at once
    visit(page, server.address)
    page.evaluate(COUNT)
    page.route("**/explore/paths", lambda route: route.fulfill(status=500, body="oops"))
    slider(page, "learning rate η, run 1: Nesterov").scroll_into_view_if_needed()
    for pause in range(5, 65, 5):
        sweep(page, pause)
    expect(page.locator("#problem")).to_contain_text("status 500")
    assert page.evaluate("window.typed") == 0
    page.unroute("**/explore/paths")
    drag(page, slider(page, "learning rate η, run 2: RMSProp"), 40)
    expect(page.locator("#problem")).to_be_hidden()
