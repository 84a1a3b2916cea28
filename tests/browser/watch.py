"""What a page must never do, collected while a test runs: errors, failed requests, questions to another host."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

LOUD = ("error", "warning")
ABORTED = "net::ERR_ABORTED"  # the browser's own word for a page that was left


class Watch:
    """`faults`: one line each. Tests that break something on purpose clear it and say so."""

    def __init__(self, page: Page, base: str):
        self.faults: list[str] = []
        self._host = urlsplit(base).netloc
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in LOUD:
            self.faults.append(f"console {message.type}: {message.text[:300]}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self._host:
            self.faults.append(f"another host was asked: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure != ABORTED:
            self.faults.append(f"request failed: {request.failure} {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"HTTP {response.status}: {response.url}")
