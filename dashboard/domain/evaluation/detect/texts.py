"""Near-duplicate texts: a place that reports nearly the same words again and again, which elsewhere are rare."""

import numpy as np

from dashboard.domain.evaluation.detect.burst import WORKERS
from dashboard.domain.evaluation.detect.chance import at_least, limit, told
from dashboard.domain.evaluation.detect.likeness import alike, plain
from dashboard.domain.evaluation.detect.model import Detector, Found, Look, Watched, by, key_of


def texts(watched: Watched, detector: Detector) -> Look:
    """Of the workers' cases of the period with at least `letters` letters of text: groups alike by `likeness_percent`
    within one place. Forms are filled in with the same words everywhere, so a group counts against what is usual:
    expected is the place's number of cases times the group's share in all other places; p = P(Poisson ≥ observed). A
    case known as a repeat of another is none of them."""
    cases = watched.cases
    mine, words = _worded(watched, detector.params["letters"])
    here = np.flatnonzero(mine)
    group = alike(list(words[here]), detector.params["likeness_percent"] / 100)
    place = cases.place[here]
    pairs: dict[tuple[str, int], list[int]] = {}
    for n, pair in enumerate(zip(place, group, strict=True)):
        pairs.setdefault(pair, []).append(n)
    threshold = limit(detector, len(pairs))
    sizes = np.bincount(group)
    homes = {name: len(members) for name, members in by(cases.place, mine).items()}
    found = []
    for (where, number), members in pairs.items():
        observed, inside = len(members), homes[where]
        expected = inside * (sizes[number] - observed + 0.5) / (len(here) - inside + 1)
        p = at_least(observed, expected)
        if observed >= detector.least and p <= threshold:
            keys = tuple(sorted(cases.key[here[members]]))
            figures = told(observed, expected, p, threshold, place=where, of=inside)
            found.append(
                Found(cases.region[here[members[0]]], key_of(where, keys[0].rpartition(":")[2]), keys, figures)
            )
    return Look(tuple(found), len(pairs), detector.false_alarms)


def _worded(watched: Watched, letters: float) -> tuple[np.ndarray, np.ndarray]:
    """Of each case: is it one of those compared (bool), and its plain text, "" of those that are not workers' or of the period."""
    cases = watched.cases
    mine = np.isin(cases.source, WORKERS) & (cases.reported >= watched.start) & (cases.reported < watched.end)
    mine &= cases.origin == cases.key
    words = np.array(
        [plain(text) if wanted else "" for text, wanted in zip(cases.text, mine, strict=True)], dtype=object
    )
    return mine & np.array([len(word) >= letters for word in words], dtype=bool), words
