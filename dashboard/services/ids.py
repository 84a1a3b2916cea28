"""New keys: UUIDv7, so that they ascend with time; and keys that came with a record sent twice."""

import os
from datetime import datetime
from uuid import UUID

from dashboard.domain.errors import UserError
from dashboard.domain.people import Person


def new_id(at: datetime) -> UUID:
    """UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 random bits."""
    value = int(at.timestamp() * 1000) << 80 | int.from_bytes(os.urandom(10))
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62)


def check_own(person: Person, key: UUID, author: UUID | None) -> None:
    """What stands under `key` already was written by `author`: sent again by the same person it is the same record.
    Raises UserError for somebody else."""
    if author != person.id:
        raise UserError("id", "this id is taken", got=str(key), hint="make a new UUIDv7")
