"""One tab that test after test uses: what a page has compiled is kept, what a test has done is not."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Dialog, Page

SIZE = {"width": 1440, "height": 900}
# What Chromium says of a file that a page will use, if the page takes longer to get there than seems usual.
LATE = "was preloaded using link preload but not used within a few seconds"
# What it says where a server has closed a connection that a question sets out on: the page asks once more.
CLOSED = "net::ERR_CONNECTION_RESET"
FORGET = "() => { localStorage.clear(); sessionStorage.clear(); }"


class Tab:
    """A tab that is handed to one test at a time, each time as if it had just been opened.

    Going to an address anew makes a fresh document, so nothing that the page held in memory outlives a test. Init
    scripts and exposed functions can't be taken back: who needs them opens a context of their own.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self._page: Page | None = None
        self._heard: list[tuple[str, str]] = []

    @property
    def page(self) -> Page:
        """The tab's page; a new one where there is none, as after a test that failed."""
        if self._page is None or self._page.is_closed():
            self._page = self.context.new_page()
            self._page.on("console", lambda message: self._heard.append((message.type, message.text)))
            self._page.on("pageerror", lambda error: self._heard.append(("error", str(error))))
            self._page.on("dialog", self._put_away)
            self._heard.clear()
        return self._page

    def shown(self) -> "Tab":
        """The tab in front: Chromium gives those behind it less time."""
        self.page.bring_to_front()
        return self

    def heard(self) -> list[str]:
        """Everything that was logged in this test, and the words of its dialogs."""
        return [text for _, text in self._heard_by_now()]

    def _heard_by_now(self) -> list[tuple[str, str]]:
        # What was logged before the answer to a question is told before it.
        self.page.evaluate("0")
        return self._heard

    def logged(self) -> list[str]:
        """The errors and warnings of this test, but for what a busy machine is slow at, and what the page mends."""
        told = [text for kind, text in self._heard_by_now() if kind in ("error", "warning")]
        return [text for text in told if LATE not in text and CLOSED not in text]

    def leave(self) -> None:
        """Go away from the page and forget everything that a test may have changed."""
        page = self.page
        page.unroute_all(behavior="ignoreErrors")
        page.mouse.up()
        self._forget_kept()
        page.mouse.move(-1, -1)
        page.set_viewport_size(SIZE)
        page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
        self.context.clear_cookies()
        session = self.context.new_cdp_session(page)
        session.send("Page.resetNavigationHistory")
        session.detach()
        self._heard.clear()

    def close(self) -> None:
        """Close the tab; the next test gets another one."""
        if self._page is not None and not self._page.is_closed():
            self._page.close()
        self._page = None

    def _forget_kept(self) -> None:
        """Clear what is kept for the page's origin, from a document of it in which nothing runs that could write."""
        own = urlsplit(self.page.url)
        if own.scheme in ("http", "https"):
            self.page.goto(f"{own.scheme}://{own.netloc}/health")
            self.page.evaluate(FORGET)
        elif own.scheme == "file":
            self.page.evaluate(FORGET)
            self.page.goto("about:blank")

    def _put_away(self, dialog: Dialog) -> None:
        self._heard.append(("error", dialog.message))
        dialog.dismiss()
