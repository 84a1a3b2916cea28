"""Judges rows: those that can become cases, as columns of a case, and why the others cannot.

What is odd but true is kept and flagged. What depends on work time is added by `dues`, what the database knows already
is not asked here.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from dashboard.catalog import Catalog
from dashboard.domain.regions import LEVELS
from dashboard.imports.identity import case_ids, content_texts
from dashboard.imports.lookups import Faults, Lookup, objects
from dashboard.imports.mapping import SourceMapping
from dashboard.imports.meanings import Kinds, meaning
from dashboard.imports.places import Places, positions
from dashboard.imports.reading import Chunk
from dashboard.imports.rejects import Rejected
from dashboard.imports.stamps import Stamps, read_stamps
from dashboard.imports.wording import LONGEST, Wording

_TOMORROW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Judged:
    """`cases`: columns of Case, and `hash`, `note`, `updated_at`, `place` in the chunk. `flags`: rows by flag."""

    cases: pd.DataFrame
    rejected: list[Rejected]
    flags: Counter


class Judge:
    """Judges the chunks of one file, in order: a key may stand only once, and the first row that is good keeps it."""

    def __init__(self, mapping: SourceMapping, catalog: Catalog, places: Places, box: tuple[float, ...], now: datetime):
        self.mapping, self._places, self._box = mapping, places, box
        self._kinds = Kinds(mapping, catalog)
        self._latest = np.datetime64((now + _TOMORROW).replace(tzinfo=None), "us")
        self._find_place, self._find_kind = Lookup(places.find), Lookup(self._kinds.find)
        self._find_state = Lookup(meaning(mapping.state))
        self._find_channel = Lookup(meaning(mapping.channel)) if mapping.channel else None
        self._wording = Wording(mapping)
        self._seen: dict[str, int] = {}

    def judge(self, chunk: Chunk) -> Judged:
        cells = {name: [cell.strip() for cell in chunk.frame[name].tolist()] for name in self.mapping.columns}
        length, faults = len(chunk.rows), Faults(len(chunk.rows))
        columns = self._answers(cells, length, faults)
        stamps = read_stamps(self.mapping.times, cells, columns["state"], self._latest, faults)
        self._check_keys(cells, chunk.rows, faults)
        columns["flags"] = self._flags(columns, stamps)
        columns |= stamps.columns() | self._wording.columns(cells, columns)
        columns["place"] = np.arange(length)
        cases = pd.DataFrame({name: _series(values) for name, values in columns.items()})
        cases = cases[faults.good].reset_index(drop=True)
        counted = Counter(flag for some in cases["flags"] for flag in some)
        return Judged(_identified(cases, self.mapping.dataset.key), self._rejected(chunk, cells, faults), counted)

    def _answers(self, cells: dict, length: int, faults: Faults) -> dict[str, Sequence]:
        """Region, kind, state, channel and position."""
        places = self._find_place([cells[name] for name in self._places.columns], length)
        kinds = self._find_kind([cells[name] for name in self._kinds.columns], length)
        states = self._find_state([cells[self.mapping.state.column]], length)
        channel = self.mapping.channel
        sources = self._find_channel([cells[channel.column]], length) if channel else [("import", "")] * length
        for answers in (places, kinds):
            faults.add_texts([answer.fault for answer in answers])
        for pairs in (states, sources):
            faults.add_texts([fault for _, fault in pairs])
        blank = (None,) * len(LEVELS)
        codes = zip(*(place.codes or blank for place in places), strict=True) if length else [[]] * len(LEVELS)
        out = {f"{level}_code": list(found) for level, found in zip(LEVELS, codes, strict=True)}
        out |= {"kind": [k.kind for k in kinds], "kind_group": [k.group for k in kinds]}
        out |= {"kind_name": [k.name for k in kinds], "severity": [k.severity for k in kinds]}
        out |= {"is_request": np.array([k.is_request for k in kinds], dtype=bool)}
        out |= {"clock_kind": [k.clock for k in kinds]}
        out |= {"state": [state for state, _ in states], "source": [source for source, _ in sources]}
        return out | self._position(cells, length) | {"unassigned": [place.flag for place in places]}

    def _position(self, cells: dict, length: int) -> dict[str, Sequence]:
        part = self.mapping.position
        empty = [""] * length
        lon, lat = (cells[part.lon], cells[part.lat]) if part else (empty, empty)
        x, y, outside = positions(lon, lat, part.within or self._box if part else ())
        return {"lon": x, "lat": y, "outside": outside}

    def _flags(self, columns: dict, stamps: Stamps) -> list[list[str]]:
        """(n,) oddities of each row, in one order; takes the columns that only say so out of `columns`."""
        outside = columns.pop("outside")
        masks = {
            **stamps.oddities(),
            "no_position": np.isnan(columns["lon"]) & ~outside,
            "position_outside": outside,
        }
        flags: list[list[str]] = [[] for _ in outside]
        for flag, mask in masks.items():
            for place in np.flatnonzero(mask):
                flags[place].append(flag)
        for place, flag in enumerate(columns.pop("unassigned")):
            if flag:
                flags[place].append(flag)
        return flags

    def _check_keys(self, cells: dict, rows: np.ndarray, faults: Faults) -> None:
        """A row needs a key of its own, and text a database can hold."""
        keys, column = cells[self.mapping.record.key], self.mapping.record.key
        faults.add([not key for key in keys], lambda place: f"{column}: the source's key is missing")
        faults.add([len(key) > LONGEST for key in keys], lambda place: f"{column}: longer than {LONGEST} characters")
        nul = ["\x00" in text for text in content_texts(list(cells.values()))]
        faults.add(nul, lambda place: "holds a NUL character, which no database text can")
        for place in np.flatnonzero(faults.good):
            first = self._seen.setdefault(keys[place], int(rows[place]))
            if first != rows[place]:
                mask = np.arange(len(keys)) == place
                faults.add(mask, lambda place, first=first: f"{column} {keys[place]!r} stands in row {first} already")

    def _rejected(self, chunk: Chunk, cells: dict, faults: Faults) -> list[Rejected]:
        keys = cells[self.mapping.record.key]
        return chunk.broken + [
            Rejected(int(chunk.rows[i]), int(chunk.lines[i]), keys[i], faults.reasons[i], tuple(chunk.frame.iloc[i]))
            for i in np.flatnonzero(~faults.good)
        ]


def _identified(cases: pd.DataFrame, dataset: str) -> pd.DataFrame:
    reported = cases["reported_at"].dt.tz_localize(None).to_numpy()
    ids = case_ids(dataset, cases["source_key"].tolist(), reported)
    return cases.assign(id=_series(ids), dataset=_series([dataset] * len(cases)))


def _series(values: Sequence) -> pd.Series:
    """Words stay plain objects: turning them into pandas' own strings and back costs more than all else."""
    if isinstance(values, (np.ndarray, pd.Index)):
        return pd.Series(values)
    return pd.Series(objects(values), dtype=object)
