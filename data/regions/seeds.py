"""Random numbers that belong to a code: the same on every machine, whatever else is in the pack.

Answers for hashing and for one number per seed. Leaves what is drawn to its callers.
"""

import hashlib
from collections.abc import Iterable

import numpy as np


def stable_hash(texts: Iterable[str]) -> np.ndarray:
    """(n,) uint64, the same on every machine and in every process, unlike hash()."""
    digests = (hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest() for text in texts)
    return np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64)


def uniform(seeds: np.ndarray, purpose: int) -> np.ndarray:
    """(n,) numbers in [0, 1), one a seed, independent for each purpose (1, 2, …).

    A SplitMix64 step (Steele, Lea, Flood 2014): a Generator for each of 60,000 regions would cost
    a second, and one for all would change every number when one village is added.
    """
    step = (purpose * 0x9E3779B97F4A7C15) % 2**64
    mixed = seeds + np.uint64(step)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)) * 2.0**-53
