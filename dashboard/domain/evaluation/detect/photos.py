"""One picture in several cases: the same file, byte for byte, by its SHA-256.

A picture that was cut, turned or taken again of the same thing is not found.
"""

import numpy as np

from dashboard.domain.evaluation.detect.model import Detector, Found, Look, Watched


def photos(watched: Watched, detector: Detector) -> Look:
    """Pictures that `least` or more cases show, of which one was reported in the period. Repeats of one another, and
    cases merged into one, are one case. No matter of chance: cameras do not take the same bytes twice."""
    cases, pictures = watched.cases, watched.pictures
    place = {key: n for n, key in enumerate(cases.key)}
    shown: dict[str, dict[str, int]] = {}
    for case, digest in zip(pictures.case, pictures.digest, strict=True):
        if case in place:
            shown.setdefault(digest, {})[case] = place[case]
    found = []
    for digest, keys in sorted(shown.items()):
        here = np.array(sorted(keys.values()))
        recent = here[(cases.reported[here] >= watched.start) & (cases.reported[here] < watched.end)]
        if len(set(cases.origin[here])) < detector.least or not len(recent):
            continue
        count = len(set(cases.origin[here]))
        figures = {"observed": count, "expected": 1, "threshold": detector.least, "picture": digest}
        found.append(Found(cases.region[recent[0]], digest, tuple(sorted(keys)), figures))
    return Look(tuple(found), len(shown), 0.0)
