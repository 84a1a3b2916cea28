"""Writes a region pack: pack.toml, regions.csv.gz and one GeoJSON file a level.

Answers for files that come out byte for byte the same when built again. Knows no source.
"""

import csv
import gzip
import io
import json
from dataclasses import asdict, fields
from pathlib import Path

import shapely

from data.regions.records import Pack, RegionRow

COLUMNS = tuple(field.name for field in fields(RegionRow))
WITHOUT_PEOPLE = COLUMNS[:7]


def write_pack(pack: Pack) -> None:
    """pack.toml in the pack's folder, which is made when absent."""
    pack.folder.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{name} = {_toml(getattr(pack, name))}" for name in ("key", "name", "name_en", "root", "timezone", "calendar")
    ]
    lines += [
        f"synthetic = {_toml(list(pack.synthetic))}  # invented, and marked so on every screen",
        f"map_note = {_toml(pack.map_note)}",
        f"map_note_en = {_toml(pack.map_note_en)}",
        f"map_approval = {_toml(pack.map_approval)}  # 审图号, once a map authority has given one",
    ]
    for what in ("levels", "sources"):
        for item in getattr(pack, what):
            lines += ["", f"[[{what}]]"]
            lines += [f"{k} = {_toml(v)}" for k, v in asdict(item).items() if v is not None]
    (pack.folder / "pack.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _toml(value: str | list[str]) -> str:
    """A JSON string or list of strings is also a TOML one."""
    return json.dumps(value, ensure_ascii=False)


def write_regions(pack: Pack, rows: list[RegionRow], columns: tuple[str, ...] = COLUMNS) -> Path:
    """regions.csv.gz, sorted by level, then code; without a time stamp, so that it repeats."""
    rank = {level: number for number, level in enumerate(pack.level_names)}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in sorted(rows, key=lambda row: (rank[row.level], row.code)):
        values = (getattr(row, name) for name in columns)
        writer.writerow("" if value is None else value for value in values)
    path = pack.folder / "regions.csv.gz"
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), compresslevel=9, mtime=0))
    return path


def write_boundaries(path: Path, polygons: dict[str, shapely.Geometry], names: dict) -> None:
    """One GeoJSON FeatureCollection, a line a region, sorted by code; properties code and name."""
    lines = []
    for code in sorted(polygons):
        rings = [
            [_ring(ring) for ring in (part.exterior, *part.interiors)] for part in shapely.get_parts(polygons[code])
        ]
        feature = {
            "type": "Feature",
            "properties": {"code": code, "name": names[code]},
            "geometry": {"type": "MultiPolygon", "coordinates": rings},
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8")


def _ring(ring: shapely.LinearRing) -> list[list[float]]:
    return [[round(lon, 4), round(lat, 4)] for lon, lat in ring.coords]
