"""What counts against a person's grids in the newest published edition: the cases that the figures count, and why.

Answers for places, never for people: it tells the cases of a grid, and compares nobody with anybody.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import repeat
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from dashboard.deps import Deps
from dashboard.domain.evaluation.cohort import Cohort, amounts
from dashboard.domain.evaluation.model import Indicator, Inputs, Scheme
from dashboard.domain.people import Person
from dashboard.domain.periods import Period, instants
from dashboard.domain.regions import ROLLED_UP, Region
from dashboard.domain.scope import EVERYTHING
from dashboard.services.against_words import MET, UNMET
from dashboard.services.evaluating import load
from dashboard.services.heads import Surroundings, surroundings
from dashboard.services.inbox import homes
from dashboard.services.recomputing import counted_cases, read_bodies
from dashboard.services.schemes import DEFAULT
from dashboard.services.words import named
from dashboard.views.against import (
    AgainstCase,
    AgainstDeduction,
    AgainstIndicator,
    AgainstProblem,
    CountsAgainst,
    EditionNamed,
)
from data.models import Edition
from data.queries.against import list_keys_in
from data.queries.cohort import find_heads
from data.queries.deductions import find_deduction
from data.queries.editions import find_latest
from data.queries.problems import list_problems
from data.queries.regions import find_regions, get_pack, get_region
from data.session import Session

CASES = 5  # of an indicator that are told one by one; the phone opens them, and a long list helps nobody in the street
_LONG = timedelta(days=400)  # cases reported longer before the period are hardly counted in it
Key = tuple[str, UUID]


def counts_against(deps: Deps, person: Person) -> CountsAgainst:
    """Of the newest edition of the default scheme that ranks the county or township of the person's first grid."""
    with deps.database.read() as session:
        grids = homes(session, person)
        edition = _newest(session, grids[0]) if grids else None
        if edition is None:
            return CountsAgainst()
        scheme, inputs, result = load(deps, edition.id)
        region = get_region(session, EVERYTHING, edition.region_code)
        mine = _cohorts(session, edition, scheme, region, grids)
        found = [(one, *_against(scheme, one, mine)) for one in scheme.indicators if one.source == "cases"]
        shown = [key for _one, hit, _of in found for key in hit[:CASES]]
        rows = {(row["county_code"], row["id"]): row for row in find_heads(session, list(dict.fromkeys(shown)))}
        around = surroundings(session, deps.catalog, rows.values())
        keys = {key for one in mine for key in zip(repeat(one.county), one.keys(), strict=False)}
        return CountsAgainst(
            EditionNamed(str(edition.id), named(scheme), region.name, edition.start, edition.end, edition.issue), len(keys),
            tuple(_item(one, hit, of, rows, around) for one, hit, of in found if hit),
            _deductions(session, grids[0], scheme, inputs, result.deducted, keys), _problems(session, grids[0], keys),
        )  # fmt: skip


def _newest(session: Session, home: Region) -> Edition | None:
    """Of one month, the edition of the larger region: it is the one that everybody sees."""
    levels = [level for level in ROLLED_UP if home.ancestor(level)]
    pairs = [(code, level) for of, code in home.path for level in levels if of in levels and of != level]
    found = [one for code, level in pairs if (one := find_latest(session, DEFAULT, code, level)) is not None]
    return max(found, key=lambda one: one.start, default=None)


def _cohorts(
    session: Session, edition: Edition, scheme: Scheme, region: Region, grids: Sequence[Region]
) -> list[Cohort]:
    """The counted cases of the grids, county by county, as they count after upheld appeals."""
    zone = ZoneInfo(get_pack(session, region.pack).timezone)
    start, end = instants(Period(edition.start, edition.end), zone)
    keys = list_keys_in(session, grids, start - _LONG, end)
    counties = sorted({county for county, _id in keys})
    bodies = read_bodies(session, edition.id, counties=counties)
    return [_only(counted_cases(bodies, scheme, county), keys) for county in counties]


def _only(cohort: Cohort, keys: set[Key]) -> Cohort:
    wanted = {key.bytes for county, key in keys if county == cohort.county}
    return cohort.keep(np.array([row.tobytes() in wanted for row in cohort.ids], dtype=bool))


def _against(scheme: Scheme, one: Indicator, mine: Sequence[Cohort]) -> tuple[list[Key], int]:
    """(cases whose marks lie in the bad direction, how many cases the figure is about)."""
    keys: list[Key] = []
    of = 0
    for cohort in mine:
        part = "rest" if one.direction == "high" else "top"
        bad = amounts(scheme, one, part, cohort.marks) > 0
        about = amounts(scheme, one, "base", cohort.marks) != 0
        of += int(np.count_nonzero(about | bad))
        keys += zip(repeat(cohort.county), cohort.keep(bad).keys(), strict=False)
    return keys, of


def _item(
    one: Indicator, keys: list[Key], of: int, rows: Mapping[Key, Mapping], around: Surroundings
) -> AgainstIndicator:
    heads = [around.head(rows[key]) for key in keys[:CASES] if key in rows]
    cases = tuple(AgainstCase(head.county_code, head.id, head.number, head.title) for head in heads)
    return AgainstIndicator(one.key, named(one), len(keys), of, why(one), cases)


def why(one: Indicator) -> str:
    """Plain words; the indicator's own definition where there are none for its counters."""
    taken = next((term.counter for term in one.numerator if term.sign < 0), "")
    if one.direction == "low" or taken:
        return str(MET.get(taken or one.numerator[0].counter, one.definition))
    return str(UNMET.get(one.numerator[0].counter, one.definition))


def _deductions(
    session: Session, home: Region, scheme: Scheme, inputs: Inputs, deducted: Mapping[str, float], keys: set[Key]
) -> tuple[AgainstDeduction, ...]:
    """Those frozen into the edition for a region that the grid lies in."""
    path = {code for _level, code in home.path}
    names = find_regions(session, EVERYTHING, path)
    rules = {rule.key: rule for rule in scheme.rules}
    rows = ((one, find_deduction(session, UUID(one.id))) for one in inputs.deductions if one.region in path)
    return tuple(
        AgainstDeduction(names[one.region].name, named(rules[one.rule]), one.reason, one.day, deducted.get(one.id, 0.0))
        for one, row in rows if row is not None and _concerns(row, keys)
    )  # fmt: skip


def _problems(session: Session, home: Region, keys: set[Key]) -> tuple[AgainstProblem, ...]:
    """Open problems of the grid, its village, township or county."""
    county = find_regions(session, EVERYTHING, [home.ancestor("county") or home.code])
    path = {code for level, code in home.path if level not in ("province", "city")}
    names = find_regions(session, EVERYTHING, path)
    found = [
        one for region in county.values() for one in list_problems(session, EVERYTHING, region=region, open_only=True)
    ]
    return tuple(AgainstProblem(str(one.id), names[one.region_code].name, one.title, one.opened_at)
                 for one in found if one.region_code in path and _concerns(one, keys))  # fmt: skip


def _concerns(row, keys: set[Key]) -> bool:
    """Is it about the region as a whole, or about a case of the grid?"""
    return row.case_id is None or (row.county_code, row.case_id) in keys
