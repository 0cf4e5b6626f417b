"""One tab that test after test uses: what a page has compiled is kept, what a test has done is not."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

SIZE = {"width": 1440, "height": 900}
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


class Tab:
    """A tab that is handed to one test at a time, each time as if it had just been opened.

    Going to an address anew makes a fresh document, so nothing that the page held in memory outlives a test. Init
    scripts and exposed functions can't be taken back: who needs them opens a context of their own.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._page: Page | None = None
        self._logged: list[str] = []

    @property
    def page(self) -> Page:
        """The tab's page; a new one where there is none, as after a test that failed."""
        if self._page is None or self._page.is_closed():
            self._page = self.context.new_page()
            self._page.on("console", self._hear)
            self._page.on("pageerror", lambda error: self._logged.append(str(error)))
            self._page.on("crash", lambda _: self.close())
            self._logged.clear()
        return self._page

    def logged(self) -> list[str]:
        """The errors and warnings that were logged in this test."""
        # What was logged before the answer to a question is told before it.
        self.page.evaluate("0")
        return list(self._logged)

    def leave(self) -> None:
        """Go away from the page and forget everything that a test may have changed."""
        page, own = self.page, urlsplit(self.page.url)
        page.unroute_all(behavior="ignoreErrors")
        page.mouse.up()
        if own.scheme == "http":
            # A document of the same origin in which nothing runs that could write again.
            page.goto(f"{own.scheme}://{own.netloc}/health")
            page.evaluate(FORGET)
        page.mouse.move(-1, -1)
        page.set_viewport_size(SIZE)
        page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
        self.context.clear_cookies()
        session = self.context.new_cdp_session(page)
        session.send("Page.resetNavigationHistory")
        session.detach()
        self._logged.clear()

    def close(self) -> None:
        """Close the tab; the next test gets another one."""
        if self._page is not None and not self._page.is_closed():
            self._page.close()
        self._page = None

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._logged.append(message.text)
