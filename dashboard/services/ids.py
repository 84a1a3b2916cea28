"""New keys: UUIDv7, so that they ascend with time."""

import os
from datetime import datetime
from uuid import UUID


def new_id(at: datetime) -> UUID:
    """UUIDv7 (RFC 9562): 48 bits of milliseconds, 74 random bits."""
    value = int(at.timestamp() * 1000) << 80 | int.from_bytes(os.urandom(10))
    return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62)
