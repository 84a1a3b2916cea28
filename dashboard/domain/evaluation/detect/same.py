"""Report and close by one person: the pattern and its cases, never who.

On the spot a worker may well report and handle the same thing, so only a region that does it far more than others is
found. To verify what one has handled is against the rule in every case, and each region with such a case is found.
"""

import numpy as np

from dashboard.domain.evaluation.detect.chance import at_least, expected_by_kind, limit, told
from dashboard.domain.evaluation.detect.model import Detector, Found, Look, Watched, by, key_of


def same_person(watched: Watched, detector: Detector) -> Look:
    """Of cases handled in the period whose reporter and handler are both known: p = P(Poisson(expected) ≥ observed),
    expected by kind from all other regions."""
    cases = watched.cases
    done = (cases.handled >= watched.start) & (cases.handled < watched.end)
    both = done & (cases.reporter != "") & (cases.handler != "")
    same = cases.reporter == cases.handler
    expected = expected_by_kind(same[both], cases.kind[both], cases.region[both])
    threshold, found = limit(detector, len(expected)), []
    for region, here in by(cases.region, both).items():
        hit = here[same[here]]
        p = at_least(len(hit), expected[region])
        if len(hit) >= detector.least and p <= threshold:
            figures = told(len(hit), expected[region], p, threshold, pattern="reported_and_handled", of=len(here))
            found.append(Found(region, key_of(region, "reported"), tuple(sorted(cases.key[hit])), figures))
    return Look((*found, *_checked(watched, done)), len(expected), detector.false_alarms)


def _checked(watched: Watched, done: np.ndarray) -> list[Found]:
    cases = watched.cases
    return [Found(region, key_of(region, "verified"), tuple(sorted(cases.key[here])),
                  {"observed": len(here), "expected": 0, "threshold": 1, "pattern": "handled_and_verified"})
            for region, here in by(cases.region, done & cases.checked).items()]  # fmt: skip
