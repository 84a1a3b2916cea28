"""Writes of imported cases: a chunk of rows, their steps and their deltas, all in the caller's transaction.

A record is known by (dataset, source's key). A known one whose content changed is changed the way every write changes
a case: a step is appended and the roll-ups get what it adds less what it added. It is left alone where someone here
has worked on it since: the source does not overrule the loop.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dashboard.domain.errors import UserError
from data.models import Case, rollup_delta
from data.writes.bulk import load_cases, load_rows
from data.writes.corrected import correct, frame_of, read_histories, read_rows
from data.writes.tally import KEYS, tally

_COLUMNS = tuple(column.key for column in Case.__table__.columns)
_AT_ONCE = 5000  # keys asked for in one query
# What the source knows nothing of, as it stands on a new case
_BLANK = {"returned": 0, "reworked": 0, "reopened": 0, "repeat_of": None, "satisfaction": None,
          "rated_at": pd.NaT, "reopened_at": pd.NaT}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A record that is a case already. `digest`: of the content it was imported with."""

    county_code: str
    id: UUID
    digest: str | None


def find_known(session: Session, dataset: str, keys: Sequence[str], hash_key: str) -> dict[str, Known]:
    """{source's key: Known} of those `keys` that are cases. `hash_key`: where their attrs keep the digest."""
    digest = Case.attrs[hash_key].as_string()
    found = {}
    for some in _pieces(keys):
        here = select(Case.source_key, Case.county_code, Case.id, digest)
        rows = session.execute(here.where(Case.dataset == dataset, Case.source_key.in_(some)))
        found |= {key: Known(county, uuid, said) for key, county, uuid, said in rows}
    return found


def add_cases(session: Session, cases: pd.DataFrame, steps: pd.DataFrame, zone: ZoneInfo) -> None:
    """New cases with their histories (columns of CaseStep) and deltas. `zone`: of the local day.

    Raises UserError where one of them is there by now.
    """
    if cases.empty:
        return
    rows = cases.assign(**_BLANK, version=steps.groupby("case_id", sort=False).size().to_numpy())
    for name in ("rated_at", "reopened_at"):
        rows[name] = pd.Series(pd.DatetimeIndex([pd.NaT] * len(rows), tz="UTC").as_unit("us"))
    connection = session.connection()
    try:
        load_cases(connection, _given(rows), steps)
    except (IntegrityError, connection.dialect.loaded_dbapi.IntegrityError) as error:  # COPY goes past SQLAlchemy
        hint = "is another import of the same records running? Run this one again when it is done"
        raise UserError("import", f"the database refused a chunk: {error}", hint=hint) from None
    add_difference(session, tally(rows, zone), None)


def change_cases(session: Session, cases: pd.DataFrame, known: dict[str, Known], zone: ZoneInfo,
                 now: datetime) -> list[str]:  # fmt: skip
    """Bring known cases to what the source says now; keys of those left alone because people worked on them here."""
    if cases.empty:
        return []
    keys = cases["source_key"].tolist()
    places = [(known[key].county_code, known[key].id) for key in keys]
    before, steps = read_rows(session, places), read_histories(session, places)
    mine = [all(step["role"] == "import" for step in steps[place]) for place in places]
    changed = [place for place, fine in zip(places, mine, strict=True) if fine]
    if changed:
        rows = cases[mine].reset_index(drop=True)
        after = correct(session, rows, [before[place] for place in changed], [steps[place] for place in changed], now)
        add_difference(session, tally(after, zone), tally(frame_of([before[place] for place in changed]), zone))
    return [key for key, fine in zip(keys, mine, strict=True) if not fine]


def _given(rows: pd.DataFrame) -> pd.DataFrame:
    """Columns of Case that hold anything: sources know little, and NULL is what a column left out becomes."""
    return rows[[name for name in _COLUMNS if name in rows and rows[name].notna().any()]]


def add_difference(session: Session, after: pd.DataFrame, before: pd.DataFrame | None) -> None:
    """Record the deltas `after` less `before` (frames made by tally), without the rows that come to nothing."""
    if before is not None and len(before):
        counters = [name for name in after if name not in (*KEYS, "day")]
        both = pd.concat([after, before.assign(**{name: -before[name] for name in counters})])
        sums = both.groupby([*KEYS, "day"], dropna=False, sort=False)[counters].sum().reset_index()
        after = sums[(sums[counters] != 0).any(axis=1)]
        after = after.assign(**{name: after[name].astype(object) for name in (*KEYS, "day")})
    load_rows(session.connection(), rollup_delta, dict(after.items()))


def _pieces(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
