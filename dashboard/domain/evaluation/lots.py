"""A random audit's draw, which anybody can repeat: the cases in the order of SHA-256("<seed>:<county code>:<id>"), the id
as 32 hex digits; of each stratum the first so many.

A hash orders the cases as evenly as a lottery does, and differently for each seed; who fixes the seed before the cases
are known cannot choose among them. Also the rate of true records with its interval.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from uuid import UUID

from dashboard.domain.evaluation.sampling import wilson

Key = tuple[str, UUID]
VERDICTS = ("true", "false", "unclear")
FINISHED = frozenset((
    "due_closed", "due_on_time", "handled", "handled_reworked", "closed", "handle_done", "handle_on_time", "verify_done",
    "verify_on_time", "rated", "satisfied", "reported_handled", "reported_verified", "reported_closed",
))  # fmt: skip
"""Counters of dashboard.domain.measures that count no case before it was handled."""


def lot(seed: str, key: Key) -> str:
    """The case's place in the draw, as hex digits in ascending order."""
    return sha256(f"{seed}:{key[0]}:{key[1].hex}".encode()).hexdigest()


def draw(seed: str, strata: Mapping[str, Iterable[Key]], size: int) -> dict[str, list[Key]]:
    """{stratum: its first `size` cases in the order of their lots, fewer where it has fewer}; equal cases count once."""
    return {name: sorted(set(keys), key=lambda key: lot(seed, key))[:size] for name, keys in strata.items()}


def hit_rate(true: int, false: int) -> tuple[float, float, float] | None:
    """(rate, low, high) of true records among those judged true or false, 95 % Wilson interval (Wilson 1927); None
    without any."""
    if not true + false:
        return None
    low, high = wilson(true, true + false)
    return true / (true + false), float(low), float(high)
