"""What demo cases say: titles, addresses, units. Invented from titles.toml and the names of places.

Answers for words only. No person, company or phone number stands in any of them.
"""

import random
import re
import tomllib
from zlib import crc32

import numpy as np

from dashboard.catalog import Catalog
from data.seed.places import Places
from data.seed.pools import Pool
from data.seed.settings import HERE

LONGEST = 24
VARIANTS = 400
"""Titles made for each kind."""
CENTRE, DESK = "社会治理中心", "综合信息指挥室"
TOWNSHIP_UNITS = {
    "村社调委会": "调委会",
    "乡镇处置队": "处置队",
    "司法所": "司法所",
    "派出所": "派出所",
    "便民服务": "便民服务中心",
}
"""Units of kinds.toml that each township has, as they are called behind its name; all others belong to the county."""
_NUMBER = re.compile(r"\{(\d+)-(\d+)\}")


class Titles:
    """VARIANTS titles a kind, the same on every run."""

    def __init__(self, catalog: Catalog):
        table = tomllib.loads((HERE / "titles.toml").read_text(encoding="utf-8"))
        made = [make_titles(key, table.get(key, table["default"])) for key in catalog.kinds]
        self.pool = Pool([title for titles in made for title in titles])

    def positions(self, kind: np.ndarray, uniform: np.ndarray) -> np.ndarray:
        """(n,) positions in the pool."""
        return kind.astype(np.int64) * VARIANTS + (uniform * VARIANTS).astype(np.int64)


def make_titles(key: str, entry: dict) -> list[str]:
    """VARIANTS titles of a kind, every template as often as the others."""
    chance = random.Random(crc32(key.encode()))
    return [_fill(entry["titles"][n % len(entry["titles"])], entry["words"], chance) for n in range(VARIANTS)]


def _fill(template: str, words: list[str], chance: random.Random) -> str:
    def number(match: re.Match) -> str:
        return str(chance.randint(int(match[1]), int(match[2])))

    return _NUMBER.sub(number, template.replace("{w}", chance.choice(words)))


class Units:
    """Names of units by place: `centre` of its county, `desk` of its township, `grid` itself, `holder` of a kind."""

    def __init__(self, places: Places, catalog: Catalog):
        leaves = np.arange(len(places))
        county = _first(places, leaves, ("county",))
        township = _first(places, leaves, ("township", "county"))
        units = list(dict.fromkeys(kind.unit for kind in catalog.kinds.values()))
        self._unit = np.array([units.index(kind.unit) for kind in catalog.kinds.values()])
        self._width = len(units)
        self.centre = Pool([name + CENTRE for name in county])
        self.desk = Pool([name + DESK for name in township])
        self.grid = Pool([address(places, leaf, ("village", "grid")) or name for leaf, name in enumerate(township)])
        areas = places.township * len(places.counties) + places.county
        _, first, self._area = np.unique(areas, return_index=True, return_inverse=True)
        self.holder = Pool([_unit_name(unit, county[leaf], township[leaf]) for leaf in first for unit in units])

    def holders(self, kind: np.ndarray, place: np.ndarray) -> np.ndarray:
        """(n,) positions in the pool `holder`."""
        return self._area[place] * self._width + self._unit[kind]


def _first(places: Places, leaves: np.ndarray, levels: tuple[str, ...]) -> list[str]:
    return [next((places.names[level][leaf] for level in levels if places.names[level][leaf]), "") for leaf in leaves]


def _unit_name(unit: str, county: str, township: str) -> str:
    return township + TOWNSHIP_UNITS[unit] if unit in TOWNSHIP_UNITS else county + unit


def address(places: Places, leaf: int, levels: tuple[str, ...] = ("county", "township", "village", "grid")) -> str:
    """The names of a place from the county down, without a break; a name that repeats the one above it is cut."""
    out, above = "", ""
    for level in levels:
        name = places.names[level][leaf] or ""
        out += name.removeprefix(above)
        above = name or above
    return out
