"""Gaming detectors: what in an edition's cases looks as if it had been made for the score, for a person to judge.

`run(detectors, watched)` is the whole of it. A finding names a region, cases and figures, never a person, and moves no
score by itself. Each detector is a pure function over arrays; DETECTORS is the table of them.

Many questions are asked at once, so chance alone would answer some. Each detector is allowed `false_alarms` of them per
edition: with m questions asked, a finding needs a probability of at most false_alarms / m (Bonferroni's bound on the
expected number of false alarms; it holds whether or not the questions depend on each other).
"""

from collections.abc import Mapping

from dashboard.domain.evaluation.detect.burst import burst
from dashboard.domain.evaluation.detect.instant import instant
from dashboard.domain.evaluation.detect.model import Detector, Look, Watched
from dashboard.domain.evaluation.detect.photos import photos
from dashboard.domain.evaluation.detect.reclassed import reclassed
from dashboard.domain.evaluation.detect.same import same_person
from dashboard.domain.evaluation.detect.silence import silence
from dashboard.domain.evaluation.detect.texts import texts

DETECTORS = {"burst": burst, "instant": instant, "same_person": same_person, "texts": texts, "photos": photos,
             "reclassed": reclassed, "silence": silence}  # fmt: skip


def run(detectors: Mapping[str, Detector], watched: Watched) -> dict[str, Look]:
    """{key of the detector: what it found}, in the order of `detectors`."""
    return {key: DETECTORS[key](watched, detector) for key, detector in detectors.items()}
