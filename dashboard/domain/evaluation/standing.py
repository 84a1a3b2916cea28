"""From scores to places: rounding, competition ranks, bands, ties, who is not ranked, and who cannot be told apart.

Ranks are those of the published scores. DOMAIN.md §0.8, fourth mistake: a tie is a tie, whatever the order of the list.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from dashboard.domain.evaluation.model import Inputs, Scheme, Scores, Standing, Veto
from dashboard.domain.process_score import overlap

Bounds = tuple[np.ndarray, np.ndarray]
_EXACT = 9  # decimals a score is exact to; what follows is the machine's
_SLACK = 1e-9


def round_half_up(values: np.ndarray, digits: int) -> np.ndarray:
    """(…) rounded to `digits` decimals, a half always up, after a first rounding to nine decimals that removes what
    binary fractions add: 93.85 is 93.9 though the machine holds 93.8499…. NaN stays NaN. GB/T 8170-2008 rounds half to
    even; published scores are rounded as the ranked do it by hand.
    """
    scale = 10**digits
    return np.floor(np.round(np.asarray(values, dtype=float) * scale, _EXACT - digits) + 0.5) / scale


def competition_ranks(values: Sequence[float | None]) -> list[int | None]:
    """Ranks 1, 2, 2, 4 for values already rounded to the published precision, the highest first; None stays None."""
    known = sorted((value for value in values if value is not None), reverse=True)
    first: dict[float, int] = {}
    for place, value in enumerate(known, start=1):
        first.setdefault(value, place)
    return [None if value is None else first[value] for value in values]


def standings(
    scheme: Scheme, inputs: Inputs, scores: Scores, points: Mapping[str, float], interval: Bounds, places: Bounds
) -> tuple[Standing, ...]:
    """One for each region, in the order of `inputs.regions`.

    `points`: {region: points deducted}; `interval`: (low, high) of the score before deductions; `places`: (first, last)
    of the rank band, NaN where there is no rank. A score stays within 0–100. A region under a veto keeps score and band
    and has no rank; one with data for less than `scheme.least` of the weight keeps its score, unpublished.
    """
    taken = np.array([points.get(region, 0.0) for region in inputs.regions])
    score = np.clip(scores.nodes[:, 0] - taken, 0, 100)
    enough = scores.coverage >= scheme.least - _SLACK
    published = _plain(np.where(enough, round_half_up(score, scheme.digits), np.nan))
    vetoed = vetoed_on(inputs.vetoes, inputs.day)
    fit = [None if region in vetoed else value for region, value in zip(inputs.regions, published, strict=True)]
    ranks = competition_ranks(fit)
    low, high = (_plain(np.clip(bound - taken, 0, 100)) for bound in interval)
    columns = {
        "score": _plain(score),
        "published": published,
        "rank": ranks,
        "tied": [rank is not None and ranks.count(rank) > 1 for rank in ranks],
        "band": [scheme.band(value) for value in published],
        "low": low,
        "high": high,
        "first": _whole(places[0]),
        "last": _whole(places[1]),
        "close": _close(ranks, list(zip(low, high, strict=True))),
        "deducted": taken.tolist(),
        "vetoed": [region in vetoed for region in inputs.regions],
        "coverage": scores.coverage.tolist(),
        "peers": inputs.peers,
        "peer_rank": _peer_ranks(fit, inputs.peers),
    }
    return tuple(
        Standing(region, **{name: column[at] for name, column in columns.items()})
        for at, region in enumerate(inputs.regions)
    )


def vetoed_on(vetoes: Sequence[Veto], day: date) -> frozenset[str]:
    """Regions under a veto on that day; its first and last day count."""
    return frozenset(one.region for one in vetoes if one.decided <= day and (one.until is None or day <= one.until))


def _peer_ranks(fit: Sequence[float | None], peers: Sequence[str]) -> list[int | None]:
    """Of each among its own group."""
    within = {
        group: competition_ranks([value if own == group else None for value, own in zip(fit, peers, strict=True)])
        for group in set(peers)
    }
    return [within[group][at] for at, group in enumerate(peers)]


def _close(ranks: Sequence[int | None], intervals: Sequence[tuple[float | None, float | None]]) -> list[bool]:
    """Whether a region's interval meets that of a region ranked just before it; of several in one place, any."""
    known = [None if None in interval else interval for interval in intervals]
    order = sorted({rank for rank in ranks if rank is not None})
    before = dict(zip(order[1:], order, strict=False))
    return [
        rank in before
        and any(overlap(known[at], known[other]) for other, place in enumerate(ranks) if place == before[rank])
        for at, rank in enumerate(ranks)
    ]


def _plain(values: np.ndarray) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _whole(values: np.ndarray) -> list[int | None]:
    return [None if np.isnan(value) else int(value) for value in values]
