"""Silence where residents report: a grid whose workers enter nothing, or far less than others, while residents do."""

import numpy as np

from dashboard.domain.evaluation.detect.burst import WORKERS
from dashboard.domain.evaluation.detect.chance import limit, rate_below, told
from dashboard.domain.evaluation.detect.model import Detector, Found, Look, Watched, by

RESIDENTS = ("public", "hotline")


def silence(watched: Watched, detector: Detector) -> Look:
    """Per grid with `least` or more residents' reports in the period: given how many reports there are, the workers'
    are Bin(sum, share), the share being that of all other grids; p = P(X ≤ observed). Patrols that found nothing are
    no reports, and change nothing here: an empty result is a legal answer, but not where residents find something."""
    cases = watched.cases
    here = (cases.reported >= watched.start) & (cases.reported < watched.end)
    worker = by(cases.place, here & np.isin(cases.source, WORKERS))
    resident = by(cases.place, here & np.isin(cases.source, RESIDENTS))
    own_all, theirs_all = sum(map(len, worker.values())), sum(map(len, resident.values()))
    asked = {place: mine for place, mine in resident.items() if len(mine) >= detector.least}
    threshold, found = limit(detector, len(asked)), []
    for place, mine in asked.items():
        observed, other = len(worker.get(place, ())), len(mine)
        share = (own_all - observed + 0.5) / (own_all - observed + theirs_all - other + 1)
        p = rate_below(observed, other, share)
        if p <= threshold:
            figures = told(observed, (observed + other) * share, p, threshold, place=place, residents=other)
            found.append(Found(cases.region[mine[0]], place, tuple(sorted(cases.key[mine])), figures))
    return Look(tuple(found), len(asked), detector.false_alarms)
