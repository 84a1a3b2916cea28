"""A phone as the field end keeps its queue: what was entered is stored first, and leaves the store when it is answered.

Answers for the order in which entries and photos are sent and for what each answer means. A request can be lost on its
way, and so can its answer: then the server has done it and the phone does not know.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from tests.dashboard.api.client import Api, digest

ARRIVES, LOST, UNANSWERED, CRASH = "arrives", "lost", "unanswered", "crash"
FATES = (ARRIVES, LOST, UNANSWERED, CRASH)


class Unreachable(Exception):
    """No answer came."""


class Crashed(Exception):
    """The tab was closed in the middle."""


@dataclass
class Entry:
    """`path` and `body` as they are sent; photos go first, under their hashes."""

    id: UUID
    path: str
    body: dict
    photos: list[bytes] = field(default_factory=list)


@dataclass
class Phone:
    """`stored` outlives the tab. `fate` says what becomes of the next request."""

    api: Api
    login: str
    fate: Callable[[], str]
    stored: list[Entry] = field(default_factory=list)
    online: bool = False
    signed_in: bool = True

    def enter(self, entry: Entry) -> None:
        self.stored.append(entry)

    def send(self) -> None:
        """Everything in order, until there is no answer."""
        while self.online and self.stored:
            try:
                self._send(self.stored[0])
            except (Unreachable, Crashed):
                return

    def send_from_two_tabs(self) -> None:
        """A second tab does not know that the first is sending the same entry."""
        for _tab in range(2):
            if self.online and self.stored:
                try:
                    self._send(self.stored[0], keep=_tab == 0)
                except (Unreachable, Crashed):
                    continue

    def _send(self, entry: Entry, *, keep: bool = False) -> None:
        for photo in entry.photos:
            sent = self._ask("PUT", f"/evidence/{digest(photo)}", data=photo)
            assert sent.status in (200, 201, 401), sent.body
        answer = self._ask("POST", entry.path, entry.body)
        if answer.status == 401:
            raise Unreachable
        assert answer.status in (200, 201), answer.body
        if not keep:
            self.stored.remove(entry)

    def _ask(self, method: str, path: str, body: dict | None = None, *, data: bytes | None = None):
        fate = self.fate()
        if fate == LOST:
            raise Unreachable
        answer = self.api.by(self.login if self.signed_in else None)(method, path, body, data=data)
        if fate == UNANSWERED:
            raise Unreachable
        if fate == CRASH:
            raise Crashed
        return answer
