"""What a page must never do, collected while a test runs: errors, failed requests, questions to another host."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

LOUD = ("error", "warning")
ABORTED = "net::ERR_ABORTED"  # the browser's own word for a page that was left


class Watch:
    """`faults`: one line each. Tests that break something on purpose clear it, or `expects` it to the page's end."""

    def __init__(self, page: Page, base: str):
        self.faults: list[str] = []
        self.expects: re.Pattern | None = None
        self._host = urlsplit(base).netloc
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _note(self, fault: str) -> None:
        if not (self.expects and self.expects.search(fault)):
            self.faults.append(fault)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in LOUD:
            self._note(f"console {message.type}: {message.text[:300]}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self._host:
            self._note(f"another host was asked: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != ABORTED:
            self._note(f"request failed: {request.failure} {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"HTTP {response.status}: {response.url}")
