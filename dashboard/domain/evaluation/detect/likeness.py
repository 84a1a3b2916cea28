"""Which texts say nearly the same: sets of three-letter shingles, compared by Jaccard's index.

Every pair would be too many, so only texts that share a band of their min-hash signature are compared (Broder 1997;
bands: Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, ch. 3). With 16 bands of 4 hashes, texts alike by 0.8
are missed with a probability of (1 − 0.8⁴)¹⁶ = 0.02 %. Hashes are CRC-32 and fixed multipliers, so the same texts always
give the same groups.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np

SHINGLE, BANDS, ROWS = 3, 16, 4
_PRIME = (1 << 31) - 1
_FACTORS = np.random.default_rng(20260101).integers(1, _PRIME, (2, BANDS * ROWS), dtype=np.int64)
_MOST = 200  # texts of one band that are compared with each other; further ones are compared with the first


def plain(text: str) -> str:
    """What a text says without its numbers, signs, spaces and widths: copies differ by "3 处" and "4 处"."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] == "L")


def alike(texts: Sequence[str], least: float) -> np.ndarray:
    """(N,) number of the group that each text belongs to: texts alike by `least` or more are in one, through others too.

    Groups are numbered by their first text.
    """
    distinct = list(dict.fromkeys(texts))
    sets = [frozenset(crc32(part.encode()) % _PRIME for part in _shingles(text)) for text in distinct]
    parent = list(range(len(distinct)))
    for one, other in _candidates(sets):
        a, b = _top(parent, one), _top(parent, other)
        if a != b and _jaccard(sets[one], sets[other]) >= least:
            parent[max(a, b)] = min(a, b)
    number = {text: _top(parent, n) for n, text in enumerate(distinct)}
    return np.array([number[text] for text in texts], dtype=np.int64)


def _shingles(text: str) -> Iterator[str]:
    return (text[n : n + SHINGLE] for n in range(max(len(text) - SHINGLE + 1, 1)))


def _candidates(sets: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    buckets: dict[tuple, list[int]] = {}
    for n, shingles in enumerate(sets):
        signs = _signature(shingles)
        for band in range(BANDS):
            buckets.setdefault((band, signs[band].tobytes()), []).append(n)
    for members in buckets.values():
        for place, other in enumerate(members):
            yield from ((one, other) for one in members[: min(place, _MOST if place < _MOST else 1)])


def _signature(shingles: frozenset[int]) -> np.ndarray:
    """(BANDS, ROWS) smallest values of the hashes (a · x + b) mod p."""
    values = np.fromiter(shingles, np.int64, len(shingles))
    return ((values[:, None] * _FACTORS[0] + _FACTORS[1]) % _PRIME).min(0).reshape(BANDS, ROWS)


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other)


def _top(parent: list[int], n: int) -> int:
    while parent[n] != n:
        parent[n] = parent[parent[n]]
        n = parent[n]
    return n
