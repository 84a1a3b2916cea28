"""Bursts of entry: a place whose workers report far more within a short time than at its own rate."""

import numpy as np

from dashboard.domain.evaluation.detect.chance import at_least, limit, told
from dashboard.domain.evaluation.detect.model import Detector, Found, Look, Watched, by, key_of, stamp

WORKERS = ("grid",)  # sources of cases that grid workers enter
_DAY = 1440


def burst(watched: Watched, detector: Detector) -> Look:
    """A window opens at each case of the period. Given that one, a Poisson process brings the others of the window with
    the same rate as ever (Slivnyak; scan statistics, Naus 1965), so p = P(Poisson(rate · window) ≥ count − 1). The rate
    is the place's own outside the window, over the hours of the day in which people work; one case is added to it, so
    that a new place is not judged by an empty past."""
    cases = watched.cases
    mine = np.isin(cases.source, WORKERS) & (cases.reported >= watched.since) & (cases.reported < watched.end)
    asked = int((mine & (cases.reported >= watched.start)).sum())
    found = [one for place, here in by(cases.place, mine).items() if len(here) >= detector.least
             for one in _in_place(watched, detector, place, here, limit(detector, asked))]  # fmt: skip
    return Look(tuple(found), asked, detector.false_alarms)


def _in_place(watched: Watched, detector: Detector, place: str, here: np.ndarray, threshold: float) -> list[Found]:
    """The fullest window first; windows that overlap one already found are the same burst."""
    width, cases = detector.params["window_minutes"], watched.cases
    minutes = (watched.end - watched.since) / _DAY * detector.params["active_hours"] * 60 - width
    here = here[np.lexsort((cases.key[here].astype(str), cases.reported[here]))]
    times = cases.reported[here]
    counts = np.searchsorted(times, times + width, side="left") - np.arange(len(times))
    taken, found = np.zeros(len(times), bool), []
    opened = np.flatnonzero((counts >= detector.least) & (times >= watched.start))
    for first in sorted(opened, key=lambda n: -counts[n]):
        count = int(counts[first])
        inside = slice(first, first + count)
        expected = (len(times) - count + 1) / minutes * width
        p = at_least(count - 1, expected)
        if p > threshold or taken[inside].any():
            continue
        taken[inside] = True
        figures = told(count, expected, p, threshold, place=place, since=stamp(times[first]), minutes=width)
        names = tuple(sorted(cases.key[here[inside]]))
        found.append(Found(cases.region[here[first]], key_of(place, stamp(times[first])), names, figures))
    return found
