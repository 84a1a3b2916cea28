"""Loads region packs: what a folder under data/regions with a pack.toml says about a region tree.

Answers for finding, reading and checking packs, without any SQL. Leaves building packs to `build`,
invented grids and positions to `synthetic`, and storing them to data/writes.
"""

import json
import re
import tomllib
from pathlib import Path
from zoneinfo import available_timezones

from dashboard.domain.regions import LEVELS
from data.regions.records import (
    SYNTHETIC_PARTS,
    Pack,
    PackError,
    PackLevel,
    PackSource,
    RegionRow,
)
from data.regions.rows import read_regions

__all__ = [
    "Pack",
    "PackError",
    "PackLevel",
    "PackSource",
    "RegionRow",
    "list_packs",
    "load_pack",
    "read_boundaries",
    "read_regions",
]

HOME = Path(__file__).resolve().parent
PACK_FILE = "pack.toml"
TEXTS = ("key", "name", "name_en", "root", "timezone", "calendar", "map_note", "map_note_en", "map_approval")
LISTS = ("synthetic", "levels", "sources")
MAY_BE_EMPTY = ("map_note", "map_note_en", "map_approval")
_ABSENT = {"map_note_en": ""}  # what a file may leave out


def list_packs() -> list[str]:
    """Keys of the packs that ship with the product, sorted."""
    return sorted(path.parent.name for path in HOME.glob(f"*/{PACK_FILE}"))


def load_pack(path_or_key: str | Path) -> Pack:
    """The pack in a folder, or the shipped pack of that key. Regions are read by `read_regions`.

    Raises PackError, naming the file and the allowed values, when pack.toml is absent or wrong.
    """
    folder = _find_folder(path_or_key)
    path = folder / PACK_FILE
    try:
        table = _ABSENT | tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{path}: not valid TOML: {error}. Correct the line it names.") from error
    _check_fields(table, path)
    levels = _read_levels(table["levels"], path)
    if "grids" in table["synthetic"] and "grid" not in [item.level for item in levels[1:]]:
        raise PackError(
            f"{path}: synthetic lists grids, but levels are {', '.join(item.level for item in levels)}."
            " Add a level grid below another one, or take grids out of synthetic."
        )
    return Pack(
        **{name: table[name] for name in TEXTS},
        synthetic=tuple(table["synthetic"]),
        levels=levels,
        sources=_read_tables(table["sources"], PackSource, "sources", path),
        folder=folder,
    )


def read_boundaries(pack: Pack, level: str) -> dict[str, dict]:
    """GeoJSON geometries (Polygon or MultiPolygon, WGS-84) of a level by region code.

    {} when the pack has no boundaries at that level. Raises PackError for a level the pack does not
    have, an unreadable file, a feature without a code, or a code that comes twice.
    """
    files = {item.level: item.boundaries for item in pack.levels}
    if level not in files:
        raise PackError(f"{pack.folder}: no level {level!r}. Allowed: {', '.join(files)}.")
    if files[level] is None:
        return {}
    path = pack.folder / files[level]
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise PackError(f"{path}: not a GeoJSON FeatureCollection: {error!r}.") from error
    found: dict[str, dict] = {}
    for number, feature in enumerate(features, start=1):
        code, geometry = _read_feature(feature, f"{path}: feature {number}")
        if code in found:
            raise PackError(f"{path}: feature {number}: code {code!r} appears twice.")
        found[code] = geometry
    return found


def _read_feature(feature: dict, where: str) -> tuple[str, dict]:
    code = (feature.get("properties") or {}).get("code")
    geometry = feature.get("geometry") or {}
    if not code:
        raise PackError(f"{where}: properties.code is missing. Every feature names its region.")
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise PackError(f"{where} ({code}): geometry {geometry.get('type')!r}. Allowed: Polygon, MultiPolygon.")
    return code, geometry


def _find_folder(path_or_key: str | Path) -> Path:
    folder = Path(path_or_key)
    if not (folder / PACK_FILE).is_file() and isinstance(path_or_key, str):
        folder = HOME / path_or_key
    if not (folder / PACK_FILE).is_file():
        raise PackError(
            f"no region pack {str(path_or_key)!r}: there is no {PACK_FILE}."
            f" Give a folder that has one, or one of: {', '.join(list_packs()) or 'none shipped'}."
        )
    return folder


def _check_fields(table: dict, path: Path) -> None:
    missing = [name for name in TEXTS + LISTS if name not in table]
    unknown = [name for name in table if name not in TEXTS + LISTS]
    if missing or unknown:
        raise PackError(f"{path}: missing {missing}, unknown {unknown}. Fields: {', '.join(TEXTS + LISTS)}.")
    for name in TEXTS:
        if not isinstance(table[name], str) or not (table[name] or name in MAY_BE_EMPTY):
            raise PackError(f"{path}: {name} is {table[name]!r}. Allowed: a text, not empty.")
    if table["timezone"] not in available_timezones():
        raise PackError(
            f"{path}: timezone {table['timezone']!r} is unknown."
            " Allowed: IANA names such as Asia/Shanghai or America/Los_Angeles."
        )
    if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", table["calendar"]):
        raise PackError(f"{path}: calendar {table['calendar']!r}. Allowed: an ISO 3166 code, CN or US-CA.")
    wrong = [part for part in table["synthetic"] if part not in SYNTHETIC_PARTS]
    if wrong:
        raise PackError(f"{path}: synthetic {wrong}. Allowed: {', '.join(SYNTHETIC_PARTS)}.")


def _read_levels(tables: list[dict], path: Path) -> tuple[PackLevel, ...]:
    """Levels in the order of the file, which must run from the top down."""
    levels = _read_tables(tables, PackLevel, "levels", path)
    names = [item.level for item in levels]
    unknown = [name for name in names if name not in LEVELS]
    if unknown:
        raise PackError(f"{path}: unknown level {unknown}. Allowed: {', '.join(LEVELS)}.")
    if not names or names != [name for name in LEVELS if name in names]:
        raise PackError(f"{path}: levels {names}. Allowed: at least one, each once, in the order {', '.join(LEVELS)}.")
    for item in levels:
        if item.boundaries and not (path.parent / item.boundaries).is_file():
            raise PackError(
                f"{path}: level {item.level}: no file {item.boundaries!r} in the pack."
                " Add it, or leave `boundaries` out."
            )
    return levels


def _read_tables(tables: list[dict], record: type, what: str, path: Path) -> tuple:
    """[[what]] tables as frozen records, with the number of the table that does not fit."""
    found = []
    for number, table in enumerate(tables, start=1):
        try:
            found.append(record(**table))
        except TypeError as error:
            fields = ", ".join(record.__dataclass_fields__)
            raise PackError(f"{path}: [[{what}]] number {number}: got {sorted(table)}. Fields: {fields}.") from error
    return tuple(found)
