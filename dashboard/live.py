"""The live hub: tails the change feed and hands each change to whoever may hear of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the feed. `path`: codes of the place from the root down; empty: of no place."""

    seq: int
    at: datetime
    topic: str
    action: str
    ref: str | None
    path: tuple[str, ...]
    unit: str | None
    unit_before: str | None
    user_id: UUID | None
    detail: Mapping[str, object]
