"""Units: made from the catalogue for the demo or a first start, or taken over from a county's own list."""

import csv
from dataclasses import dataclass
from pathlib import Path

from dashboard.deps import Deps
from dashboard.domain.errors import UserError
from dashboard.domain.regions import Region
from dashboard.domain.scope import EVERYTHING
from data.queries.regions import find_regions, get_region, get_root, list_below
from data.seed.units import CENTRE_KIND, DESK_KIND, units_of
from data.session import Session
from data.writes.units import put_units

COLUMNS = ("region", "name", "kind_unit", "load_limit")
LEVELS_WITH_UNITS = ("city", "county", "township")
_MOST_ROWS, _LONGEST, _MOST_LOAD = 100_000, 200, 100_000


@dataclass(frozen=True, slots=True)
class UnitReport:
    added: int
    changed: int
    read: int


def fill_units(deps: Deps, session: Session, root: Region, *, limits: bool) -> int:
    """Units of `root` and all below it that are not there yet, named by the catalogue's words; how many."""
    regions = [root] if root.level in LEVELS_WITH_UNITS else []
    for level in LEVELS_WITH_UNITS:
        regions += list_below(session, EVERYTHING, root, level)
    added, _changed = put_units(session, units_of(regions, deps.catalog, limits=limits), replace=False)
    return added


def make_units(deps: Deps, code: str = "") -> int:
    """`fill_units` for a region ("" the whole pack), without load limits. Raises NotFound for an unknown region."""
    with deps.database.write() as session:
        root = get_region(session, EVERYTHING, code) if code else get_root(session, EVERYTHING)
        return fill_units(deps, session, root, limits=False)


def import_units(deps: Deps, file: Path) -> UnitReport:
    """Take over a CSV with COLUMNS (UTF-8, with or without BOM); units of the same name are brought up to date.

    All or nothing. Raises UserError naming the line, what stands there and what is allowed.
    """
    rows = _read(file, _allowed_kinds(deps))
    with deps.database.write() as session:
        for start in range(0, len(rows), 500):
            part = rows[start : start + 500]
            known = find_regions(session, EVERYTHING, {row["region_code"] for _line, row in part})
            for line, row in part:
                _check_region(line, row["region_code"], known.get(row["region_code"]))
        added, changed = put_units(session, [row for _line, row in rows], replace=True)
    return UnitReport(added, changed, len(rows))


def _allowed_kinds(deps: Deps) -> tuple[str, ...]:
    return (CENTRE_KIND, DESK_KIND, *dict.fromkeys(kind.unit for kind in deps.catalog.kinds.values()))


def _check_region(line: int, code: str, region: Region | None) -> None:
    if region is None:
        raise UserError("units", f"line {line}: no such region", got=code, allowed="a code of an installed region pack")
    if region.level not in LEVELS_WITH_UNITS:
        what = f"line {line}: a {region.level} has no units"
        raise UserError("units", what, got=code, allowed=LEVELS_WITH_UNITS)


def _read(file: Path, kinds: tuple[str, ...]) -> list[tuple[int, dict]]:
    """(line, row) of the file, checked as far as can be without the database."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        hint = "save it as CSV, UTF-8"
        raise UserError("units", f"{file} cannot be read: {error}", hint=hint) from None
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != COLUMNS:
        got = ",".join(reader.fieldnames or ()) or "an empty file"
        raise UserError("units", "line 1: the header is not known", got=got, allowed=",".join(COLUMNS))
    rows, seen = [], {}
    for record in reader:
        if len(rows) >= _MOST_ROWS:
            raise UserError("units", f"line {reader.line_num}: too many units", allowed=f"{_MOST_ROWS:,} a file")
        row = _row(reader.line_num, record, kinds)
        key = row["region_code"], row["name"]
        if key in seen:
            raise UserError("units", f"line {reader.line_num}: named twice in its region", got=row["name"],
                            hint=f"see line {seen[key]}")  # fmt: skip
        seen[key] = reader.line_num
        rows.append((reader.line_num, row))
    return rows


def _row(line: int, record: dict, kinds: tuple[str, ...]) -> dict:
    if None in record or None in record.values():
        raise UserError("units", f"line {line}: not as many fields as the header has", allowed=",".join(COLUMNS))
    region, name, kind, load = (record[column].strip() for column in COLUMNS)
    if not name or len(name) > _LONGEST:
        raise UserError("units", f"line {line}: name", got=name, allowed=f"1 to {_LONGEST} characters")
    if kind not in kinds:
        raise UserError("units", f"line {line}: kind_unit", got=kind, allowed=kinds)
    if load and not (load.isascii() and load.isdigit() and len(load) < 7 and 0 < int(load) <= _MOST_LOAD):
        raise UserError("units", f"line {line}: load_limit", got=load, allowed=f"empty, or 1 to {_MOST_LOAD:,}")
    return {"region_code": region, "name": name, "kind_unit": kind, "load_limit": int(load) if load else None}
