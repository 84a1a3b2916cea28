"""Heads of cases: the columns of a row with words, place names and the mark of demo data beside them.

Answers for what is told of a case of a sensitive kind: outside its dossier only the kind, never its text or address.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.catalog import Catalog
from dashboard.domain.numbers import case_number
from dashboard.domain.people import Person
from dashboard.domain.regions import LEVELS, Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services import words
from dashboard.views.dossier import CaseHead
from data.queries.regions import find_regions, list_synthetic
from data.session import Session

READERS = ("dispatcher", "handler", "verifier", "grid_worker", "supervisor")
"""Who works on a case and so reads what it says, whatever its kind; all others see of sensitive kinds the kind only."""
_NAMED = LEVELS[LEVELS.index("county") :]
_SAME = ("version", "state", "description", "kind", "severity", "tier", "source", "grid_code", "address", "lon", "lat",
         "holder_unit", "holder_person", "reported_at", "close_due_at", "card", "supervision", "extension",
         "extension_limit", "overdue", "staged_at", "satisfaction")  # fmt: skip


@dataclass(frozen=True)
class Surroundings:
    """What the rows of one answer share: the regions they lie in and which datasets are synthetic."""

    catalog: Catalog
    regions: Mapping[str, Region]
    synthetic: frozenset[str]

    def place(self, row: Mapping) -> str:
        codes = (row[f"{level}_code"] for level in _NAMED)
        return "·".join(self.regions[code].name for code in codes if code in self.regions)

    def head(self, row: Mapping, *, told: bool = False) -> CaseHead:
        """`told`: with what a case of a sensitive kind says. Rows of lists have no description."""
        kind = self.catalog.kinds.get(row["kind"])
        sensitive = kind is not None and kind.sensitive
        label = words.named(kind) if kind else row["kind"]
        values = {name: row.get(name) for name in _SAME}
        if sensitive and not told:
            values |= dict.fromkeys(("description", "address", "lon", "lat"))
        return CaseHead(
            **values, county_code=row["county_code"], id=str(row["id"]), number=case_number(row["id"]),
            title=label if sensitive and not told else row["title"], kind_label=label,
            state_label=str(words.STATES[row["state"]]), severity_label=str(words.SEVERITIES[row["severity"]]),
            tier_label=str(words.TIERS[row["tier"]]), source_label=str(words.SOURCES[row["source"]]),
            place=self.place(row), repeat_of=_text(row["repeat_of"]), merged_into=_text(row["merged_into"]),
            sensitive=sensitive, synthetic=row["dataset"] in self.synthetic,
        )  # fmt: skip


def surroundings(session: Session, catalog: Catalog, rows: Iterable[Mapping]) -> Surroundings:
    """Of rows that the person may see already."""
    rows = list(rows)
    codes = {row[f"{level}_code"] for row in rows for level in _NAMED} - {None}
    return Surroundings(catalog, find_regions(session, EVERYTHING, codes), list_synthetic(session))


def path_of(row: Mapping) -> frozenset[str]:
    """Codes of the regions that a case lies in."""
    return frozenset(row[f"{level}_code"] for level in LEVELS) - {None}


def reads_text(person: Person, row: Mapping) -> bool:
    """Does the person work on such cases, so that they read what a sensitive one says?"""
    return person.everything or person.acting(READERS, path_of(row), row["holder_unit"]) is not None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
