"""Months of cases, steps and pictures for tests of the gaming detectors: each row states only what matters."""

from dataclasses import replace

import numpy as np

from dashboard.detectors import load_detectors
from dashboard.domain.evaluation.detect import DETECTORS
from dashboard.domain.evaluation.detect.model import Cases, Detector, Pictures, Steps, Watched

DAY = 1440.0
SINCE, START, END = 0.0, 90 * DAY, 120 * DAY  # a month with 90 days before it
RULES = load_detectors().rows
NAMES = (
    "key", "region", "place", "unit", "kind", "source", "text", "reported", "handled", "used", "limit", "reporter",
    "handler", "checked", "origin",
)  # fmt: skip


def case(**given: object) -> dict:
    row = {"region": "K1", "place": "G1", "unit": "U1", "kind": "fire", "source": "grid", "text": "", "reported": START,
           "handled": np.nan, "used": np.nan, "limit": np.nan, "reporter": "", "handler": "", "checked": False}  # fmt: skip
    return {**row, **given}


def month(cases: list[dict], steps: list[tuple] = (), pictures: list[tuple] = ()) -> Watched:
    """`steps`: (case, region, group, at); `pictures`: (case, digest). Cases without a key are numbered."""
    rows = [{"key": f"K1:{n:04}", **one} for n, one in enumerate(cases)]
    rows = [{"origin": row["key"], **row} for row in rows]
    numbers = ("reported", "handled", "used", "limit", "checked")
    columns = {name: np.array([row[name] for row in rows], dtype=(None if rows else float) if name in numbers else object)
               for name in NAMES}  # fmt: skip
    columns["checked"] = columns["checked"].astype(bool)
    return Watched(
        Cases(**columns), Steps(*(_column(steps, n) for n in range(3)), np.array([one[3] for one in steps], dtype=float)),
        Pictures(_column(pictures, 0), _column(pictures, 1)), SINCE, START, END, END,
    )  # fmt: skip


def _column(rows: list[tuple], n: int) -> np.ndarray:
    return np.array([row[n] for row in rows], dtype=object)


def found(key: str, watched: Watched, **changed: object) -> list:
    detector: Detector = replace(RULES[key], **changed)
    return list(DETECTORS[key](watched, detector).found)


def daily(place: str = "G1", **given: object) -> list[dict]:
    """One case a day through the month and the 90 days before it."""
    return [case(place=place, reported=day * DAY + 600, **given) for day in range(120)]


def at_once(n: int, minutes_apart: float = 5, place: str = "G1", **given: object) -> list[dict]:
    return [case(place=place, reported=100 * DAY + 900 + k * minutes_apart, **given) for k in range(n)]
