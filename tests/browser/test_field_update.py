"""A newer version of the phone's page: it waits until its holder says so, takes over whole, and loses nothing."""

import socket
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.phone import Phone
from tests.browser.wire import CHUNK, Wire

NEWER = "feedc0ffee42"  # as long as a version
VERSION = "JSON.parse(document.getElementById('facts').textContent).version"


class Renaming(Wire):
    """The server as it would be after a release: from `release` on all it says names another version. What the phone knows
    of before is not asked about with ETags, and nothing is compressed, so that names can be read."""

    old = b""

    def release(self, old: str) -> None:
        self.old = old.encode()

    def _pump(self, source: socket.socket, target: socket.socket, counted: bool) -> None:
        kept = b""
        try:
            while data := source.recv(CHUNK):
                data = kept + data
                kept = self._beginning(data) if counted else b""
                data = data[: len(data) - len(kept)]
                target.sendall(self._told(data) if counted else _asked(data))
        except OSError:  # either side went away
            return
        finally:
            for one in (source, target):
                one.close()

    def _told(self, data: bytes) -> bytes:
        return data.replace(self.old, NEWER.encode()) if self.old else data

    def _beginning(self, data: bytes) -> bytes:
        """The end of `data` where it may be the beginning of the name."""
        sizes = range(len(self.old) - 1, 0, -1)
        return next((self.old[:size] for size in sizes if data.endswith(self.old[:size])), b"")


def _asked(data: bytes) -> bytes:
    for header in (b"If-None-Match:", b"Accept-Encoding:"):
        data = data.replace(header, b"X-" + header)
    return data


@pytest.fixture
def wire(copied) -> Iterator[Renaming]:
    found = Renaming(copied.base)
    yield found
    found.close()


def test_a_newer_version_waits_for_its_holder_and_loses_nothing(wire: Renaming, new_phone):
    phone: Phone = new_phone(wire.base).open().sign_in("demo-grid")
    older = phone.page.evaluate(VERSION)
    wire.release(older)
    phone.page.reload()
    strip = phone.page.locator(".strip", has_text="有新版本")
    expect(strip).to_be_visible()
    assert phone.page.evaluate(VERSION) == older, "it changed under the holder's fingers"
    phone.go("#/report")
    expect(strip).to_have_count(0)  # not while something is being written
    phone.page.get_by_placeholder("补一句").fill("更新前写的")
    phone.tab_away()
    with phone.page.expect_navigation():
        strip.get_by_role("button", name="点此更新").click()
    phone.settle()
    assert phone.page.evaluate(VERSION) == NEWER
    expect(strip).to_have_count(0)
    kept = set(phone.page.evaluate("caches.keys()"))
    assert (f"field-{NEWER}" in kept, f"field-{older}" in kept) == (True, False)
    phone.go("#/report")
    expect(phone.page.get_by_placeholder("补一句")).to_have_value("更新前写的")
    phone.offline().page.reload()
    expect(phone.page.get_by_placeholder("补一句")).to_have_value("更新前写的")
    assert phone.page.evaluate(VERSION) == NEWER
