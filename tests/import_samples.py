"""A small foreign source for tests: its mapping, rows that state only what matters, and what a database holds."""

import csv
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from dashboard.catalog import load_catalog
from dashboard.domain.history import FIELDS, START, step_hash
from dashboard.imports.mapping_file import load_mapping
from dashboard.services.importing import ImportReport, import_cases
from data.models import Base, Case, CaseStep, rollup_day, rollup_delta, rollup_stock
from data.queries.audit import compare_rollups
from data.regions.pack import load_pack
from data.session import Database

NOW = datetime(2026, 6, 18, 6, 0, tzinfo=UTC)
CATALOG = load_catalog()
PACK = load_pack("san_francisco")
SF_FILE = Path(__file__).parents[2] / "shared" / "data" / "sf_311_service_requests.csv"
SF_MAPPING = Path(__file__).parents[1] / "docs" / "examples" / "san_francisco.toml"
COLUMNS = ("id", "made", "done", "changed", "status", "type", "area", "hood", "lon", "lat", "text", "office")
MAPPING = """
[dataset]
key = "sample"
name = "Sample"
source = "tests"

[record]
key = "id"
title = ["type", "text"]
unit = "office"
attrs = ["type"]

[times]
zone = "America/Los_Angeles"
formats = ["%Y-%m-%d %H:%M", "%d.%m.%Y"]
reported = "made"
closed = "done"
updated = "changed"

[state]
column = "status"
values = { open = "handling", closed = "closed", void = "void" }

[[kind]]
kind = "noise"
when = { type = "noise*" }

[[kind]]
kind = "other"
when = { type = "other" }

[[region]]
level = "county"
code = "SF-{area:02}"
unassigned = "SF-00"

[[region]]
level = "township"
name = "hood"
unassigned = "{parent}-unassigned"

[position]
lon = "lon"
lat = "lat"
within = [-123, 37, -122, 38]

[clock]
key = "complex"
limits = ["close"]
"""


def row(key: object, **given: str) -> dict[str, str]:
    """A closed noise case in the Mission; `given` replaces single cells."""
    usual = {"made": "2026-05-04 09:30", "done": "2026-05-06 10:00", "changed": "2026-05-06 10:00", "status": "closed",
             "type": "noise", "area": "9", "hood": "Mission", "lon": "-122.41", "lat": "37.76", "text": "a party",
             "office": "Police"}  # fmt: skip
    return {"id": str(key), **usual, **given}


def write_rows(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def sample_mapping(folder: Path, text: str = MAPPING):
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return load_mapping(path, CATALOG)


def bring(database: Database, file: Path, mapping, **options) -> ImportReport:
    return import_cases(database, CATALOG, file, mapping, PACK, now=options.pop("now", NOW), **options)


def bring_rows(database: Database, folder: Path, rows: list[dict[str, str]], **options) -> ImportReport:
    return bring(database, write_rows(folder / "rows.csv", rows), sample_mapping(folder), **options)


def contents(database: Database) -> dict[str, list[str]]:
    """All rows of all tables, as sorted texts."""
    with database.read() as session:
        return {
            table.name: sorted(repr(tuple(found)) for found in session.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }


def outcome(database: Database) -> dict[str, object]:
    """What an import leaves, however it was cut into chunks and folds: all tables but the roll-ups', and their sums."""
    rollups = {"rollup_delta", "rollup_day", "rollup_stock", "rollup_fold"}
    tables = {name: rows for name, rows in contents(database).items() if name not in rollups}
    with database.read() as session:
        waiting = session.execute(select(rollup_delta)).all()
        folded = [sorted(map(repr, session.execute(select(table)).all())) for table in (rollup_day, rollup_stock)]
    return tables | {"waiting": waiting, "folded": folded}


def counts(report) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.rejected


def case(database, key="1"):
    with database.read() as session:
        return session.scalars(select(Case).where(Case.source_key == key)).one()


def steps(database, key="1"):
    with database.read() as session:
        here = select(CaseStep).join(Case, CaseStep.case_id == Case.id).where(Case.source_key == key)
        return list(session.scalars(here.order_by(CaseStep.seq)))


def faults(database) -> list[str]:
    """What does not agree: roll-ups with cases, or histories with their hashes."""
    with database.read() as session:
        return [*compare_rollups(session), *_broken(session)]


def _broken(session) -> list[str]:
    """Histories that are not chained, or not numbered, as dashboard.domain.history says."""
    previous, broken = {}, []
    for step in session.execute(select(CaseStep.__table__).order_by(CaseStep.case_id, CaseStep.seq)).mappings():
        key = step["county_code"], step["case_id"]
        seq, before = previous.get(key, (0, START))
        if (seq + 1, step_hash(before, **{name: step[name] for name in FIELDS})) != (step["seq"], step["hash"]):
            broken.append(f"{key} step {step['seq']}")
        previous[key] = step["seq"], step["hash"]
    return broken


def rejects(folder: Path) -> list[dict[str, str]]:
    with (folder / "rows.csv.rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
