"""Builds the San Francisco pack from a file of 311 cases.

`python -m data.regions.build_san_francisco sf_311_service_requests.csv`

Answers for the tree city → supervisor district → neighbourhood as the file shows it. A
neighbourhood spans several districts, so the pair of both is the region. What has no district, or
no neighbourhood, hangs under a region called Unassigned, so that no record is lost.
"""

import argparse
import csv
import logging
import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from data.regions import write
from data.regions.records import Pack, PackError, PackLevel, PackSource, RegionRow

HOME = Path(__file__).resolve().parent
ROOT = "SF"
DISTRICTS = range(1, 12)
UNASSIGNED = "Unassigned"
NO_DISTRICT = f"{ROOT}-00"
COLUMNS = ("supervisor_district", "neighborhood", "latitude", "longitude", "created_date")
LEVELS = (
    PackLevel("city", "市", "City"),
    PackLevel("county", "选区", "Supervisor district"),
    PackLevel("township", "街区", "Neighborhood"),
)
log = logging.getLogger("regions.build_san_francisco")


def district_code(value: str) -> str:
    """ "6.0" or "6" → "SF-06"; empty, -1 and anything else that is no district → "SF-00"."""
    try:
        number = float(value)
    except ValueError:
        return NO_DISTRICT
    return f"{ROOT}-{int(number):02d}" if number in DISTRICTS else NO_DISTRICT


def neighborhood_code(district: str, name: str) -> str:
    """SF-06 and "South of Market" → SF-06-south-of-market; an empty name is Unassigned."""
    slug = re.sub(r"[^a-z0-9]+", "-", (name or UNASSIGNED).lower().replace("'", "")).strip("-")
    return f"{district}-{slug}"


def build(source: Path, out: Path = HOME / "san_francisco") -> Pack:
    """Writes the pack. Raises PackError when the file is not there or lacks a column."""
    names = {f"{ROOT}-{number:02d}": f"District {number}" for number in DISTRICTS}
    names[NO_DISTRICT] = "Unassigned district"
    parents = dict.fromkeys(names, ROOT)
    names[ROOT], parents[ROOT] = "San Francisco", None
    for district in [code for code in names if code != ROOT]:
        code = neighborhood_code(district, "")
        names[code], parents[code] = UNASSIGNED, district
    positions = defaultdict(list)
    newest = ""
    for record in _read(source):
        newest = max(newest, record["created_date"][:10])
        district = district_code(record["supervisor_district"])
        code = neighborhood_code(district, record["neighborhood"])
        names.setdefault(code, record["neighborhood"])
        parents.setdefault(code, district)
        point = (float(record["longitude"] or 0), float(record["latitude"] or 0))
        if point != (0, 0):
            for region in (ROOT, district, code):
                positions[region].append(point)
    pack = _describe(out, newest)
    write.write_pack(pack)
    write.write_regions(pack, _rows(names, parents, positions), write.WITHOUT_PEOPLE)
    log.info("wrote %d regions to %s", len(names), out)
    return pack


def _read(source: Path) -> list[dict[str, str]]:
    if not source.is_file():
        raise PackError(f"no file {source}. Give the CSV of DataSF 311 cases.")
    with source.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if missing:
            raise PackError(f"{source}:1: missing columns {missing}. Needed: {', '.join(COLUMNS)}.")
        return list(reader)


def _rows(names: dict, parents: dict, positions: dict) -> list[RegionRow]:
    """Regions with the mean of their real positions; None where there is none."""
    rows = []
    for code, name in names.items():
        level = "city" if code == ROOT else "county" if parents[code] == ROOT else "township"
        points = positions.get(code)
        lon, lat = np.round(np.mean(points, axis=0), 5).tolist() if points else (None, None)
        short = {NO_DISTRICT: UNASSIGNED, ROOT: "SF"}.get(code, name)
        rows.append(RegionRow(code, level, name, short, parents[code], lon, lat))
    return rows


def _describe(out: Path, newest: str) -> Pack:
    return Pack(
        key=out.name,
        name="San Francisco",
        name_en="San Francisco",
        root=ROOT,
        timezone="America/Los_Angeles",
        calendar="US-CA",
        synthetic=(),
        levels=LEVELS,
        sources=(
            PackSource(
                what="districts, neighborhoods and mean positions",
                name="DataSF 311 Cases, a sample",
                version=f"records up to {newest}",
                date=newest,
                licence="ODC Public Domain Dedication and Licence (PDDL)",
                datum="WGS-84",
            ),
        ),
        map_note="无边界；位置取上报案件的平均",
        map_note_en="No boundaries; positions are means of reported cases",
        map_approval="",
        folder=out,
    )


def main(arguments: list[str] | None = None) -> int:
    """The command. Answers 0 when the pack stands, 2 with one line on stderr when it cannot."""
    parser = argparse.ArgumentParser(prog="python -m data.regions.build_san_francisco", description=__doc__)
    parser.add_argument("source", type=Path, help="CSV of DataSF 311 cases")
    parser.add_argument("--out", type=Path, default=HOME / "san_francisco")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        build(options.source, options.out)
    except PackError as error:
        log.error("%s", error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
