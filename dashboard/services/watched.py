"""What the gaming detectors look at: an edition's period, with the time before it that tells what is usual."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from dashboard.domain.evaluation.detect.model import Cases, Pictures, Steps, Watched, minutes
from dashboard.domain.evaluation.detect.reclassed import GROUPS
from dashboard.domain.periods import Period, instants
from dashboard.domain.scope import EVERYTHING
from data.models import Edition
from data.queries.findings import list_checked_by_handler, list_reclassed, list_shown, list_watched
from data.queries.regions import get_pack, get_region
from data.session import Session


def watched(session: Session, edition: Edition, history_days: int) -> Watched:
    """All columns that detectors need, read at one moment."""
    region = get_region(session, EVERYTHING, edition.region_code)
    zone = ZoneInfo(get_pack(session, region.pack).timezone)
    start, end = instants(Period(edition.start, edition.end), zone)
    since = start - timedelta(days=history_days)
    frozen = edition.frozen_at or end
    rows = list_watched(session, region, edition.level, (since, end), (start, end))
    checked = list_checked_by_handler(session, region, edition.level, (since, end), (start, end))
    steps = list_reclassed(session, region, edition.level, (since, frozen))
    shown = list_shown(session, region, edition.level, (since, end))
    return Watched(_cases(rows, checked), _steps(steps),
                   Pictures(_words(_key(row.county_code, row.case_id) for row in shown), _words(r.sha256 for r in shown)),
                   minutes(since), minutes(start), minutes(end), minutes(frozen))  # fmt: skip


def _cases(rows: Sequence, checked: set[tuple[str, UUID]]) -> Cases:
    keys = [_key(row.county_code, row.id) for row in rows]
    origin = [
        _key(row.county_code, row.repeat_of) if row.repeat_of else key for row, key in zip(rows, keys, strict=True)
    ]

    def each(of: Callable) -> np.ndarray:
        return _words(of(row) or "" for row in rows)

    return Cases(
        key=_words(keys), region=each(lambda r: r.rank), place=each(lambda r: r.place),
        unit=each(lambda r: r.holder_unit), kind=each(lambda r: r.kind), source=each(lambda r: r.source),
        text=each(lambda r: f"{r.title} {r.description or ''}"),
        reported=_times(row.reported_at for row in rows), handled=_times(row.handled_at for row in rows),
        used=_numbers(row.handle_minutes for row in rows), limit=_numbers(row.handle_limit for row in rows),
        reporter=each(lambda r: r.reported_by and r.reported_by.hex),
        handler=each(lambda r: r.handled_by and r.handled_by.hex),
        checked=np.array([(row.county_code, row.id) in checked for row in rows], dtype=bool), origin=_words(origin),
    )  # fmt: skip


def _steps(rows: Sequence) -> Steps:
    return Steps(_words(_key(row.county_code, row.case_id) for row in rows), _words(row.rank for row in rows),
                 _words(GROUPS[row.action] for row in rows), _times(row.at for row in rows))  # fmt: skip


def _key(county: str, case_id: UUID) -> str:
    return f"{county}:{case_id}"


def _words(values) -> np.ndarray:
    return np.array(list(values), dtype=object)


def _times(values) -> np.ndarray:
    return np.array([np.nan if at is None else minutes(at) for at in values], dtype=float)


def _numbers(values) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)
