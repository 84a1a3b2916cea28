"""The cases that a scheme counts in a period, county by county, with their marks (dashboard.domain.evaluation.cohort)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from sqlalchemy import (
    BigInteger,
    LargeBinary,
    RowMapping,
    String,
    and_,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from dashboard.domain.evaluation.cohort import Cohort, Facet, make_cohort
from data.models import Case
from data.queries.conditions import counter_clauses, kind_clauses
from data.queries.work import HEAD

Instants = tuple[datetime, datetime]
LONG = timedelta(days=35)
"""Most cases are done with after so many days, and whatever takes longer is overdue: that is where is looked first."""


def read_cohorts(
    session: Session, counties: Sequence[str], facets: Sequence[Facet], members: Mapping[str, Sequence[str]],
    bounds: Instants, *, whole: bool,
) -> dict[str, Cohort]:  # fmt: skip
    """{county: its cases counted under any of `facets` within `bounds`}; every county is there.

    `whole`: of all cases reported before the bounds end, for no date of a case lies before its report. Else only of those
    reported lately, and of overdue ones closed lately or not at all, which an index finds: as a rule that is all of them.
    What both find is found twice, and kept once.
    """
    start, until = bounds
    early, lately = (Case.reported_at < until,), (Case.reported_at < until, Case.reported_at >= start - LONG)
    late = (Case.overdue.is_(True), Case.close_due_at < until,
            or_(Case.closed_at.is_(None), Case.closed_at >= start - LONG))  # fmt: skip
    columns = (Case.county_code, Case.township_code, Case.id, _mark(facets, members, bounds).label("mark"))
    here = Case.county_code.in_(counties)
    found = union_all(
        *(select(*columns).where(here, *look) for look in ((early,) if whole else (lately, late)))
    ).subquery()
    parts: dict[str, dict[str, tuple[bytes, np.ndarray]]] = {county: {} for county in counties}
    for county, township, ids, packed in session.execute(_gathered(session, found)):
        parts[county][township or ""] = _bytes(ids), _numbers(packed)
    return {county: make_cohort(county, found) for county, found in parts.items()}


def _mark(facets: Sequence[Facet], members: Mapping[str, Sequence[str]], bounds: Instants):
    """A case's mark as SQL: bit n where it is counted under facet n."""
    whole = literal(0, BigInteger)
    for bit, (counter, kind) in enumerate(facets):
        kinds = kind_clauses(members.get(kind, (kind,)) if kind else ())
        holds = and_(*counter_clauses(counter, bounds), *kinds)
        whole = whole + case((holds, literal(1 << bit, BigInteger)), else_=literal(0, BigInteger))
    return whole


def _gathered(session: Session, found):
    """One row for each township: its ids and its marks in the same order, each in one piece; a row a case would cost
    more than all the rest."""
    if session.get_bind().dialect.name == "sqlite":
        ids = func.group_concat(type_coerce(found.c.id, String), "", type_=String)
        marks = func.group_concat(found.c.mark, " ", type_=String)
    else:
        nothing = literal_column("''::bytea")
        ids = func.string_agg(func.uuid_send(found.c.id), nothing, type_=LargeBinary)
        marks = func.string_agg(func.int8send(found.c.mark), nothing, type_=LargeBinary)
    keys = (found.c.county_code, found.c.township_code)
    return select(*keys, ids, marks).group_by(*keys)


def _bytes(ids: str | bytes) -> bytes:
    return bytes.fromhex(ids) if isinstance(ids, str) else bytes(ids)


def _numbers(packed: str | bytes) -> np.ndarray:
    if isinstance(packed, str):
        return np.array(packed.split(" "), dtype=np.int64)
    return np.frombuffer(packed, dtype=">i8").astype(np.int64)


def find_heads(session: Session, keys: Sequence[tuple[str, UUID]]) -> list[RowMapping]:
    """Columns of HEAD of the cases (county code, id), in the order of the keys. Answers without a scope."""
    counties = {county: [key for of, key in keys if of == county] for county, _key in keys}
    if not counties:
        return []
    mine = or_(*(and_(Case.county_code == county, Case.id.in_(ids)) for county, ids in counties.items()))
    found = {(row["county_code"], row["id"]): row for row in session.execute(select(*HEAD).where(mine)).mappings()}
    return [found[key] for key in keys if key in found]
