"""Copy link says who can open it, and draws a QR code only for those who want one."""

import json
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Server, visit
from tests.browser.reading import requests, settled

CLASS = "http://class.example"


def copy(page: Page) -> None:
    settled(page)
    page.get_by_role("button", name="Copy link", exact=True).click()
    expect(page.locator("#copied")).to_have_text("Link copied")


def test_a_link_that_opens_here_only_says_so_and_how_to_show_it(page: Page) -> None:
    copy(page)
    more = page.locator("#copied-more")
    expect(more).to_contain_text(
        "It opens only on this machine. To show it to a class, start Fall Line with HOST=0.0.0.0"
    )
    expect(page.get_by_role("button", name="QR code")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(more).to_be_hidden()
    expect(page.locator("#copied")).to_be_hidden()


def test_where_others_find_this_machine_their_link_can_be_copied(page: Page) -> None:
    place = {"network": "http://192.0.2.7:8050", "framed_by": []}
    page.route("**/share/place", lambda route: route.fulfill(body=json.dumps(place), content_type="application/json"))
    copy(page)
    expect(page.locator("#copied-more")).to_contain_text("Others in your network find it at http://192.0.2.7:8050.")
    page.get_by_role("button", name="Copy that link").click()
    page.wait_for_function(
        "async () => (await navigator.clipboard.readText()).startsWith('http://192.0.2.7:8050/?surf')"
    )


def test_a_link_for_others_has_a_code_that_is_drawn_when_it_is_wanted(
    elsewhere: Callable[..., Page], server: Server
) -> None:
    page = elsewhere()

    def answer(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace(CLASS, server.address)))

    page.route(f"{CLASS}/**", answer)
    visit(page, f"{CLASS}/?surface=booth&run=adam")
    with requests(page) as asked:
        copy(page)
        button = page.get_by_role("button", name="QR code")
        expect(button).to_be_visible()
        assert [one for one in asked if "/share/" in one] == []
        expect(page.locator("#copied-more")).not_to_contain_text("only on this machine")
        button.click()
        code = page.get_by_role("img", name="QR code of http://class.example/?surface=booth")
        expect(code).to_be_visible()
    assert [one.rpartition("/share/")[2] for one in asked if "/share/" in one] == ["code"]
    page.wait_for_function("() => document.querySelector('.copied-code img').naturalWidth > 0")
