"""Monthly tables of figures for indicators that count no cases: taken over whole or not at all, listed, withdrawn.

Nothing is overwritten: of several tables with the same figure the last imported counts, until it is withdrawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID
from zoneinfo import ZoneInfo

from dashboard.deps import Deps
from dashboard.domain.errors import NotFound, UserError
from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.people import Person
from dashboard.domain.periods import local_day
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING, Scope
from dashboard.imports.figures import Figures, columns_of, read_figures
from dashboard.services import schemes
from dashboard.services.ids import new_id
from dashboard.views.schemes import TableHead
from data.models import IndicatorTable
from data.queries import schemes as queries
from data.queries.regions import find_regions, get_pack, get_root, list_below
from data.seed import indicator_tables as seed
from data.session import Session
from data.writes.audit import add_audit
from data.writes.schemes import add_table, withdraw_table

RUN, VIEW = schemes.RUN, schemes.VIEW
MOST_NAME, MOST_SOURCE, MOST_REASON = 200, 2000, 2000
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class NewTable:
    """What a table is said to be. `month`: any day of it. `synthetic`: its figures are invented."""

    scheme_key: str
    month: date
    name: str
    source: str
    synthetic: bool = False


def entries(session: Session, scheme_key: str, month: date) -> dict[tuple[str, str], queries.Cell]:
    """{(region, column): (numerator, denominator)} that count for the month; any day of it names it."""
    return queries.read_entries(session, scheme_key, month.replace(day=1))


def import_table(deps: Deps, person: Person, new: NewTable, data: bytes) -> TableHead:
    """Take over a CSV or Excel file. Raises UserError naming row and column, what stands there and what is allowed."""
    scheme = schemes.scheme(deps, new.scheme_key)
    _said("name", new.name, MOST_NAME)
    _said("source", new.source, MOST_SOURCE)
    now, month = deps.clock(), new.month.replace(day=1)
    with deps.database.read() as session:
        _check_month(session, month, now)
        known = [region.code for region in ranked(session, scheme, person.scope(RUN))]
    if not known:
        raise UserError("forbidden", f"you evaluate no {scheme.level} in whole", hint="ask whoever does")
    figures = _read(data, scheme, known)
    row = {"id": new_id(now), "scheme_key": scheme.key, "month": month, "name": new.name.strip(),
           "source": new.source.strip(), "synthetic": new.synthetic, "digest": sha256(data).hexdigest(), "imported_at": now,
           "imported_by": person.id, "actor": person.name}  # fmt: skip
    with deps.database.write() as session:
        add_table(session, row, _rows(figures))
        add_audit(session, now, person, "indicators.import", subject=f"{scheme.key} {month:%Y-%m}",
                  detail={"table": str(row["id"]), "name": row["name"], "regions": len(figures.regions),
                          "figures": len(figures.cells), "digest": row["digest"]})  # fmt: skip
        return _head(session.get(IndicatorTable, row["id"]), len(figures.regions), len(figures.cells))


def list_tables(deps: Deps, person: Person, scheme_key: str, month: date | None = None) -> tuple[TableHead, ...]:
    """Tables with a region that the person may see, the newest month and import first, withdrawn ones too."""
    with deps.database.read() as session:
        found = queries.list_tables(session, scheme_key, month and month.replace(day=1))
        codes = queries.list_table_regions(session, [table.id for table, _regions, _figures in found])
        seen = find_regions(session, person.scope(VIEW), frozenset().union(*codes.values()))
        return tuple(_head(*row) for row in found if codes[row[0].id] & seen.keys())


def withdraw(deps: Deps, person: Person, table_id: UUID, reason: str) -> None:
    """The table counts no more; what was frozen of it stays. Raises NotFound, or UserError for a table that holds regions
    the person does not evaluate."""
    _said("reason", reason, MOST_REASON)
    now = deps.clock()
    with deps.database.write() as session:
        table = queries.find_table(session, table_id)
        codes = queries.list_table_regions(session, [table_id])[table_id]
        mine = find_regions(session, person.scope(RUN), codes)
        if table is None or not mine:
            raise NotFound("table", "no such table", got=str(table_id))
        if mine.keys() != codes:
            raise UserError("forbidden", "it holds figures of regions that others evaluate", hint="ask whoever does")
        if not withdraw_table(session, table_id, now):
            raise UserError("withdrawn", "it was withdrawn before", got=str(table_id))
        add_audit(session, now, person, "indicators.withdraw", subject=f"{table.scheme_key} {table.month:%Y-%m}",
                  reason=reason.strip(), detail={"table": str(table_id), "name": table.name})  # fmt: skip


def ranked(session: Session, scheme: Scheme, scope: Scope) -> tuple[Region, ...]:
    """The regions of the scheme's level that the scope covers, in the order of the pack."""
    root = get_root(session, EVERYTHING)
    return tuple(one for one in list_below(session, EVERYTHING, root, scheme.level) if scope.covers(one))


def seed_tables(deps: Deps, months: Sequence[date]) -> int:
    """Fill the months (any day of each) of all schemes that read tables with synthetic figures, months that have some
    excepted; how many figures were written."""
    written, now = 0, deps.clock()
    for key in dict.fromkeys(head.key for head in schemes.list_schemes(deps)):
        scheme = schemes.scheme(deps, key)
        if not columns_of(scheme):
            continue
        with deps.database.write() as session:
            regions = ranked(session, scheme, EVERYTHING)
            firsts = sorted({month.replace(day=1) for month in months})
            empty = [month for month in firsts if not queries.list_tables(session, key, month)]
            written += seed.seed_tables(session, scheme, regions, empty, now)
    return written


def _read(data: bytes, scheme: Scheme, known: Sequence[str]) -> Figures:
    """Readers want a file with the ending of its kind; this one is gone afterwards."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "table.xlsx" if data.startswith(_ZIP) else "table.csv")
        file.write_bytes(data)
        return read_figures(file, scheme, known=frozenset(known), partly=True)


def _rows(figures: Figures) -> list[dict]:
    return [{"region_code": region, "column_key": column, "numerator": top, "denominator": base}
            for (region, column), (top, base) in figures.cells.items()]  # fmt: skip


def _check_month(session: Session, month: date, now) -> None:
    pack = get_pack(session, get_root(session, EVERYTHING).pack)
    today = local_day(now, ZoneInfo(pack.timezone))
    if month > today or month.year < 2000:
        raise UserError("month", "a month that has begun", got=f"{month:%Y-%m}", allowed=f"2000-01 to {today:%Y-%m}")


def _said(name: str, text: str, most: int) -> None:
    if not 0 < len(text.strip()) <= most or not all(sign.isprintable() or sign == "\n" for sign in text.strip()):
        raise UserError(name, f"{name}: words", got=text, allowed=f"1 to {most:,} characters")


def _head(table: IndicatorTable, regions: int, figures: int) -> TableHead:
    own = [getattr(table, name) for name in TableHead.__slots__[:-2]]
    return TableHead(*own, regions, figures)
