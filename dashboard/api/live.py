"""GET /live: changes as server-sent events, to those who may hear of them.

First `hello` {version, as_of}; then `change`, at least once each; `reload` where too much was missed; `beat` {as_of}, with a
comment, every 15 s; `end` when the session ended or what it is granted changed. `id` is where to go on. A stream asks the
database when it begins and at each beat, and holds no connection in between.
"""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC

from flask import Blueprint, Response, current_app, request

from dashboard import gate
from dashboard.deps import Deps
from dashboard.domain.changes import Hearing, hearing, told, told_guest
from dashboard.domain.errors import UserError
from dashboard.live import Handed, Subscription
from dashboard.services.hearing import standing, still_holds

BEAT_SECONDS = 15.0
_RETRY_MS = 2000  # of a browser left to itself
_MOST = 64
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
blueprint = Blueprint("live_api", __name__)
gate.grant("live_api.get_live", "live.hear")


@blueprint.get("/live")
def get_live():
    """The stream; answers with an error before it begins, never in the middle."""
    deps = current_app.extensions["deps"]
    region, wall = (request.args.get(name, "")[:_MOST] for name in ("region", "wall"))
    wanted = hearing(gate.person(), region, request.args.get("topics", ""), wall)
    after = _number(request.headers.get("Last-Event-ID") or request.args.get("after", ""))
    return Response(stream(deps, wanted, after), mimetype="text/event-stream", headers=HEADERS)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise UserError("after", "not a place in the stream", got=text, allowed="the id of an event")
    return int(text)


def stream(deps: Deps, wanted: Hearing, after: int | None) -> Iterator[bytes]:
    """The events, until the client leaves, the session ends or the server stops."""
    mine, mark = deps.live.subscribe(wanted)
    try:
        yield b"retry: %d\n\n" % _RETRY_MS
        yield event("hello", standing(deps), mark if after is None else None)
        yield from _missed(deps, wanted, after, mark)
        yield from _listen(deps, mine)
    finally:
        deps.live.leave(mine)


def _missed(deps: Deps, wanted: Hearing, after: int | None, mark: int) -> Iterator[bytes]:
    """What was missed since `after`, from where it goes on at `mark`."""
    if after is None:
        return
    found = deps.live.replay(wanted, after)
    if found is None:
        yield event("reload", {}, mark)
        return
    yield from _told(deps, wanted, found)
    yield b"id: %d\n\n" % mark


def _listen(deps: Deps, mine: Subscription) -> Iterator[bytes]:
    beat = time.monotonic() + BEAT_SECONDS
    while not mine.closed:
        handed = mine.wait(max(0.0, beat - time.monotonic()))
        if mine.lost:
            mine.lost = False
            yield event("reload", {})
        yield from _told(deps, mine.hearing, handed)
        due = time.monotonic() >= beat
        if due or mine.check:
            mine.check = False
            if not still_holds(deps, mine.hearing.person):
                yield event("end", {})
                return
        if due:
            beat = time.monotonic() + BEAT_SECONDS
            yield b": beat\n" + event("beat", {"as_of": _now(deps)})


def _told(deps: Deps, wanted: Hearing, found: list[Handed]) -> Iterator[bytes]:
    reader, make = _reader(deps, wanted)
    if found:
        yield b"".join(one.text(reader, make) for one in found)


def _reader(deps: Deps, wanted: Hearing) -> tuple[str, Callable[[Handed], bytes]]:
    guest = wanted.person.id is None

    def make(one: Handed) -> bytes:
        words = told_guest(one.change, deps.catalog.sensitive) if guest else told(one.change)
        return event("change", {**words, "as_of": _now(deps)}, one.mark)

    return ("guest" if guest else "member"), make


def _now(deps: Deps) -> str:
    return deps.clock().astimezone(UTC).isoformat(timespec="seconds")


def event(name: str, data: dict, mark: int | None = None) -> bytes:
    """One event as it goes over the wire."""
    head = f"id: {mark}\n" if mark is not None else ""
    return f"{head}event: {name}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
