"""The chain of a case's history: each step's hash covers the step and the hash before it, so no step can be changed,
left out or put in unnoticed.

Answers for the canonical text of a step. Fields are joined by U+001F in the order of FIELDS; in words, "\\" and U+001F
are written "\\\\" and "\\u", and a missing field is "\\N", so that no two steps share a text. A step with details
has them as one more field at the end, as canonical JSON. Times are whole
microseconds since 1970, UTC; the case is the 32 hex digits of its UUID. The hash is SHA-256 over the hash before
(nothing for the first step) followed by the text in UTF-8.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

START = b""
"""Stands for the hash before the first step."""
FIELDS = (
    "county_code", "case_id", "seq", "action", "state", "at", "device_at",
    "actor", "role", "unit", "reason", "note", "clock_effect",
)  # fmt: skip
COLUMNS = (*FIELDS, "detail")
"""All that the hash of a step covers."""
SEPARATOR = "\x1f"
_MISSING = r"\N"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def step_hash(
    previous: bytes,
    county_code: str,
    case_id: UUID,
    seq: int,
    action: str,
    state: str,
    at: datetime,
    device_at: datetime | None,
    actor: str,
    role: str,
    unit: str | None,
    reason: str | None,
    note: str | None,
    clock_effect: str | None,
    detail: str | None = None,
) -> bytes:
    """32 bytes. `previous` is START for the first step. Raises ValueError for a time without a zone."""
    head = (word(county_code), case_id.hex, str(seq), word(action), word(state), instant(at), instant(device_at))
    tail = [word(text) for text in (actor, role, unit, reason, note, clock_effect)]
    tail += [word(detail)] if detail is not None else []
    return chained(previous, SEPARATOR.join((*head, *tail)))


def chained(previous: bytes, text: str) -> bytes:
    """The hash of a step given its canonical text: fields made by `word` and `instant`, in the order of FIELDS."""
    return sha256(previous + text.encode()).digest()


def chain(texts: Iterable[str], first: Iterable[bool]) -> list[bytes]:
    """Hashes of many histories in a row; `first` is true where a new one starts. As `chained`, without the calls."""
    hashes, previous = [], START
    for text, starts in zip(texts, first, strict=True):
        previous = sha256((START if starts else previous) + text.encode()).digest()
        hashes.append(previous)
    return hashes


def canonical(detail: Mapping[str, object]) -> str | None:
    """Details of a step as JSON: sorted keys, no spaces, without what is None; None where nothing is left.

    Raises TypeError for what JSON does not know: give text for ids and times.
    """
    kept = {key: value for key, value in detail.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if kept else None


def detail_of(step: Mapping) -> dict:
    """The details of a step as they were given to `canonical`."""
    return json.loads(step["detail"]) if step["detail"] else {}


def word(text: str | None) -> str:
    """A word as it stands in the canonical text."""
    if text is None:
        return _MISSING
    if "\\" in text or SEPARATOR in text:
        return text.replace("\\", "\\\\").replace(SEPARATOR, r"\u")
    return text


def instant(at: datetime | None) -> str:
    """An aware time as it stands in the canonical text."""
    if at is None:
        return _MISSING
    if at.tzinfo is None:
        raise ValueError(f"a time without a zone: {at!r}; give an aware datetime")
    return str((at - _EPOCH) // _MICROSECOND)
