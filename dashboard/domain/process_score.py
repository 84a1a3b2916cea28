"""The provisional process score behind the wall's bands, with its sampling interval, runs and steps of a quantity.

A weighted mean of rates (weights: catalogue). A rate without data is left out and the other weights grow in
proportion; fewer cases due than the minimum: no score. The interval is the 95 % interval of the weighted mean, with
each rate's variance after Agresti & Coull (1998), so that 0 of 3 is not taken for certainty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from dashboard.domain.measures import MEASURES

_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Score:
    """0–100; `value` unrounded, `low`/`high` its 95 % interval."""

    value: float
    low: float
    high: float


def score(sums: Mapping[str, int], weights: Mapping[str, float], minimum: int) -> Score | None:
    """None where fewer than `minimum` cases were due."""
    if MEASURES["closed_loop"].base(sums) < minimum:
        return None
    parts = [(weight, *_good(key, sums)) for key, weight in weights.items() if MEASURES[key].base(sums)]
    total = sum(weight for weight, *_ in parts)
    value = sum(weight * good / base for weight, good, base in parts) / total
    spread = sqrt(sum((weight / total) ** 2 * _variance(good, base) for weight, good, base in parts))
    return Score(100 * value, max(0.0, 100 * (value - _Z * spread)), min(100.0, 100 * (value + _Z * spread)))


def _good(key: str, sums: Mapping[str, int]) -> tuple[int, int]:
    measure = MEASURES[key]
    top, base = sum(sums[name] for name in measure.numerator), measure.base(sums)
    return (base - top if measure.better == "low" else top), base


def _variance(good: int, base: int) -> float:
    n = base + _Z**2
    p = (good + _Z**2 / 2) / n
    return p * (1 - p) / n


def same_runs(intervals: Sequence[tuple[float, float] | None]) -> list[tuple[int, int]]:
    """(first, last) of runs of neighbours, in ranking order, whose intervals all overlap the first one's."""
    runs, start = [], 0
    for index in range(1, len(intervals) + 1):
        if index < len(intervals) and overlap(intervals[start], intervals[index]):
            continue
        if index - start > 1:
            runs.append((start, index - 1))
        start = index
    return runs


def overlap(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    """Whether two intervals meet; what is not known meets nothing."""
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def step_limits(values: Sequence[float | None], steps: int = 5) -> list[float]:
    """Upper limits of at most `steps` classes with about equally many values in each; [] without values.

    Equal values share a class, so there may be fewer classes than steps.
    """
    known = sorted(value for value in values if value is not None)
    if not known:
        return []
    limits = [known[min(len(known) - 1, max(0, round(len(known) * n / steps) - 1))] for n in range(1, steps + 1)]
    return sorted(set(limits))


def step_of(value: float | None, limits: Sequence[float]) -> int | None:
    """Index of the class a value falls in, from 0; None stays None."""
    return None if value is None else next((n for n, limit in enumerate(limits) if value <= limit), len(limits) - 1)
