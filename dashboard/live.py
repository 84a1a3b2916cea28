"""The live hub: tails the change feed and hands each change to whoever may hear of it, at least once.

One thread a process (a greenlet under gevent), there while somebody listens. It looks at the feed right after a commit of
this process, when Redis rings, and otherwise a few times a second, which is one look at a primary key. PostgreSQL's NOTIFY
would be no gain: it takes a lock that makes all committing transactions queue.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from dashboard.bell import Bell
from dashboard.domain.changes import Change, Hearing
from data.queries.feed import list_changes, list_missing, list_numbers, read_ends
from data.session import Database

log = logging.getLogger(__name__)
LOOK_SECONDS, LOOK_WITH_BELL_SECONDS = 0.2, 1.0
_BREATH_SECONDS = 0.01  # between two looks, however many commits there are
WAIT_SECONDS = 60.0  # for a number that was given out and is not to be seen: its transaction runs, or was rolled back
WINDOW, BATCH, REPLAY_MOST, QUEUE_MOST = 1000, 500, 1000, 200


@dataclass(slots=True)
class Handed:
    """A change on its way to many. `mark`: where to go on after it. `texts`: what was made of it, by kind of reader."""

    change: Change
    mark: int
    texts: dict[object, bytes] = field(default_factory=dict)

    def text(self, reader: object, make: Callable[["Handed"], bytes]) -> bytes:
        if reader not in self.texts:
            self.texts[reader] = make(self)
        return self.texts[reader]


class Tail:
    """Where one reader stands in the feed: the last number it saw, and those before it that are still missing."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic):
        self._database, self._clock = database, clock
        self.last = 0
        self._missing: dict[int, float] = {}  # number: until when it is waited for

    @property
    def mark(self) -> int:
        """Nothing up to this number is still to come."""
        return min(self._missing) - 1 if self._missing else self.last

    def start(self) -> None:
        """Stand at the end of the feed; what was given out shortly before and cannot be seen yet is waited for."""
        with self._database.read() as session:
            ends = read_ends(session)
            self.last = ends.last or 0
            low = max(ends.first or 0, self.last - WINDOW)
            seen = set(list_numbers(session, low - 1))
        self._missing = dict.fromkeys((n for n in range(low, self.last) if n not in seen), self._clock() + WAIT_SECONDS)

    def ask(self) -> list[Handed]:
        """What can be seen since the last time, ascending but for latecomers, which come first; BATCH and a few at most."""
        now, before = self._clock(), self.last
        with self._database.read() as session:
            late = list_missing(session, self._missing) if self._missing else []
            new = list_changes(session, self.last, limit=BATCH)
        for change in late:
            del self._missing[change.seq]
        for change in new:
            gap = range(max(self.last + 1, change.seq - WINDOW), change.seq)
            self._missing |= dict.fromkeys(gap, now + WAIT_SECONDS)
            self.last = change.seq
        self._missing = {number: until for number, until in self._missing.items() if until > now}
        mark = self.mark
        return [*(Handed(change, min(mark, before)) for change in late),
                *(Handed(change, min(mark, change.seq)) for change in new)]  # fmt: skip


class Subscription:
    """What waits for one stream. `lost`: it was too slow and must ask for everything. `check`: look at its session."""

    def __init__(self, hearing: Hearing):
        self.hearing = hearing
        self.lost = self.check = self.closed = False
        self._items: deque[Handed] = deque()
        self._ready = threading.Event()

    def give(self, handed: Handed) -> None:
        if self.hearing.concerns(handed.change):
            self.check = True
        elif self.lost or not self.hearing.hears(handed.change):
            return
        elif len(self._items) >= QUEUE_MOST:
            self.lost = True
            self._items.clear()
        else:
            self._items.append(handed)
        self._ready.set()

    def close(self) -> None:
        self.closed = True
        self._ready.set()

    def wait(self, seconds: float) -> list[Handed]:
        """What came, at the latest after `seconds`; look at the flags, too, and set them back."""
        self._ready.wait(seconds)
        self._ready.clear()
        out = []
        while self._items:
            out.append(self._items.popleft())
        return out


class Hub:
    """Streams subscribe; changes come by themselves."""

    def __init__(self, database: Database, *, redis_url: str = ""):
        self._database = database
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._tail = Tail(database)
        self._subscriptions: set[Subscription] = set()
        self._running = False
        self.closed = False
        self._bell = Bell(redis_url, self._wake.set) if redis_url else None
        database.listeners.append(self.ring)

    def ring(self) -> None:
        """Something was committed: look now, and tell the other processes to."""
        self._wake.set()
        if self._bell:
            self._bell.ring()

    def subscribe(self, hearing: Hearing) -> tuple[Subscription, int]:
        """A subscription from now on, and the mark it begins after. Give it back with `leave`."""
        mine = Subscription(hearing)
        with self._lock:
            if not self._running:
                self._tail.start()
                self._running = True
                threading.Thread(target=self._run, daemon=True, name="live").start()
            self._subscriptions.add(mine)
            if self.closed:
                mine.close()
            return mine, self._tail.mark

    def leave(self, mine: Subscription) -> None:
        with self._lock:
            self._subscriptions.discard(mine)
            if not self._subscriptions:
                self._wake.set()  # nobody listens: no need to look any more

    def replay(self, hearing: Hearing, after: int) -> list[Handed] | None:
        """What was missed since mark `after`; None: too long ago, or too much, so that all must be asked for."""
        with self._database.read() as session:
            ends = read_ends(session)
            found = list_changes(session, after, limit=REPLAY_MOST + 1)
        if ends.last is None:
            return None if after else []
        if not ends.first - 1 <= after <= ends.last or len(found) > REPLAY_MOST:
            return None
        return [Handed(change, after) for change in found if hearing.hears(change)]

    def close(self) -> None:
        """End all streams, for good."""
        self.closed = True
        with self._lock:
            for one in self._subscriptions:
                one.close()

    @property
    def listening(self) -> int:
        return len(self._subscriptions)

    def _run(self) -> None:
        if self._bell:
            self._bell.listen()
        failed = False
        while self._go_on():
            self._wake.wait(LOOK_WITH_BELL_SECONDS if self._bell and self._bell.works else LOOK_SECONDS)
            self._wake.clear()
            try:
                self._hand_on()
                failed = False
                time.sleep(_BREATH_SECONDS)
            except Exception:
                if not failed:
                    log.exception("live: the feed cannot be read, trying again")
                failed = True
                time.sleep(1.0)

    def _go_on(self) -> bool:
        with self._lock:
            self._running = bool(self._subscriptions)
            if not self._running and self._bell:
                self._bell.stop()
            return self._running

    def _hand_on(self) -> None:
        more = True
        while more:
            handed = self._tail.ask()
            with self._lock:
                for one in handed:
                    for subscription in self._subscriptions:
                        subscription.give(one)
            more = len(handed) >= BATCH
