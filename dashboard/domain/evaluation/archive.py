"""What an edition leaves behind: the names of its archive's entries, their digests, and the chain of its steps.

The last step names the digest of every entry and every column of the edition, and each step's hash covers the step before:
so a byte that was changed anywhere is found, and named.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dashboard.domain.evaluation.canonical import digest, encode
from dashboard.domain.history import SEPARATOR, chained, instant, word

SCHEME, INPUTS, FACTS, RESULT = "scheme.toml", "inputs.json", "facts.json", "result.json"
CORRECTIONS, DIFFERENCE = "corrections.json", "difference.json"
COHORT = "cohort/"  # and the county's code
STEP_COLUMNS = ("edition_id", "seq", "action", "state", "at", "user_id", "actor", "role", "note", "detail")
"""All that the hash of a step covers."""


def frozen(name: str) -> bool:
    """Is the entry one of those that never change once the edition is locked?"""
    return name in (SCHEME, INPUTS, FACTS) or name.startswith(COHORT)


def manifest(bodies: Mapping[str, bytes]) -> dict[str, str]:
    """{name: SHA-256 in hex} of the entries of an archive."""
    return {name: digest(body) for name, body in sorted(bodies.items())}


def seal(digests: Mapping[str, str]) -> str:
    """One digest over a manifest."""
    return digest(encode(digests))


def seal_inputs(digests: Mapping[str, str]) -> str:
    """One digest over what was frozen."""
    return seal({name: value for name, value in digests.items() if frozen(name)})


def step_hash(
    previous: bytes, edition_id: UUID, seq: int, action: str, state: str, at: datetime, user_id: UUID | None,
    actor: str, role: str, note: str | None, detail: str | None,
) -> bytes:  # fmt: skip
    """32 bytes; the text is canonical as in dashboard.domain.history. `previous`: history.START for the first step."""
    head = (edition_id.hex, str(seq), word(action), word(state), instant(at), word(user_id.hex if user_id else None))
    return chained(previous, SEPARATOR.join((*head, *map(word, (actor, role, note, detail)))))
