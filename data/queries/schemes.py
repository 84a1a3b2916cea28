"""Reads of stored schemes and of the imported tables that their indicators read."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.orm import Session

from data.models import IndicatorEntry, IndicatorTable, SchemeRow

Cell = tuple[float | None, float | None]  # numerator, denominator
_ROWS = 2000  # versions or tables in one answer


def find_scheme(session: Session, key: str, version: int | None = None) -> SchemeRow | None:
    """That version, or (None) the newest."""
    mine = [SchemeRow.key == key, *([] if version is None else [SchemeRow.version == version])]
    return session.scalar(select(SchemeRow).where(*mine).order_by(SchemeRow.version.desc()).limit(1))


def find_schemes(session: Session, wanted: Collection[tuple[str, int]]) -> list[SchemeRow]:
    """Those versions, with their texts: (key, version) of each."""
    mine = tuple_(SchemeRow.key, SchemeRow.version).in_(list(wanted))
    return list(session.scalars(select(SchemeRow).where(mine)))


def list_schemes(session: Session, key: str = "") -> list[Row]:
    """Heads (without texts) by key, the newest version first. `key` "": all."""
    head = [getattr(SchemeRow, name) for name in ("key", "version", "name", "digest", "made_at", "actor", "note")]
    mine = [SchemeRow.key == key] if key else []
    return list(
        session.execute(select(*head).where(*mine).order_by(SchemeRow.key, SchemeRow.version.desc()).limit(_ROWS))
    )


def find_table(session: Session, table_id: UUID) -> IndicatorTable | None:
    return session.get(IndicatorTable, table_id)


def list_tables(session: Session, scheme_key: str, month: date | None = None) -> list[tuple[IndicatorTable, int, int]]:
    """(table, regions in it, figures in it), the newest month and import first."""
    mine = [IndicatorTable.scheme_key == scheme_key, *([] if month is None else [IndicatorTable.month == month])]
    counts = select(IndicatorEntry.table_id, func.count(IndicatorEntry.region_code.distinct()).label("regions"),
                    func.count().label("figures")).group_by(IndicatorEntry.table_id).subquery()  # fmt: skip
    rows = session.execute(
        select(IndicatorTable, counts.c.regions, counts.c.figures)
        .outerjoin(counts, counts.c.table_id == IndicatorTable.id)
        .where(*mine)
        .order_by(IndicatorTable.month.desc(), IndicatorTable.imported_at.desc(), IndicatorTable.id.desc())
        .limit(_ROWS)
    )
    return [(table, regions or 0, figures or 0) for table, regions, figures in rows]


def list_table_regions(session: Session, tables: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """{table: codes of the regions it has figures of}."""
    rows = session.execute(
        select(IndicatorEntry.table_id, IndicatorEntry.region_code)
        .where(IndicatorEntry.table_id.in_(list(tables)))
        .distinct()
    )
    found: dict[UUID, set[str]] = {table: set() for table in tables}
    for table, code in rows:
        found[table].add(code)
    return {table: frozenset(codes) for table, codes in found.items()}


def read_entries(session: Session, scheme_key: str, month: date) -> dict[tuple[str, str], Cell]:
    """{(region, column): (numerator, denominator)} of the month; of several tables that have a figure the last imported
    counts, withdrawn ones never."""
    rows = session.execute(
        select(
            IndicatorEntry.region_code, IndicatorEntry.column_key, IndicatorEntry.numerator, IndicatorEntry.denominator
        )
        .join(IndicatorTable, IndicatorTable.id == IndicatorEntry.table_id)
        .where(
            IndicatorTable.scheme_key == scheme_key,
            IndicatorTable.month == month,
            IndicatorTable.withdrawn_at.is_(None),
        )
        .order_by(IndicatorTable.imported_at, IndicatorTable.id, IndicatorEntry.region_code, IndicatorEntry.column_key)
    )
    return {(region, column): (numerator, denominator) for region, column, numerator, denominator in rows}
