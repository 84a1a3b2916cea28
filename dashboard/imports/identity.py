"""Who a record is, and whether it has changed: ids made from the source's key, and a hash of the content."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from dashboard.imports.mapping import SourceMapping

SEPARATOR = "\x1f"
_RANDOM_BITS = (1 << 74) - 1
_LOW_BITS = (1 << 62) - 1


def case_ids(dataset: str, keys: Sequence[str], reported: np.ndarray) -> list[str]:
    """(n,) 32 hex digits in the shape of UUIDv7 (RFC 9562): milliseconds of `reported`, then bits made from the key.

    The same record always gets the same id, so a second import of it cannot become a second case.
    `reported`: datetime64[us], not before 1970.
    """
    stamps = (reported.astype("datetime64[ms]").astype(np.int64) & ((1 << 48) - 1)).tolist()
    salt = f"{dataset}{SEPARATOR}"
    return [_uuid7(stamp, salt + key) for stamp, key in zip(stamps, keys, strict=True)]


def _uuid7(milliseconds: int, name: str) -> str:
    bits = int.from_bytes(blake2b(name.encode(), digest_size=10).digest(), "big") & _RANDOM_BITS
    high = milliseconds << 16 | 0x7000 | bits >> 62
    return f"{high << 64 | 0x8 << 60 | bits & _LOW_BITS:032x}"


def content_texts(columns: Sequence[Sequence[str]]) -> list[str]:
    """(n,) all that a row says, in one text."""
    return list(map(SEPARATOR.join, zip(*columns, strict=True)))


def content_hashes(mapping: SourceMapping, texts: Sequence[str]) -> list[str]:
    """(n,) hex digests of rows' content, and of what in the mapping shapes a case beside its values."""
    salt = repr((mapping.record, mapping.times, mapping.position, mapping.clock)).encode()
    start = blake2b(salt, digest_size=16)
    return [_digest(start, text) for text in texts]


def _digest(start, text: str) -> str:
    hasher = start.copy()
    hasher.update(text.encode())
    return hasher.hexdigest()
