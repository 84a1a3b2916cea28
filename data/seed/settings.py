"""Reads demo.toml: how often, when and how well demo cases go, as arrays in the order of the catalogue's kinds.

Answers for the numbers. Leaves their use to `where`, `when`, `quality` and `loop`, and words to `words`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from dashboard.catalog import Catalog
from dashboard.domain.workflow import SOURCES, TIERS

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Settings:
    """`table` is demo.toml; the arrays have one entry, or one row, a kind."""

    table: Mapping
    catalog: Catalog

    @cached_property
    def profiles(self) -> list[dict]:
        """What demo.toml says of each kind, over its default."""
        default = self.table["kind"]["default"]
        return [default | self.table["kind"].get(key, {}) for key in self.catalog.kinds]

    @property
    def weights(self) -> np.ndarray:
        return np.array([profile["weight"] for profile in self.profiles], dtype=float)

    def trait(self, name: str, default: float = 0.0) -> np.ndarray:
        """(kinds,) a number of each kind's entry."""
        return np.array([profile.get(name, default) for profile in self.profiles], dtype=float)

    def factors(self, table: str) -> np.ndarray:
        """(kinds,) from a table of factors, 1 where a kind is not in it."""
        return np.array([self.table[table].get(key, 1.0) for key in self.catalog.kinds], dtype=float)

    def rows(self, field: str, table: str) -> np.ndarray:
        """(kinds, m) the row of `table` that each kind names in `field`."""
        return np.array([self.table[table][profile[field]] for profile in self.profiles], dtype=float)

    @property
    def sources(self) -> np.ndarray:
        """(kinds, sources) weights by the kind's group."""
        return self._weighted("source", [kind.group for kind in self.catalog.kinds.values()], SOURCES)

    @property
    def tiers(self) -> np.ndarray:
        """(kinds, tiers) weights by the kind's clock."""
        return self._weighted("tier", [kind.clock for kind in self.catalog.kinds.values()], TIERS)

    def rate(self, name: str) -> tuple[float, float]:
        """Share, and how it moves with a county's quality."""
        entry = self.table["rate"][name]
        return entry["share"], entry["spread"]

    def __getitem__(self, name: str):
        return self.table[name]

    def _weighted(self, table: str, keys: list[str], columns: tuple[str, ...]) -> np.ndarray:
        known = self.table[table]
        rows = [known.get(key, known["default"]) for key in keys]
        return np.array([[row.get(column, 0) for column in columns] for row in rows], dtype=float)


def load_settings(catalog: Catalog) -> Settings:
    return Settings(tomllib.loads((HERE / "demo.toml").read_text(encoding="utf-8")), catalog)
