"""The player: play, pause, step, scrub, speed, loop, keys; heads move between steps; the link may carry the step."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import lines, slider, step


def play(page: Page) -> None:
    page.get_by_role("button", name="Play (space)").click()


def play_and_pause(page: Page) -> None:
    full = lines(page)
    play(page)
    expect(page.get_by_role("button", name="Pause (space)")).to_be_visible()
    page.wait_for_function("() => client.playing.time() > 3")
    assert lines(page) != full
    page.get_by_role("button", name="Pause (space)").click()
    stood = step(page)
    assert 3 < stood < 125
    page.evaluate(
        "new Promise((done) => { let left = 5; const next = () => (left-- ? requestAnimationFrame(next)"
        " : done()); next() })"
    )
    assert step(page) == stood


def heads_move_between_steps(page: Page) -> None:
    page.locator("#player-speed").click()
    page.get_by_role("option", name="0.25×").click()
    page.keyboard.press("Home")
    heads = "document.querySelector('#surface-plot canvas.overlay-heads').toDataURL()"
    seen = page.evaluate(
        f"""async () => {{
            const seen = new Set(); const steps = new Set();
            client.playing.play();
            for (let k = 0; k < 300 && seen.size <= steps.size; k++) {{
                await new Promise(requestAnimationFrame);
                seen.add({heads}); steps.add(Math.floor(client.playing.time()));
            }}
            return [seen.size, steps.size];
        }}"""
    )
    assert seen[0] > seen[1]


def test_play_pause_and_keys_which_stay_in_a_field_where_one_is_typed_in(page: Page) -> None:
    page.keyboard.press("Home")
    assert step(page) == 0
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert step(page) == 2
    expect(page.locator("#player-counter")).to_have_text("2 / 125")
    page.keyboard.press("ArrowLeft")
    assert step(page) == 1
    page.keyboard.press("End")
    assert step(page) == 125
    page.get_by_label("Start x").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert step(page) == 125
    page.get_by_label("Start x").blur()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause (space)")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play (space)")).to_be_visible()
    page.keyboard.press("End")
    play_and_pause(page)


def test_step_buttons_and_scrubber_and_heads_between_steps(page: Page) -> None:
    page.get_by_role("button", name="One step back (left arrow)").click()
    expect(page.locator("#player-counter")).to_have_text("124 / 125")
    page.get_by_role("button", name="One step forward (right arrow)").click()
    expect(page.locator("#player-counter")).to_have_text("125 / 125")
    box = slider(page, "step").bounding_box()
    page.mouse.move(box["x"] + box["width"] - 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=5)
    assert 55 < step(page) < 70
    page.mouse.up()
    expect(page.locator("#player-counter")).to_have_text(f"{int(step(page))} / 125")
    heads_move_between_steps(page)


def test_playing_stops_at_the_end_or_begins_again(page: Page) -> None:
    page.locator("#player-speed").click()
    page.get_by_role("option", name="4×").click()
    play(page)
    expect(page.get_by_role("button", name="Pause (space)")).to_be_visible()
    expect(page.get_by_role("button", name="Play (space)")).to_be_visible(timeout=10_000)
    assert step(page) == 125
    page.locator("#player-loop").locator("..").click()
    play(page)
    page.wait_for_function("() => client.playing.time() > 90")
    page.wait_for_function("() => client.playing.time() < 60")
    expect(page.get_by_role("button", name="Pause (space)")).to_be_visible()


def test_the_link_carries_the_step(blank: Page, server: Server) -> None:
    page = blank
    visit(page, f"{server.address}/?experiment=cross-method/wobbly&step=40")
    expect(page.locator("#player-counter")).to_have_text("40 / 125")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("#copied")).to_have_text("Link copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("&step=40")
