"""Reads and checks the regions of a pack: regions.csv or regions.csv.gz.

Answers for the tree being a tree. Leaves pack.toml to `pack`, invented rows to `synthetic`.
"""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from data.regions.records import Pack, PackError, RegionRow

REQUIRED = ("code", "level", "name", "short_name", "parent_code")
OPTIONAL = ("lon", "lat", "population", "households")
FILES = ("regions.csv", "regions.csv.gz")


def read_regions(pack: Pack) -> list[RegionRow]:
    """All regions that the pack's file lists, in the order of the file.

    Raises PackError, naming file and line, for: unknown level, duplicate code, empty name, a number
    that is none, a missing parent, a parent that is not above its child, a missing or second root.
    """
    path = _find_file(pack.folder)
    rows: dict[str, RegionRow] = {}
    lines: dict[str, int] = {}
    for line, record in _records(path):
        row = _read_row(record, pack, f"{path}:{line}")
        if row.code in rows:
            raise PackError(
                f"{path}:{line}: code {row.code!r} appears twice, first on line {lines[row.code]}."
                " A code identifies one region: remove or renumber one of them."
            )
        rows[row.code], lines[row.code] = row, line
    _check_tree(rows, lines, pack, path)
    return list(rows.values())


def _find_file(folder: Path) -> Path:
    found = [folder / name for name in FILES if (folder / name).is_file()]
    if len(found) != 1:
        got = "both" if found else "neither"
        raise PackError(f"{folder}: a pack has either regions.csv or regions.csv.gz, got {got}. Keep one of them.")
    return found[0]


def _records(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines of the file with their number, counted in the file as an editor shows it."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream, restkey="_more", restval=None)
        columns = reader.fieldnames or []
        missing = [name for name in REQUIRED if name not in columns]
        unknown = [name for name in columns if name not in REQUIRED + OPTIONAL]
        if missing or unknown:
            raise PackError(
                f"{path}:1: missing columns {missing}, unknown columns {unknown}."
                f" Required: {', '.join(REQUIRED)}; optional: {', '.join(OPTIONAL)}."
            )
        for record in reader:
            if "_more" in record or None in record.values():
                raise PackError(
                    f"{path}:{reader.line_num}: the row has not the {len(columns)} cells of the"
                    " header. Quote names that hold a comma."
                )
            yield reader.line_num, record


def _read_row(record: dict[str, str], pack: Pack, where: str) -> RegionRow:
    if record["level"] not in pack.level_names:
        raise PackError(
            f"{where}: unknown level {record['level']!r}."
            f" This pack's levels are {', '.join(pack.level_names)}; they are listed in pack.toml."
        )
    for column in ("code", "name"):
        if not record[column].strip():
            raise PackError(f"{where}: {column} is empty. Every region has a code and a name.")
    return RegionRow(
        code=record["code"],
        level=record["level"],
        name=record["name"],
        short_name=record["short_name"] or record["name"],
        parent_code=record["parent_code"] or None,
        lon=_number(record, "lon", float, (-180, 180), where),
        lat=_number(record, "lat", float, (-90, 90), where),
        population=_number(record, "population", int, (0, 10**10), where),
        households=_number(record, "households", int, (0, 10**10), where),
    )


def _number(record: dict[str, str], column: str, kind: type, limits: tuple, where: str):
    """The cell as a number, or None when it is empty or the column is absent."""
    text = record.get(column) or ""
    if not text:
        return None
    low, high = limits
    try:
        value = kind(text)
    except ValueError:
        value = None
    if value is None or not low <= value <= high:
        raise PackError(
            f"{where}: {column} is {text!r}. Allowed: {kind.__name__} from {low} to {high}, or empty when unknown."
        )
    return value


def _check_tree(rows: dict[str, RegionRow], lines: dict[str, int], pack: Pack, path: Path) -> None:
    """Every parent exists and stands on a higher level, which also rules out cycles; one root."""
    if pack.root not in rows:
        raise PackError(f"{path}: the root {pack.root!r} named in pack.toml is missing. Add its row or correct `root`.")
    rank = {level: number for number, level in enumerate(pack.level_names)}
    for row in rows.values():
        where = f"{path}:{lines[row.code]}"
        if (row.code == pack.root) != (row.parent_code is None):
            raise PackError(
                f"{where}: {row.code!r} has parent {row.parent_code!r}, but the root is"
                f" {pack.root!r}. Exactly the root has an empty parent_code."
            )
        if row.parent_code is None:
            continue
        parent = rows.get(row.parent_code)
        if parent is None:
            raise PackError(
                f"{where}: parent {row.parent_code!r} of {row.code!r} is not in the file."
                " Add it or correct parent_code."
            )
        if rank[parent.level] >= rank[row.level]:
            raise PackError(
                f"{where}: {row.code!r} ({row.level}) hangs under {parent.code!r}"
                f" ({parent.level}); a parent must stand above its child, in the order"
                f" {', '.join(pack.level_names)}. This would allow a cycle."
            )
