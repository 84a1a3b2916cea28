"""The chain of the audit log: each sealed row's hash covers the row, its position and the hash before it.

Canonical text as in dashboard.domain.history, fields in the order of FIELDS, details as canonical JSON.
"""

from collections.abc import Mapping
from hashlib import sha256

from dashboard.domain.history import SEPARATOR, canonical, instant, word

START = b""
FIELDS = ("position", "id", "at", "user_id", "actor", "action", "subject", "region_code", "reason", "detail", "remote")


def audit_hash(previous: bytes, position: int, row: Mapping) -> bytes:
    """32 bytes. `previous`: the hash at position - 1, START for the first. `row`: the columns of data.models.AuditRow."""
    user = row["user_id"].hex if row["user_id"] is not None else None
    words = (user, *(row[name] for name in FIELDS[4:9]), canonical(row["detail"] or {}), row["remote"])
    text = SEPARATOR.join((str(position), str(row["id"]), instant(row["at"]), *map(word, words)))
    return sha256(previous + text.encode("utf-8", "surrogatepass")).digest()
