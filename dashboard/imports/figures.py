"""Reads a table of figures: a row a region, a column an indicator. CSV or Excel, whole or not at all.

The first column, or one called "region", names the region; `<column>` holds what is counted, `<column>_n` what it is divided
by. An empty cell is "no data". Every mistake is a UserError that names row and column.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from dashboard.domain.errors import UserError
from dashboard.domain.evaluation.model import Scheme
from dashboard.imports.reading import Source, open_source

REGION, NAME, BASE = "region", "name", "_n"
MOST_BYTES, MOST_UNPACKED, MOST_ROWS = 10 << 20, 100 << 20, 20_000
Cell = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """`regions` in file order; `cells`: {(region, column): (numerator, denominator)}, without empty ones."""

    regions: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]


def columns_of(scheme: Scheme) -> tuple[str, ...]:
    """What a table of the scheme may hold: columns of its indicators, then exposures, each once."""
    tables = [one for one in scheme.indicators if one.source == "table"]
    return tuple(dict.fromkeys([one.column for one in tables] + [one.exposure for one in tables if one.exposure]))


def read_figures(
    path: Path, scheme: Scheme, *, region: str = "", known: Collection[str] | None = None, partly: bool = False
) -> Figures:
    """The table in `path`.

    `region`: the column that names the region. `known`: codes allowed (None: any name). `partly`: it may lack columns of
    the scheme, and may hold no other columns; else it must have all of them, and others are left alone.
    """
    _check_size(path)
    columns = columns_of(scheme)
    if not columns:
        raise UserError("table", f"{scheme.key} reads no tables", hint="its indicators count cases")
    source = open_source(path, [region] if region else [])
    key = region or (REGION if REGION in source.header else source.header[0])
    present = _check_header(source, columns, key, partly)
    shares = {one.column for one in scheme.indicators if one.unit == "%"}
    regions: dict[str, int] = {}
    cells: dict[tuple[str, str], Cell] = {}
    for row, line in _rows(source):
        code = _region(line[key].strip(), row, key, regions, known)
        regions[code] = row
        for column in present:
            if (cell := _cell(line, row, column, column in shares)) is not None:
                cells[code, column] = cell
    if not regions:
        raise UserError("table", f"{path.name} has a header and no rows", allowed="a row for each region")
    return Figures(tuple(regions), cells)


def _check_size(path: Path) -> None:
    """Before anything is unpacked: a small file can unpack to more than the memory holds."""
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise UserError("table", f"{path.name} is too large", got=path.stat().st_size, allowed=f"{MOST_BYTES:,} bytes")
    try:
        with ZipFile(path) as packed:
            total = sum(one.file_size for one in packed.infolist())
    except (BadZipFile, OSError):
        return
    if total > MOST_UNPACKED:
        raise UserError("table", f"{path.name} unpacks to too much", got=total, allowed=f"{MOST_UNPACKED:,} bytes")


def _check_header(source: Source, columns: Sequence[str], key: str, partly: bool) -> list[str]:
    """Columns of the scheme that the table has."""
    header = [name for name in source.header if name != key]
    missing = [column for column in columns if column not in header]
    if missing and (not partly or len(missing) == len(columns)):
        raise UserError("table", f"{source.name}: columns are missing", got=missing, allowed=source.header,
                        hint="the columns are those named in the scheme")  # fmt: skip
    allowed = {NAME, *columns, *(f"{column}{BASE}" for column in columns)}
    unknown = [name for name in header if name not in allowed]
    if partly and unknown:
        raise UserError("table", f"{source.name}: the scheme has no such columns", got=unknown,
                        allowed=[REGION, NAME, *columns], hint="and each with _n behind it")  # fmt: skip
    alone = [name for name in header if name.endswith(BASE) and name in allowed and name.removesuffix(BASE) in missing]
    if alone:
        raise UserError("table", f"{source.name}: a base without its column", got=alone, allowed=columns)
    return [column for column in columns if column in header]


def _rows(source: Source):
    """(row number, {column: text}) of each row."""
    for chunk in source.chunks(limit=MOST_ROWS + 1):
        for broken in chunk.broken:
            raise UserError("table", f"row {broken.row}: {broken.reason}")
        for row, line in zip(chunk.rows, chunk.frame.to_dict("records"), strict=True):
            if row > MOST_ROWS + 1:
                raise UserError("table", f"row {row}: too many rows", allowed=f"{MOST_ROWS:,}")
            yield int(row), line


def _region(code: str, row: int, column: str, seen: Mapping[str, int], known: Collection[str] | None) -> str:
    if not code:
        raise UserError("table", f"row {row}, column {column}: names no region")
    if code in seen:
        raise UserError("table", f"row {row}, column {column}: this region stands twice", got=code,
                        hint=f"see row {seen[code]}; another column may name the regions")  # fmt: skip
    if known is not None and code not in known:
        raise UserError("table", f"row {row}, column {column}: no such region here", got=code,
                        allowed=_few(sorted(known)))  # fmt: skip
    return code


def _few(codes: Sequence[str]) -> str:
    return ", ".join(codes[:5]) + (f" … ({len(codes)} codes)" if len(codes) > 5 else "")


def _cell(line: Mapping[str, str], row: int, column: str, share: bool) -> Cell | None:
    base_column = f"{column}{BASE}"
    top, base = _number(line[column], row, column), _number(line.get(base_column, ""), row, base_column)
    if top is None and base is None:
        return None
    if top is None:
        raise UserError(
            "table", f"row {row}, column {column}: is empty, though {base_column} is not", allowed="a number"
        )
    if base is not None and base < 0:
        raise UserError("table", f"row {row}, column {base_column}: below 0", got=base, allowed="0 or more")
    if base is not None and top < 0:
        raise UserError("table", f"row {row}, column {column}: below 0", got=top, allowed="0 or more")
    if share and base is not None and top > base:
        raise UserError("table", f"row {row}, column {column}: a part larger than the whole", got=top,
                        allowed=f"at most {base:g}")  # fmt: skip
    return top, base


def _number(text: str, row: int, column: str) -> float | None:
    text = text.strip()
    if not text:
        return None
    try:
        found = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        found = math.nan
    if not math.isfinite(found) or abs(found) > 1e15:
        hint = "put the value in the formula's place" if text.startswith("=") else "digits and a point; empty: no data"
        raise UserError("table", f"row {row}, column {column}: not a number", got=text, allowed="a number", hint=hint)
    return found
