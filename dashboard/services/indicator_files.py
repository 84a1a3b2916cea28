"""A month's figures as a file that can be filled in and imported again: CSV, or a workbook."""

from collections.abc import Iterator
from datetime import date

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.model import Scheme
from dashboard.domain.people import Person
from dashboard.domain.regions import Region
from dashboard.imports.figures import BASE, NAME, REGION, columns_of
from dashboard.services import schemes
from dashboard.services.indicator_tables import VIEW, ranked
from dashboard.services.spreadsheets import check_form, to_file
from data.queries.schemes import Cell, read_entries
from data.writes.audit import add_audit


def export_month(deps: Deps, person: Person, scheme_key: str, month: date, form: str, remote: str = "") -> bytes:
    """The figures that count for the month, a row for each region the person may see; cells without data are empty, so an
    empty month gives a table to fill in. Written down in the audit log."""
    check_form(form)
    scheme, first = schemes.scheme(deps, scheme_key), month.replace(day=1)
    if not columns_of(scheme):
        raise UserError("table", f"{scheme.key} reads no tables", hint="its indicators count cases")
    with deps.database.read() as session:
        regions = ranked(session, scheme, person.scope(VIEW))
        cells = read_entries(session, scheme.key, first)
    with deps.database.write() as session:
        add_audit(session, deps.clock(), person, "indicators.export", subject=f"{scheme.key} {first:%Y-%m}",
                  detail={"form": form, "regions": len(regions)}, remote=remote)  # fmt: skip
    return to_file(_rows(scheme, regions, cells), form, f"{first:%Y-%m}")


def _rows(scheme: Scheme, regions: tuple[Region, ...], cells: dict[tuple[str, str], Cell]) -> Iterator[list]:
    """The head, then a row for each region. Indicators with a scale are divided by a base."""
    scaled = {one.column for one in scheme.indicators if one.scale != 1}
    columns = [(column, column in scaled) for column in columns_of(scheme)]
    head = [name for column, base in columns for name in ((column, f"{column}{BASE}") if base else (column,))]
    yield [REGION, NAME, *head]
    for region in regions:
        row: list = [region.code, region.name]
        for column, base in columns:
            top, bottom = cells.get((region.code, column), (None, None))
            row += [_plain(top), _plain(bottom)] if base else [_plain(top)]
        yield row


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value
